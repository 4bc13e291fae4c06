import Glibc
import LinearAlgebra
import Statistics
import Testing

/// Likelihoods small enough to solve on paper.
struct SurvivalHandTests {
    private func near(_ value: Double, _ expected: Double, _ tolerance: Double = 1e-12) -> Bool {
        abs(value - expected) <= tolerance * max(1, abs(expected))
    }

    /// The first test data in the validation vignette of R's survival package, less its missing row.
    private func therneau() throws -> (Matrix, CensoredTimes) {
        let sample = try CensoredTimes(
            times: [9, 1, 1, 6, 6, 8], events: [true, true, false, true, true, false])
        return (Matrix(rowMajor: [[0], [1], [1], [1], [0], [0]]), sample)
    }

    @Test func `Breslow's partial likelihood, 2 b - log(3 r + 3) - 2 log(r + 3)`() throws {
        let (design, sample) = try therneau()
        let fit = try CoxRegression(ties: .breslow).fit(design, sample)
        // The score is zero where r^2 - 3 r - 6 = 0.
        let r = (3 + 33.0.squareRoot()) / 2
        #expect(near(fit.coefficients[0], log(r)))
        #expect(near(fit.logLikelihood, 2 * log(r) - log(3 * r + 3) - 2 * log(r + 3)))
        #expect(near(fit.nullLogLikelihood, -log(6) - 2 * log(4)))
        let information = r / ((r + 1) * (r + 1)) + 6 * r / ((r + 3) * (r + 3))
        #expect(near(fit.standardErrors[0], 1 / information.squareRoot()))
        #expect(fit.eventTimes == [1, 6, 9])
        let hazards = [1 / (3 * r + 3), 1 / (3 * r + 3) + 2 / (r + 3), 1 / (3 * r + 3) + 2 / (r + 3) + 1]
        #expect(relativeDifference(fit.baselineCumulativeHazard, hazards) < 1e-12)
        #expect(fit.survival(at: 0.5, covariates: [1]) == 1)
        #expect(near(fit.survival(at: 7, covariates: [1]), exp(-hazards[1] * r)))
    }

    @Test func `Efron's partial likelihood, 2 b - log(3 r + 3) - log(r + 3) - log(r / 2 + 5 / 2)`() throws {
        let (design, sample) = try therneau()
        let fit = try CoxRegression(ties: .efron).fit(design, sample)
        let r = exp(fit.coefficients[0])
        #expect(near(r * r * r - 23 * r, 30, 1e-11))
        #expect(near(fit.logLikelihood, 2 * log(r) - log(3 * r + 3) - log(r + 3) - log(r / 2 + 2.5)))
        #expect(near(fit.nullLogLikelihood, -log(6) - log(4) - log(3)))
        let information =
            r / ((r + 1) * (r + 1)) + 3 * r / ((r + 3) * (r + 3)) + 5 * r / ((r + 5) * (r + 5))
        #expect(near(fit.standardErrors[0], 1 / information.squareRoot()))
        let hazards = [1 / (3 * r + 3), 1 / (3 * r + 3) + 1 / (r + 3) + 2 / (r + 5)]
        #expect(relativeDifference(Array(fit.baselineCumulativeHazard.prefix(2)), hazards) < 1e-12)
    }

    @Test func `Kaplan-Meier with a tie and a censoring at an event time`() throws {
        let curve = KaplanMeier().fit(
            try CensoredTimes(times: [3, 1, 2, 2, 2, 4], events: [false, true, true, true, false, true]))
        #expect(curve.times == [1, 2, 3, 4])
        #expect(curve.atRisk == [6, 5, 2, 1])
        #expect(curve.events == [1, 2, 0, 1])
        #expect(relativeDifference(Array(curve.survival.prefix(3)), [5.0 / 6, 0.5, 0.5]) < 1e-15)
        #expect(curve.survival[3] == 0 && curve.standardErrors[3].isNaN)
        #expect(near(curve.standardErrors[0], 5.0 / 6 * (1.0 / 30).squareRoot()))
        #expect(near(curve.standardErrors[1], 0.5 * (1.0 / 30 + 2.0 / 15).squareRoot()))
        // The curve is flat at one half between 2 and 4.
        #expect(curve.median == 3)
        #expect(curve.quantile(0.4) == 2)
        #expect(curve.survival(at: 0) == 1 && curve.survival(at: 1.5) == curve.survival[0])
        #expect(curve.survival(at: 100) == 0)
    }

