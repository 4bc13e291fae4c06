import Glibc
import Statistics
import Testing

struct ErrorMeasuresTests {
    @Test func `measures of three predictions, by hand`() {
        let observed = [1.0, 4, 0.5]
        let predicted = [2.0, 1, -3]
        #expect(ErrorMeasures.meanAbsoluteError(observed, predicted) == 2.5)
        #expect(ErrorMeasures.medianAbsoluteError(observed, predicted) == 3)
        #expect(ErrorMeasures.meanAbsolutePercentageError(observed, predicted, floor: 1) == 5.25 / 3)
        #expect(ErrorMeasures.medianAbsolutePercentageError(observed, predicted, floor: 1) == 1)
        #expect(ErrorMeasures.meanAbsolutePercentageError(observed, predicted, floor: 0.25) == 8.75 / 3)
        let logarithms = log(1.5) * log(1.5) + log(2.5) * log(2.5)
        let expected = ((logarithms + log(1.5) * log(1.5)) / 3).squareRoot()
        #expect(abs(ErrorMeasures.rootMeanSquaredLogarithmicError(observed, predicted) - expected) < 1e-15)
    }

    @Test func `the median of an even number is the mean of the middle two`() {
        #expect(ErrorMeasures.medianAbsoluteError([1, 2, 3, 10], [0, 0, 0, 0]) == 2.5)
        #expect(ErrorMeasures.intervalWidth(lower: [0, 1], upper: [3, 2]) == 2)
    }

    @Test func `pinball loss, coverage and width, by hand`() {
        #expect(ErrorMeasures.pinballLoss([10, 10], [8, 14], level: 0.25) == (0.5 + 3) / 2)
        let expected = (0.9 * log(3.0) + 0.1 * log(2.0)) / 2
        #expect(abs(ErrorMeasures.logarithmicPinballLoss([2, 0], [-1, 1], level: 0.9) - expected) < 1e-15)
        #expect(ErrorMeasures.intervalCoverage([1, 2, 3, 4], lower: [1, 0, 4, 0], upper: [5, 2, 5, 1]) == 0.5)
        #expect(ErrorMeasures.intervalWidth(lower: [1, 0, 4], upper: [5, 2, 5]) == 2)
    }

    private static let orders: [(observed: [Double], predicted: [Double], expected: Double)] = [
        ([1, 2, 3], [1, 2, 3], 1), ([1, 2, 3], [3, 2, 1], 0), ([1, 2, 3], [5, 5, 5], 0.5),
        ([1, 1, 2], [0, 9, 4], 0.5), ([1, 2, 3], [1, 1, 2], 2.5 / 3),
    ]

    @Test(arguments: orders)
    func `concordance, by hand`(observed: [Double], predicted: [Double], expected: Double) {
        #expect(ErrorMeasures.concordance(observed, predicted) == expected)
    }

    @Test func `a censored time is compared with earlier and equal events only`() {
        // Comparable: (0,1), (0,2), (1,2) with 1 an event and 2 censored at the same time.
        let result = ErrorMeasures.concordance([1, 2, 2], events: [true, true, false], [1, 3, 2])
        #expect(result == 2.0 / 3)
        #expect(ErrorMeasures.concordance([1, 2], events: [false, true], [1, 2]).isNaN)
    }

    @Test func `no observation has no error`() {
        #expect(ErrorMeasures.meanAbsoluteError([], []).isNaN)
        #expect(ErrorMeasures.medianAbsoluteError([], []).isNaN)
        #expect(ErrorMeasures.concordance([], []).isNaN)
        #expect(ErrorMeasures.concordance([2, 2], [1, 3]).isNaN)
    }

    @Test(arguments: [UInt64(1), 2, 3]) func `the tree counts what counting pairs counts`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let times = (0..<120).map { _ in Double(Int.random(in: 0...30, using: &generator)) }
        let predicted = (0..<120).map { _ in Double(Int.random(in: 0...25, using: &generator)) }
        let events = (0..<120).map { _ in Bool.random(using: &generator) }
        var good = 0.0
        var total = 0.0
        for i in times.indices where events[i] {
            for j in times.indices where times[i] < times[j] || (times[i] == times[j] && !events[j]) {
                total += 1
                good += predicted[i] < predicted[j] ? 1 : predicted[i] == predicted[j] ? 0.5 : 0
            }
        }
        #expect(ErrorMeasures.concordance(times, events: events, predicted) == good / total)
    }

    @Test func `reversing the predictions reverses the concordance`() {
        var generator = SplitMix64(seed: 11)
        let observed = (0..<200).map { _ in Double.random(in: 0...1, using: &generator) }
        let predicted = (0..<200).map { _ in Double(Int.random(in: 0...9, using: &generator)) }
        let sum =
            ErrorMeasures.concordance(observed, predicted)
            + ErrorMeasures.concordance(observed, predicted.map { -$0 })
        #expect(abs(sum - 1) < 1e-15)
    }
}
