import Foundation
import Statistics
import Testing

struct ConditionalLogitTests {
    private func choice(_ values: [[Double]], right: Int...) -> ConditionalLogit.Choice {
        ConditionalLogit.Choice(values: values, isRight: values.indices.map(right.contains))
    }

    @Test func `two alternatives are a logistic regression on their difference`() throws {
        // The one whose value is larger by 1 was right 7 times out of 10.
        let choices = (0..<10).map { choice([[3], [2]], right: $0 < 7 ? 0 : 1) }
        let weight = try ConditionalLogit(means: [0], deviations: [2]).fit(choices)[0]
        // At the mode 7 - 10 / (1 + e^-w) - w / 4 = 0.
        #expect(abs(7 - 10 / (1 + exp(-weight)) - weight / 4) < 1e-4)
        let flat = try ConditionalLogit(means: [0], deviations: [1e6]).fit(choices)[0]
        #expect(abs(flat - log(7.0 / 3)) < 1e-4)
    }

    @Test func `of several right ones the sum counts`() throws {
        // Two right ones beside one wrong one: 2 e^w / (2 e^w + 1), four times of five.
        let both = [[1.0], [1], [0]]
        let choices = (0..<5).map { $0 < 4 ? choice(both, right: 0, 1) : choice(both, right: 2) }
        let weight = try ConditionalLogit(means: [0], deviations: [1e6]).fit(choices)[0]
        #expect(abs(weight - log(2.0)) < 1e-4)
    }

    @Test func `the weights that choices were drawn with are found`() throws {
        var generator = SplitMix64(seed: 4)
        let truth = [2.0, -1, 0.5]
        let choices = (0..<4_000).map { _ in
            let values = (0..<5).map { _ in truth.map { _ in Double.random(in: -1...1, using: &generator) } }
            let odds = values.map { exp(zip($0, truth).reduce(0) { $0 + $1.0 * $1.1 }) }
            var rest = Double.random(in: 0..<odds.reduce(0, +), using: &generator)
            let right = odds.firstIndex {
                rest -= $0
                return rest < 0
            }
            return choice(values, right: right ?? 4)
        }
        let found = try ConditionalLogit(means: [0, 0, 0], deviations: [10, 10, 10]).fit(choices)
        // Each has a standard error of some .03.
        for (found, truth) in zip(found, truth) { #expect(abs(found - truth) < 0.13) }
    }

    @Test func `what tells nothing leaves the weights where they were expected`() throws {
        let estimator = ConditionalLogit(means: [3, -1], deviations: [1, 1])
        #expect(try estimator.fit([]) == [3, -1])
        #expect(try estimator.fit([choice([[1, 2], [3, 4]]), choice([[1, 2], [3, 4]], right: 0, 1)]) == [3, -1])
        #expect(throws: RegressionError.invalidCovariate(row: 1, column: 1)) {
            try estimator.fit([choice([[1, 2]]), choice([[1, 2], [3, .nan]], right: 0)])
        }
    }
}
