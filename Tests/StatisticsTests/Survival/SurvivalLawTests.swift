import Glibc
import LinearAlgebra
import Statistics
import Testing

/// Laws that every estimator of times to an event obeys, on generated rows.
struct SurvivalLawTests {
    /// Every regression, as the numbers of its fit; Cox with the ties for which weights are repetitions.
    static let regressions: [(name: String, fit: @Sendable (Matrix, CensoredTimes) throws -> [Double])] = [
        ("weibull", { try aft(.weibull, $0, $1) }),
        ("log-normal", { try aft(.logNormal, $0, $1) }),
        ("log-logistic", { try aft(.logLogistic, $0, $1) }),
        ("cox", { try cox(.breslow, $0, $1) }),
        ("complementary log-log", { try discrete(.complementaryLogLog, $0, $1) }),
        ("logit", { try discrete(.logit, $0, $1) }),
    ]

    static func aft(_ family: LogTimeFamily, _ design: Matrix, _ sample: CensoredTimes) throws -> [Double] {
        let fit = try AcceleratedFailureTime(family: family).fit(design, sample)
        return fit.coefficients + [fit.logScale] + fit.standardErrors + [fit.logLikelihood]
    }

    static func cox(_ ties: CoxRegression.Ties, _ design: Matrix, _ sample: CensoredTimes) throws -> [Double] {
        let fit = try CoxRegression(ties: ties).fit(design, sample)
        return fit.coefficients + fit.standardErrors + [fit.logLikelihood] + fit.baselineCumulativeHazard
    }

    static func discrete(_ link: HazardLink, _ design: Matrix, _ sample: CensoredTimes) throws -> [Double] {
        let fit = try DiscreteHazardRegression(link: link, boundaries: [1, 3, 9]).fit(design, sample)
        return fit.intercepts + fit.coefficients + fit.standardErrors + [fit.logLikelihood]
    }

    struct Rows {
        var covariates: [[Double]] = []
        var times: [Double] = []
        var events: [Bool] = []
        var weights: [Double] = []

        var design: Matrix { Matrix(rowMajor: covariates) }
        func sample(weighted: Bool = true) throws -> CensoredTimes {
            try CensoredTimes(times: times, events: events, weights: weighted ? weights : nil)
        }

        mutating func append(_ other: Rows, _ row: Int, weight: Double) {
            covariates.append(other.covariates[row])
            times.append(other.times[row])
            events.append(other.events[row])
            weights.append(weight)
        }
    }

    /// Rows with ties, weights of 0, 1 and 2.
    static func rows(count: Int = 90, seed: UInt64 = 4) -> Rows {
        var generator = SplitMix64(seed: seed)
        var rows = Rows()
        for _ in 0..<count {
            let x = generator.normal()
            let group: Double = generator.uniform() < 0.4 ? 1 : 0
            let time = exp(1.2 + 0.4 * x - 0.5 * group) * generator.exponential()
            let limit = 12 * generator.uniform()
            rows.covariates.append([x, group])
            rows.times.append((min(time, limit) * 4).rounded(.up) / 4)
            rows.events.append(time <= limit)
            rows.weights.append(Double(generator.categorical(weights: [1, 2, 1])))
        }
        return rows
    }

    @Test(arguments: regressions.indices)
    func `weight 2 is a repeated row and weight 0 a missing one`(index: Int) throws {
        let (name, fit) = Self.regressions[index]
        let rows = Self.rows()
        var repeated = Rows()
        var without = Rows()
        for (row, weight) in rows.weights.enumerated() {
            for _ in 0..<Int(weight) { repeated.append(rows, row, weight: 1) }
            if weight > 0 { without.append(rows, row, weight: weight) }
        }
        let weighted = try fit(rows.design, try rows.sample())
        #expect(relativeDifference(weighted, try fit(repeated.design, try repeated.sample())) < 1e-10, "\(name)")
        let removed = try fit(without.design, try without.sample())
        #expect(weighted == removed, "\(name)")
    }

