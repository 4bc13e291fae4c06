import Statistics
import Testing

struct IntervalEstimateTests {
    private func agree(_ one: IntervalEstimate, _ value: Double, _ low: Double, _ high: Double) -> Bool {
        abs(one.value - value) < 1e-4 && abs(one.interval.lowerBound - low) < 1e-4
            && abs(one.interval.upperBound - high) < 1e-4
    }

    @Test func `distances to the ends add as squares`() {
        let sum = IntervalEstimate(10, in: 7...12) + IntervalEstimate(5, in: 1...8)
        #expect(agree(sum, 15, 10, 15 + 13.0.squareRoot()))
    }

    @Test func `a product is linear about the values, and turns with the sign`() {
        let hours = IntervalEstimate(2, in: 1...3.5)
        #expect(
            agree(
                IntervalEstimate(10, in: 8...13) * hours, 20, 20 - 116.0.squareRoot(), 20 + (36.0 + 225).squareRoot()))
        #expect(
            agree(
                IntervalEstimate(-10, in: -12...(-7)) * hours, -20, -20 - (16.0 + 225).squareRoot(),
                -20 + (36.0 + 100).squareRoot()))
    }

    @Test func `a value outside its interval becomes the nearest end`() {
        #expect(IntervalEstimate(9, in: 0...1).value == 1)
    }

    // Wilson's interval of 5 in 10 at 95 %.
    @Test func `shares have the interval of Wilson`() throws {
        #expect(agree(try #require(IntervalEstimate(share: 5, of: 10, level: 0.95)), 0.5, 0.236593, 0.763407))
        let none = try #require(IntervalEstimate(share: 0, of: 4, level: 0.9))
        #expect(none.value == 0 && none.interval.lowerBound == 0 && none.interval.upperBound < 0.5)
        #expect(IntervalEstimate(share: 0, of: 0, level: 0.9) == nil)
        #expect(IntervalEstimate(share: 3, of: 2, level: 0.9) == nil)
    }

    // Mean 4, standard error 1, t of 2 degrees of freedom at 95 % is 2.919986.
    @Test func `means have the interval of Student, which does not go below 0`() throws {
        let mean = try #require(IntervalEstimate(mean: [4 - 3.0.squareRoot(), 4, 4 + 3.0.squareRoot()], level: 0.9))
        #expect(agree(mean, 4, 4 - 2.919986, 4 + 2.919986))
        #expect(IntervalEstimate(mean: [0, 0, 9], level: 0.9)?.interval.lowerBound == 0)
        #expect(IntervalEstimate(mean: [3], level: 0.9) == nil)
    }

    // scipy 1.17.1, t.ppf.
    @Test(arguments: [(5.0, 0.95, 2.0150483733330233), (1, 0.975, 12.706204736174694), (2.5, 0.01, -5.353111173030874)])
    func `quantiles of Student's distribution`(freedom: Double, probability: Double, value: Double) throws {
        let distribution = try StudentT(degreesOfFreedom: freedom)
        let found = distribution.quantile(probability)
        #expect(abs(distribution.cumulative(found) - probability) < 1e-12)
        #expect(abs(found - value) < 1e-9 * abs(value))
        #expect(distribution.quantile(0.5) == 0 && distribution.quantile(0).isNaN && distribution.quantile(1).isNaN)
    }

    @Test func `accuracy counts what intervals hold`() {
        let accuracy = IntervalAccuracy([
            (0.5, IntervalEstimate(0.4, in: 0...1)), (0, IntervalEstimate(0.5, in: 0.25...0.75)),
        ])
        #expect(accuracy.count == 2 && accuracy.coverage == 0.5 && accuracy.below == 0.5)
        #expect(accuracy.width == 0.75 && abs(accuracy.bias - 0.2) < 1e-12)
        #expect(abs(accuracy.rootMeanSquare - (0.26 / 2).squareRoot()) < 1e-12)
    }
}