    @Test func `a curve that does not reach one half has no median`() throws {
        let censored = KaplanMeier().fit(try CensoredTimes(times: [1, 2], events: [false, false]))
        #expect(censored.median == nil)
        #expect(censored.survival == [1, 1])
        #expect(censored.standardErrors == [0, 0])
    }

    @Test func `log-normal times without censoring or covariates have the moments of their logarithms`() throws {
        let logs = [0.5, 1.5, 2, 4]
        let sample = try CensoredTimes(times: logs.map { exp($0) }, events: [true, true, true, true])
        let fit = try AcceleratedFailureTime(family: .logNormal).fit(Matrix(rows: 4, columns: 0), sample)
        let scale = (logs.reduce(0) { $0 + ($1 - 2) * ($1 - 2) } / 4).squareRoot()
        #expect(near(fit.coefficients[0], 2))
        #expect(near(fit.scale, scale))
        #expect(relativeDifference(fit.standardErrors, [scale / 2, 1 / 8.0.squareRoot()]) < 1e-12)
        #expect(near(fit.survival(at: exp(2), covariates: []), 0.5))
        #expect(near(fit.quantile(0.5, covariates: []), exp(2)))
        #expect(fit.survival(at: 0, covariates: []) == 1)
    }

    @Test func `Weibull's equations of the maximum hold`() throws {
        let times = [1.0, 2, 3.5, 7, 8]
        let events = [true, true, false, true, true]
        let fit = try AcceleratedFailureTime(family: .weibull).fit(
            Matrix(rows: 5, columns: 0), try CensoredTimes(times: times, events: events))
        let shape = 1 / fit.scale
        let power = times.reduce(0) { $0 + pow($1, shape) }
        // Given the shape, the scale is closed; the profile score of the shape is zero.
        #expect(near(fit.coefficients[0], log(power / 4) / shape))
        let logs = zip(times, events).reduce(0) { $0 + ($1.1 ? log($1.0) : 0) }
        let weighted = times.reduce(0) { $0 + pow($1, shape) * log($1) } / power
        #expect(near(1 / shape + logs / 4, weighted, 1e-11))
    }

    @Test(arguments: LogTimeFamily.allCases)
    func `the quantile of a family inverts its survival`(family: LogTimeFamily) {
        for probability in [0.01, 0.3, 0.9] {
            #expect(near(family.survival(family.quantile(probability)), 1 - probability))
        }
    }

    @Test(arguments: HazardLink.allCases)
    func `without covariates each hazard is events over rows at risk`(link: HazardLink) throws {
        // Interval (0, 2]: 6 enter, the one censored inside does not count: 2 of 5. Interval (2, 5]: 1 of 3.
        let sample = try CensoredTimes(
            times: [1, 2, 1.5, 5, 4, 9], events: [true, true, false, false, true, true])
        let fit = try DiscreteHazardRegression(link: link, boundaries: [2, 5]).fit(Matrix(rows: 6, columns: 0), sample)
        #expect(relativeDifference(fit.hazards([]), [0.4, 1.0 / 3]) < 1e-12)
        #expect(relativeDifference(fit.survival([]), [0.6, 0.4]) < 1e-12)
        #expect(near(fit.logLikelihood, 2 * log(0.4) + 3 * log(0.6) + log(1.0 / 3) + 2 * log(2.0 / 3)))
        if link == .logit {
            #expect(relativeDifference(fit.standardErrors, [(1 / 1.2).squareRoot(), 1.5.squareRoot()]) < 1e-11)
        }
    }
}
