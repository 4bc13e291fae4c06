import Testing

@testable import Knowledge

struct ArrivalRateTests {
    /// Times at even distances, some a day, in the days that end now, which is at 0.
    private func times(_ days: Range<Double>, aDay: Double) -> [Double] {
        stride(from: -days.upperBound + 0.5 / aDay, to: -days.lowerBound, by: 1 / aDay).map { $0 * 86_400 }
    }

    private func isGrowing(_ issue: [Double], beside others: [Double]) -> Bool {
        ArrivalRate(issue + others, now: 0).isGrowing(issue)
    }

    @Test(arguments: [10.0, 20, 29, 40, 60, 70, 100, 400])
    func `what comes evenly does not grow, however young the desk is`(days: Double) {
        let issue = times(0..<days, aDay: 1)
        #expect(!isGrowing(issue, beside: times(0..<days, aDay: 3)))
        #expect(!isGrowing(issue, beside: []))
    }

    @Test func `an issue grows that comes more often than it did while others do not`() {
        let issue = times(0..<14, aDay: 2) + times(14..<40, aDay: 0.5)
        #expect(isGrowing(issue, beside: times(0..<40, aDay: 3)))
        #expect(isGrowing(issue, beside: []))
        // The same cases of a desk that knows less than two weeks before.
        #expect(!isGrowing(issue.filter { $0 > -20 * 86_400 }, beside: times(0..<20, aDay: 3)))
    }

    @Test func `no issue grows because the desk does`() {
        let issue = times(0..<14, aDay: 2) + times(14..<70, aDay: 0.5)
        #expect(!isGrowing(issue, beside: times(0..<14, aDay: 12) + times(14..<70, aDay: 3)))
    }

    @Test func `an issue that stays while others vanish does not grow`() {
        #expect(!isGrowing(times(0..<70, aDay: 1), beside: times(14..<70, aDay: 5)))
    }

    @Test func `what comes later than now does not count`() {
        let issue = times(0..<70, aDay: 1)
        #expect(!isGrowing(issue + (1...50).map { Double($0) * 86_400 }, beside: times(0..<70, aDay: 3)))
    }
}
