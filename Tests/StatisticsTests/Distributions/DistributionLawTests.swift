import Glibc
import Statistics
import Testing

/// Laws of every continuous distribution, and the refusals of every initialiser.
struct DistributionLawTests {
    static func all() throws -> [any ContinuousDistribution] {
        [
            Normal.standard, try Normal(mean: -4, standardDeviation: 0.3),
            try LogNormal(logMean: 1, logStandardDeviation: 1.5),
            try Weibull(shape: 0.5, scale: 3), try Weibull(shape: 4, scale: 0.1),
            try LogLogistic(shape: 0.8, scale: 2), try LogLogistic(shape: 1, scale: 2),
            try LogLogistic(shape: 3, scale: 9),
            try Gamma(shape: 0.2, scale: 5), try Gamma(shape: 1, scale: 5), try Gamma(shape: 80, scale: 0.1),
            try ChiSquared(degreesOfFreedom: 3),
        ]
    }
    static let probabilities = [1e-12, 1e-4, 0.02, 0.1, 0.3, 0.5, 0.71, 0.9, 0.999, 1 - 1e-9]

    @Test func `the quantile inverts the cumulative function`() throws {
        for distribution in try Self.all() {
            for probability in Self.probabilities {
                let back = distribution.cumulative(distribution.quantile(probability))
                #expect(abs(back - probability) <= 2e-13 * probability, "\(distribution)")
            }
        }
    }

    @Test func `the cumulative function rises and completes survival`() throws {
        for distribution in try Self.all() {
            let points = [-1e3, -1, 0] + Self.probabilities.map(distribution.quantile) + [1e9]
            for (x, next) in zip(points.sorted(), points.sorted().dropFirst()) {
                #expect(distribution.cumulative(x) <= distribution.cumulative(next), "\(distribution)")
            }
            for x in points {
                #expect(abs(distribution.cumulative(x) + distribution.survival(x) - 1) < 1e-14, "\(distribution)")
                #expect(distribution.density(x) >= 0)
            }
        }
    }

    @Test func `the density is the slope of the cumulative function`() throws {
        for distribution in try Self.all() {
            for probability in [0.1, 0.3, 0.5, 0.71, 0.9] {
                let x = distribution.quantile(probability)
                let step = 1e-5 * abs(x) + 1e-9
                let slope = (distribution.cumulative(x + step) - distribution.cumulative(x - step)) / (2 * step)
                #expect(abs(slope / distribution.density(x) - 1) < 1e-6, "\(distribution) at \(probability)")
            }
        }
    }

    @Test func `probabilities outside the unit interval have no quantile, and its ends have the ends of the support`()
        throws
    {
        for distribution in try Self.all() {
            #expect(distribution.quantile(-0.1).isNaN)
            #expect(distribution.quantile(1.1).isNaN)
            #expect(distribution.quantile(1) == .infinity)
            #expect(distribution.quantile(0) == (distribution is Normal ? -.infinity : 0))
        }
    }

    @Test func `densities at zero follow the shape`() throws {
        for shape in [0.5, 1, 2] {
            let expected = shape < 1 ? Double.infinity : shape == 1 ? 0.25 : 0
            #expect(try Gamma(shape: shape, scale: 4).density(0) == expected)
            #expect(try LogLogistic(shape: shape, scale: 4).density(0) == expected)
            #expect(try Weibull(shape: shape, scale: 4).density(0) == expected)
        }
    }

    @Test func `counts sum to one and add up to the cumulative function`() throws {
        let poisson = try Poisson(mean: 7.5)
        let negativeBinomial = try NegativeBinomial(mean: 4, size: 0.7)
        var sums = (0.0, 0.0)
        for count in 0..<400 {
            sums.0 += poisson.probability(count)
            sums.1 += negativeBinomial.probability(count)
            #expect(abs(poisson.cumulative(count) - sums.0) < 1e-13)
            #expect(abs(negativeBinomial.cumulative(count) - sums.1) < 1e-13)
            #expect(abs(negativeBinomial.cumulative(count) + negativeBinomial.survival(count) - 1) < 1e-13)
        }
        #expect(abs(sums.0 - 1) < 1e-13)
        #expect(poisson.probability(-1) == 0 && poisson.cumulative(-1) == 0 && poisson.survival(-1) == 1)
        #expect(negativeBinomial.probability(-1) == 0 && negativeBinomial.cumulative(-1) == 0)
        #expect(negativeBinomial.survival(-1) == 1)
    }

