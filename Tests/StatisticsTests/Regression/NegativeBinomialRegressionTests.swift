import Foundation
import LinearAlgebra
import Statistics
import Testing

struct NegativeBinomialRegressionTests {
    // R 4.2.2, MASS glm.nb, on errors and sessions of two versions on ten days (../shared/data/trends/nbglm_small.csv).
    @Test(.enabled(if: SurveillanceFiles.arePresent, "../shared is not there"))
    func `errors by version with sessions as exposure are those of glm.nb`() throws {
        let rows = try SurveillanceFiles.rows("nbglm_small.csv").dropFirst()
        let isNew = rows.map { $0[1] == "1.1" ? 1.0 : 0 }
        let sessions = rows.compactMap { Double($0[2]) }
        let errors = rows.compactMap { Double($0[3]) }
        let design = Matrix(rowMajor: isNew.map { [1, $0] })
        let offset = sessions.map { log($0) }
        let fit = try NegativeBinomialRegression().fit(design, errors, offset: offset)
        #expect(abs(fit.coefficients[0] + 4.3020945154) < 1e-8)
        #expect(abs(fit.coefficients[1] - 0.6765349885) < 1e-8)
        #expect(abs(fit.standardErrors[0] - 0.1816989806) < 1e-7)
        #expect(abs(fit.standardErrors[1] - 0.2535185974) < 1e-7)
        #expect(abs(fit.dispersion - 3.739735605) < 1e-6)
        #expect(abs(fit.dispersionError - 1.4344436) < 1e-5)
        #expect(abs(2 * fit.logLikelihood + 149.258927182) < 1e-7)
        let without = try NegativeBinomialRegression().fit(
            Matrix(rowMajor: isNew.map { _ in [1] }), errors, offset: offset)
        #expect(abs(without.dispersion - 2.619784895) < 1e-6)
        #expect(abs(2 * (fit.logLikelihood - without.logLikelihood) - 6.036991403) < 1e-7)
    }

    @Test func `counts that are not over-dispersed are those of Poisson`() throws {
        let counts: [Double] = [3, 4, 3, 4, 4, 3, 4, 3]
        let design = Matrix(rowMajor: counts.map { _ in [1] })
        let fit = try NegativeBinomialRegression().fit(design, counts)
        let poisson = try PoissonRegression().fit(design, counts)
        #expect(fit.dispersion == .infinity && fit.dispersionError == .infinity)
        #expect(fit.coefficients == poisson.coefficients)
        #expect(fit.logLikelihood == poisson.logLikelihood)
    }

    @Test func `a dispersion that counts were drawn with is found`() throws {
        var generator = SplitMix64(seed: 3)
        let groups = (0..<4_000).map { $0 % 2 }
        let counts = groups.map { Double(generator.negativeBinomial(mean: $0 == 0 ? 5 : 10, dispersion: 1.5)) }
        let fit = try NegativeBinomialRegression().fit(Matrix(rowMajor: groups.map { [1, Double($0)] }), counts)
        #expect(abs(fit.dispersion - 1.5) < 4 * fit.dispersionError)
        #expect(abs(fit.coefficients[1] - log(2)) < 4 * fit.standardErrors[1])
    }

    @Test func `wrong parameters and data are refused`() {
        #expect(throws: RegressionError.self) { try NegativeBinomialRegression(maximumIterations: 0) }
        #expect(throws: RegressionError.self) {
            try NegativeBinomialRegression().fit(Matrix(rowMajor: [[1], [1]]), [1, -1])
        }
    }
}
