import Statistics
import Testing

/// Values frozen from R 4.2.2; the script is Reference/survival_distributions.R.
struct DistributionReferenceTests {
    private func expect(
        _ values: [Double], equal reference: [Double], within tolerance: Double = 1e-13,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(values.count == reference.count, sourceLocation: sourceLocation)
        for (value, expected) in zip(values, reference) {
            #expect(
                abs(value - expected) <= tolerance * abs(expected), "\(value) for \(expected)",
                sourceLocation: sourceLocation)
        }
    }

    @Test func `normal values agree with R`() {
        let normal = Normal.standard
        expect(
            [-3, 0.5, 8].map(normal.density),
            equal: [0.0044318484119380075, 0.35206532676429952, 5.0522710835368927e-15])
        expect(
            [-37, -10, -1.5, 0.3, 6].map(normal.cumulative),
            equal: [
                5.7255712225245771e-300, 7.6198530241605269e-24, 0.066807201268858071, 0.61791142218895267,
                0.9999999990134123,
            ])
        expect(
            [-3, 2, 5, 12, 60].map(normal.logSurvival),
            equal: [
                -0.0013508099647481938, -3.7831843336820317, -15.064998393988725, -75.410673001568796,
                -1805.013560680567,
            ])
        expect(
            [1e-300, 1e-20, 0.01, 0.08, 0.3, 0.975, 0.999999].map(normal.quantile),
            equal: [
                -37.047096299361201, -9.2623400897984052, -2.3263478740408408, -1.4050715603096322,
                -0.52440051270804067, 1.9599639845400536, 4.7534243088170891,
            ], within: 1e-15)
    }

    @Test func `log-normal values agree with R`() throws {
        let logNormal = try LogNormal(logMean: 1.2, logStandardDeviation: 0.7)
        expect(
            [0.01, 2, 300].map(logNormal.cumulative),
            equal: [5.516713004257601e-17, 0.23450970582815453, 0.99999999993784527])
        expect(
            [0.01, 2, 300].map(logNormal.density),
            equal: [6.628257109218585e-14, 0.21924764190544813, 1.9483018258872452e-12])
    }

    @Test func `Weibull values agree with R`() throws {
        let weibull = try Weibull(shape: 0.6, scale: 2.5)
        expect(
            [1e-9, 0.4, 9].map(weibull.cumulative),
            equal: [2.2973940709802705e-06, 0.283245060673875, 0.88428894392724255])
        expect(
            [1e-9, 0.4, 9].map(weibull.density), equal: [1378.4348591810945, 0.3580419741942602, 0.016636620069107957])
    }

    @Test func `log-logistic values agree with R`() throws {
        let logLogistic = try LogLogistic(shape: 1.7, scale: 3)
        expect(
            [0.01, 2, 300].map(logLogistic.cumulative),
            equal: [6.1498873051858035e-05, 0.33419088274349629, 0.99960205125569523])
    }

    @Test func `gamma values agree with R`() throws {
        let flat = try Gamma(shape: 0.3, scale: 2)
        let round = try Gamma(shape: 100, scale: 1)
        expect(
            [1e-4, 0.5, 3, 20].map(flat.cumulative) + [80, 100, 140].map(round.cumulative)
                + [try Gamma(shape: 1e5, scale: 1).cumulative(1e5 + 300)],
            equal: [
                0.057103892508461859, 0.69554521465665953, 0.95789053670411062, 0.99999715515533283,
                0.017108313035133115, 0.51329879827914882, 0.9998389428252874, 0.82863631125120774,
            ])
        expect(
            [5, 60, 400].map(try Gamma(shape: 4, scale: 1).survival),
            equal: [0.26502591529736175, 3.3153025398645302e-22, 2.0582457249028132e-167])
        expect(
            [0.5, 3, 20].map(flat.density), equal: [0.34350997700814478, 0.028077948796406186, 1.5140010029877309e-06])
        expect(
            [1e-6, 0.1, 0.5, 0.999].map(flat.quantile) + [1e-10, 0.5, 1 - 1e-9].map(round.quantile),
            equal: [
                1.3945398192818817e-20, 0.00064744924364686551, 0.14626227173390377, 9.2378720855826675,
                48.883092053795949, 99.666864919315429, 172.07103987000212,
            ])
    }

    @Test func `chi-squared and t values agree with R`() throws {
        let tails = try zip([0.5, 3.84, 30, 200], [1.0, 1, 5, 12]).map { x, degreesOfFreedom in
            try ChiSquared(degreesOfFreedom: degreesOfFreedom).survival(x)
        }
        expect(
            tails, equal: [0.47950012218695348, 0.050043521248705224, 1.4748581038443054e-05, 3.2614563667204693e-36])
        let t = try zip([-40, -2.1, 0.3, 5], [3.0, 1.5, 12, 200]).map { x, degreesOfFreedom in
            try StudentT(degreesOfFreedom: degreesOfFreedom).cumulative(x)
        }
        expect(t, equal: [1.719034039457927e-05, 0.10567271776471905, 0.61534476295587393, 0.99999937490093616])
    }

    @Test func `Poisson values agree with R`() throws {
        let pairs = zip([0, 3, 40, 1000], [0.2, 3.3, 31, 1010])
        expect(
            try pairs.map { try Poisson(mean: $1).probability($0) },
            equal: [0.81873075307798182, 0.22091173114972704, 0.019041175075909869, 0.012003360186395463])
        expect(
            try pairs.map { try Poisson(mean: $1).cumulative($0) },
            equal: [0.81873075307798193, 0.58033819747481097, 0.95127161679945704, 0.38432441544940077])
        expect(
            try zip([5, 60], [0.2, 31]).map { try Poisson(mean: $1).survival($0) },
            equal: [7.490854474986895e-08, 1.2565067222829297e-06])
    }

    @Test func `negative binomial values agree with R`() throws {
        let distributions = [
            try NegativeBinomial(mean: 0.5, size: 0.3), try NegativeBinomial(mean: 6, size: 1.5),
            try NegativeBinomial(mean: 40, size: 8),
        ]
        expect(
            zip(distributions, [0, 4, 90]).map { $0.probability($1) },
            equal: [0.745091107671223, 0.09015826085279148, 0.0005718128498004918])
        expect(
            zip(distributions, [0, 4, 90]).map { $0.cumulative($1) },
            equal: [0.745091107671223, 0.49443935118475379, 0.99524648099077884])
        expect(
            [distributions[0].survival(10), distributions[2].survival(300)],
            equal: [0.00064144726937573023, 2.8803384554748151e-16], within: 1e-12)
    }

    // Reference/many_events.py. A size that is so much larger than the mean makes the logarithms of gamma functions large, and their difference small.
    @Test func `negative binomial values near the Poisson limit and of many events agree with mpmath`() throws {
        let distributions = try [(5, 5e9), (5, 5e9), (1e4, 1e13), (1e4, 1e13), (1e6, 1e6), (3e9, 2e9)].map {
            try NegativeBinomial(mean: $0, size: $1)
        }
        let counts = [7, 0, 9_970, 10_300, 1_000_900, 3_000_090_000]
        expect(
            zip(distributions, counts).map { $0.probability($1) },
            equal: [
                0.10444486292572053, 0.0067379470159303346, 0.0038194078129594387, 4.5647610562247726e-5,
                0.00023024854611254035, 2.6844402577326637e-6,
            ], within: 1e-12)
        expect(
            zip(distributions, counts).map { $0.cumulative($1) },
            equal: [
                0.86662832582554783, 0.0067379470159303346, 0.38457851614225731, 0.99861328223606644,
                0.73792451616361307, 0.85065242106975872,
            ], within: 1e-12)
        expect(
            zip(distributions, counts).map { $0.survival($1) },
            equal: [
                0.13337167417445217, 0.99326205298406967, 0.61542148385774269, 0.0013867177639335645,
                0.26207548383638693, 0.14934757893024128,
            ], within: 1e-11)
    }

    @Test func `Poisson values of many events agree with mpmath`() throws {
        let poisson = try Poisson(mean: 4e9)
        let counts = [3_999_990_000, 3_999_800_000, 3_999_999_989]
        expect(
            counts.map(poisson.cumulative),
            equal: [0.43718765761449973, 0.00078265862716827058, 0.49993481907677599], within: 1e-12)
        expect(
            counts.map(poisson.survival),
            equal: [0.56281234238550027, 0.99921734137283173, 0.50006518092322401], within: 1e-12)
    }
}