    @Test func `Kaplan-Meier takes weight 2 for a repeated row and weight 0 for a missing one`() throws {
        let rows = Self.rows()
        var repeated = Rows()
        for (row, weight) in rows.weights.enumerated() {
            for _ in 0..<Int(weight) { repeated.append(rows, row, weight: 1) }
        }
        let curve = KaplanMeier().fit(try rows.sample())
        let other = KaplanMeier().fit(try repeated.sample())
        #expect(curve == other)
    }

    @Test func `under Efron's ties too a weight of 0 is a missing row`() throws {
        let rows = Self.rows()
        var without = Rows()
        for (row, weight) in rows.weights.enumerated() where weight > 0 { without.append(rows, row, weight: weight) }
        let weighted = try Self.cox(.efron, rows.design, rows.sample())
        let removed = try Self.cox(.efron, without.design, without.sample())
        #expect(weighted == removed)
    }

    @Test(arguments: regressions.indices)
    func `the same rows give the same bits, and shuffled rows the same fit`(index: Int) throws {
        let (name, fit) = Self.regressions[index]
        let rows = Self.rows()
        var generator = SplitMix64(seed: 9)
        var shuffled = Rows()
        for row in rows.times.indices.shuffled(using: &generator) {
            shuffled.append(rows, row, weight: rows.weights[row])
        }
        let first = try fit(rows.design, try rows.sample())
        let second = try fit(rows.design, try rows.sample())
        #expect(first == second, "\(name)")
        #expect(relativeDifference(first, try fit(shuffled.design, try shuffled.sample())) < 1e-9, "\(name)")
    }

    @Test(arguments: LogTimeFamily.allCases)
    func `another unit of time shifts the intercept by its logarithm and nothing else`(family: LogTimeFamily) throws {
        var rows = Self.rows()
        let regression = try AcceleratedFailureTime(family: family)
        let hours = try regression.fit(rows.design, try rows.sample())
        rows.times = rows.times.map { $0 * 3600 }
        let seconds = try regression.fit(rows.design, try rows.sample())
        #expect(abs(seconds.coefficients[0] - hours.coefficients[0] - log(3600)) < 1e-11)
        #expect(
            relativeDifference(
                seconds.coefficients.dropFirst() + [seconds.logScale] + seconds.standardErrors,
                hours.coefficients.dropFirst() + [hours.logScale] + hours.standardErrors) < 1e-10)
    }

    @Test func `Cox regression sees only the order of the times`() throws {
        var rows = Self.rows()
        let before = try CoxRegression().fit(rows.design, try rows.sample())
        rows.times = rows.times.map { $0 * $0 }
        let after = try CoxRegression().fit(rows.design, try rows.sample())
        #expect(after.coefficients == before.coefficients && after.covariance == before.covariance)
    }

    @Test(arguments: regressions.indices)
    func `a covariate in other units, far from zero, has its coefficient in them`(index: Int) throws {
        let (name, fit) = Self.regressions[index]
        let rows = Self.rows()
        var scaled = rows
        scaled.covariates = rows.covariates.map { [$0[0] * 1024 + 1_048_576, $0[1]] }
        let plain = try fit(rows.design, try rows.sample())
        let other = try fit(scaled.design, try scaled.sample())
        let position = name == "cox" ? 0 : name == "logit" || name == "complementary log-log" ? 3 : 1
        #expect(relativeDifference([other[position] * 1024], [plain[position]]) < 1e-9, "\(name)")
        #expect(relativeDifference([other[position + 1]], [plain[position + 1]]) < 1e-9, "\(name)")
    }

    @Test func `coefficients come close to the truth in many rows`() throws {
        let rows = Self.rows(count: 20_000, seed: 8)
        let fit = try AcceleratedFailureTime(family: .weibull).fit(rows.design, try rows.sample(weighted: false))
        for (estimate, (truth, error)) in zip(
            fit.coefficients.dropFirst(), zip([0.4, -0.5], fit.standardErrors.dropFirst()))
        {
            #expect(abs(estimate - truth) < 4 * error + 0.02)
        }
        let cox = try CoxRegression().fit(rows.design, try rows.sample(weighted: false))
        #expect(abs(cox.coefficients[0] + 0.4) < 0.05 && abs(cox.coefficients[1] - 0.5) < 0.08)
    }
}