    @Test func `means by hand`() throws {
        #expect(abs(try Weibull(shape: 1, scale: 3).mean - 3) < 1e-14)
        #expect(abs(try Weibull(shape: 0.5, scale: 3).mean - 6) < 1e-14)
        #expect(abs(try LogNormal(logMean: 0, logStandardDeviation: 2).mean - 7.38905609893065) < 1e-13)
        #expect(try ChiSquared(degreesOfFreedom: 5).degreesOfFreedom == 5)
    }

    @Test func `a log-normal of matched moments has them`() throws {
        for relativeVariance in [0.01, 0.5, 3] {
            let matched = try LogNormal(mean: 40, relativeVariance: relativeVariance)
            let variance = expm1(matched.logStandardDeviation * matched.logStandardDeviation)
            #expect(abs(matched.mean / 40 - 1) < 1e-14 && abs(variance / relativeVariance - 1) < 1e-13)
        }
        #expect(throws: DistributionError.notPositive(parameter: "relative variance", value: 0)) {
            try LogNormal(mean: 1, relativeVariance: 0)
        }
    }

    // A product of log-normal factors is log-normal itself, so that shares are binomial: five standard errors leave nothing to chance.
    @Test(arguments: [0.1, 0.6, 2])
    func `intervals of matched moments hold drawn products as often as they say`(relativeVariance: Double) throws {
        let (first, second) = (
            try LogNormal(mean: 0.3, relativeVariance: relativeVariance), try LogNormal(mean: 12, relativeVariance: 0.4)
        )
        let product = try LogNormal(mean: 0.3 * 12, relativeVariance: (1 + relativeVariance) * 1.4 - 1)
        var generator = SplitMix64(seed: 1)
        func draw(_ factor: LogNormal) -> Double {
            generator.logNormal(logMean: factor.logMean, logStandardDeviation: factor.logStandardDeviation)
        }
        let draws = 20_000
        var (below, above, larger) = (0, 0, 0)
        for _ in 0..<draws {
            let value = draw(first) * draw(second)
            if value < product.quantile(0.1) { below += 1 }
            if value > product.quantile(0.9) { above += 1 }
            if value > draw(second) { larger += 1 }
        }
        func isShare(_ count: Int, _ probability: Double) -> Bool {
            let error = (probability * (1 - probability) / Double(draws)).squareRoot()
            return abs(Double(count) / Double(draws) - probability) < 5 * error
        }
        #expect(isShare(below, 0.1) && isShare(above, 0.1))
        #expect(isShare(larger, product.probabilityAbove(second)))
    }

    @Test func `t is symmetric and Cauchy at one degree of freedom`() throws {
        let cauchy = try StudentT(degreesOfFreedom: 1)
        #expect(cauchy.cumulative(0) == 0.5)
        #expect(abs(cauchy.cumulative(1) - 0.75) < 1e-15)
        #expect(cauchy.survival(2) == cauchy.cumulative(-2))
        #expect(cauchy.survival(-1) == 1 - cauchy.survival(1))
        #expect(cauchy.cumulative(.infinity) == 1 && cauchy.cumulative(.nan).isNaN)
    }

    @Test func `parameters outside their range are refused by name`() {
        #expect(throws: DistributionError.notFinite(parameter: "mean")) {
            try Normal(mean: .nan, standardDeviation: 1)
        }
        #expect(throws: DistributionError.notPositive(parameter: "standard deviation", value: 0)) {
            try Normal(mean: 0, standardDeviation: 0)
        }
        #expect(throws: DistributionError.notPositive(parameter: "shape", value: -1)) { try Gamma(shape: -1, scale: 1) }
        #expect(throws: DistributionError.notPositive(parameter: "scale", value: .infinity)) {
            try Weibull(shape: 1, scale: .infinity)
        }
        #expect(throws: DistributionError.notPositive(parameter: "shape", value: 0)) {
            try LogLogistic(shape: 0, scale: 1)
        }
        #expect(throws: DistributionError.notPositive(parameter: "mean", value: 0)) { try Poisson(mean: 0) }
        #expect(throws: DistributionError.notPositive(parameter: "size", value: 0)) {
            try NegativeBinomial(mean: 1, size: 0)
        }
        #expect(throws: DistributionError.notPositive(parameter: "degrees of freedom", value: 0)) {
            try StudentT(degreesOfFreedom: 0)
        }
        #expect(
            DistributionError.notPositive(parameter: "shape", value: 0).description
                == "shape is 0.0, and must be finite and above zero")
        #expect(DistributionError.notFinite(parameter: "mean").description == "mean is not finite")
    }
}
