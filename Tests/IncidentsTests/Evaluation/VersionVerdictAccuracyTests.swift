import Incidents
import Testing

struct VersionVerdictAccuracyTests {
    private func accuracy(
        _ verdict: VersionComparison.Verdict?, _ interval: ClosedRange<Double>? = nil, factor: Double, expected: Double
    ) -> VersionVerdictAccuracy {
        var accuracy = VersionVerdictAccuracy()
        accuracy.add(verdict, interval: interval, factor: factor, expected: expected)
        return accuracy
    }

    @Test func `of what got worse and could be told to, all that was not told is missed`() {
        #expect(accuracy(.regressed, factor: 2, expected: 3).found == 1)
        #expect(accuracy(.notRegressed, factor: 2, expected: 3).missed == 1)
        #expect(accuracy(nil, factor: 2, expected: 3).missed == 1)
    }

    @Test func `of what got worse and nobody could tell, an early warning is no mistake and a clearance is one`() {
        #expect(accuracy(.regressed, factor: 2, expected: 2.9).leftOpen == 1)
        #expect(accuracy(.cannotTell, factor: 2, expected: 2.9).leftOpen == 1)
        #expect(accuracy(.notRegressed, factor: 2, expected: 2.9).notLeftOpen == 1)
    }

    @Test(arguments: [1, 30.0])
    func `a warning of what stayed as it was is false, however few lines were to be expected`(expected: Double) {
        let told = accuracy(.regressed, factor: 1, expected: expected)
        #expect(told.falsely == 1 && told.precision == 0)
        #expect(told.notCleared + told.notLeftOpen == 1)
    }

    @Test func `only intervals of what could be judged count, and counts add up`() {
        var all = accuracy(.regressed, 1.5...3, factor: 2, expected: 3)
        all.add(accuracy(.regressed, 1.5...3, factor: 1, expected: 3))
        all.add(accuracy(.cannotTell, 0.1...9, factor: 1, expected: 2))
        all.add(accuracy(nil, factor: 1, expected: 3))
        #expect(all.intervals == 2 && all.covered == 1)
        #expect(all.found == 1 && all.falsely == 1 && all.precision == 0.5 && all.recall == 1)
        #expect(all.leftOpen == 1 && all.notCleared == 2)
    }
}
