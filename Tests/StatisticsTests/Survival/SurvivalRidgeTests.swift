import LinearAlgebra
import Statistics
import Testing

struct SurvivalRidgeTests {
    @Test func `ridge coefficients agree with R`() throws {
        let reference = try SurvivalReference()
        let ridge = [3.0, 3, 3]
        let cox = try CoxRegression(ridge: ridge).fit(reference.design, reference.sample)
        #expect(relativeDifference(cox.coefficients, try reference["ridge.cox"]) < 1e-8)
        let aft = try AcceleratedFailureTime(family: .weibull, ridge: ridge).fit(reference.design, reference.sample)
        #expect(relativeDifference(aft.coefficients, try reference["ridge.aft"]) < 1e-8)
    }

    @Test(arguments: HazardLink.allCases)
    func `a penalised discrete hazard fit is higher than its neighbours`(link: HazardLink) throws {
        let reference = try SurvivalReference()
        func fit(_ penalty: Double) throws -> FittedDiscreteHazardRegression {
            try DiscreteHazardRegression(link: link, boundaries: [10, 40], ridge: [penalty, penalty, penalty])
                .fit(reference.design, reference.sample)
        }
        func objective(_ fit: FittedDiscreteHazardRegression) -> Double {
            fit.logLikelihood - 0.5 * 3 * dot(fit.coefficients, fit.coefficients)
        }
        let best = objective(try fit(3))
        let neighbours = [objective(try fit(2.9)), objective(try fit(3.1))]
        #expect(neighbours.allSatisfy { $0 < best })
    }

    @Test func `a heavy penalty removes an effect and leaves the intercept free`() throws {
        let rows = SurvivalLawTests.rows()
        let heavy = try AcceleratedFailureTime(family: .logNormal, ridge: [1e12, 1e12]).fit(
            rows.design, try rows.sample())
        let empty = try AcceleratedFailureTime(family: .logNormal).fit(
            Matrix(rows: rows.times.count, columns: 0), try rows.sample())
        #expect(abs(heavy.coefficients[1]) < 1e-9)
        #expect(abs(heavy.coefficients[0] - empty.coefficients[0]) < 1e-8)
        #expect(abs(heavy.logLikelihood - empty.logLikelihood) < 1e-8)
    }

    @Test func `a penalty determines collinear and separated effects`() throws {
        let rows = SurvivalLawTests.rows()
        let twice = Matrix(rowMajor: rows.covariates.map { [$0[0], $0[0]] })
        let fit = try CoxRegression(ridge: [1, 1]).fit(twice, try rows.sample())
        #expect(abs(fit.coefficients[0] - fit.coefficients[1]) < 1e-12)
        let separated = try CensoredTimes(times: [1, 2, 3, 4, 5, 6], events: [Bool](repeating: true, count: 6))
        let early = try CoxRegression(ridge: [0.1]).fit(Matrix(rowMajor: [[1], [1], [1], [0], [0], [0]]), separated)
        #expect(early.coefficients[0] > 1 && early.coefficients[0] < 20)
    }
}
