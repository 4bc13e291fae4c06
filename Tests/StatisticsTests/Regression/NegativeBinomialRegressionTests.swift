import Foundation
import LinearAlgebra
import Testing

@testable import Statistics

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
        #expect(abs(fit.size - 3.739735605) < 1e-6)
        #expect(abs(fit.sizeError - 1.4344436) < 1e-5)
        #expect(abs(2 * fit.logLikelihood + 149.258927182) < 1e-7)
        let without = try NegativeBinomialRegression().fit(
            Matrix(rowMajor: isNew.map { _ in [1] }), errors, offset: offset)
        #expect(abs(without.size - 2.619784895) < 1e-6)
        let ratio = 2 * (fit.logLikelihood - without.logLikelihood)
        #expect(abs(ratio - 6.036991403) < 1e-7)
        #expect(abs(try ChiSquared(degreesOfFreedom: 1).survival(ratio) - 0.01400913856) < 1e-9)
        let z = fit.coefficients[1] / fit.standardErrors[1]
        #expect(abs(z - 2.668581301) < 1e-6)
        #expect(abs(2 * Normal.standard.survival(z) - 7.617234e-3) < 1e-8)
        #expect(abs(exp(fit.coefficients[1]) - 1.967050059) < 1e-8)
    }

    // R 4.2.2, glm with the families poisson and quasipoisson on the same data. Its errors are those of the weights before the last step, three in
    // 100,000 from those at the maximum.
    @Test(.enabled(if: SurveillanceFiles.arePresent, "../shared is not there"))
    func `without over-dispersion the same errors are falsely certain, as in glm`() throws {
        let rows = try SurveillanceFiles.rows("nbglm_small.csv").dropFirst()
        let errors = rows.compactMap { Double($0[3]) }
        let offset = rows.compactMap { Double($0[2]) }.map { log($0) }
        let design = Matrix(rowMajor: rows.map { [1, $0[1] == "1.1" ? 1 : 0] })
        let ones = [Double](repeating: 1, count: errors.count)
        let fit = try #require(QuasiPoissonFit(design, errors, weights: ones, offset: offset))
        let standardErrors = fit.covariance.standardErrors
        #expect(abs(fit.coefficients[0] + 4.2742121286) < 6e-11)
        #expect(abs(fit.coefficients[1] - 0.6837727479) < 6e-11)
        #expect(abs(standardErrors[0] - 0.0766944046) < 6e-11)
        #expect(abs(standardErrors[1] - 0.09776692613) < 6e-12)
        let deviance = zip(errors, fit.means).reduce(0) { $0 + 2 * ($1.0 * log($1.0 / $1.1) - ($1.0 - $1.1)) }
        let pearson = zip(errors, fit.means).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / $1.1 }
        #expect(abs(deviance - 124.097231698) < 6e-10)
        #expect(abs(pearson - 117.726095239) < 6e-10)
        #expect(abs(2 * Normal.standard.survival(fit.coefficients[1] / standardErrors[1]) - 2.67e-12) < 6e-15)
        let error = standardErrors[1] * fit.dispersion.squareRoot()
        #expect(abs(fit.dispersion - 6.540622447) < 6e-10)
        #expect(abs(error - 0.2500354004) < 6e-11)
        let student = try StudentT(degreesOfFreedom: 18)
        #expect(abs(2 * student.survival(fit.coefficients[1] / error) - 0.01360901291) < 6e-12)

        let maximum = try PoissonRegression().fit(design, errors, offset: offset)
        #expect(zip(maximum.coefficients, fit.coefficients).allSatisfy { abs($0 - $1) < 1e-7 })
        #expect(zip(maximum.standardErrors, standardErrors).allSatisfy { abs($0 / $1 - 1) < 4e-5 })
        #expect(abs(4 - 2 * maximum.logLikelihood - 220.825452712) < 6e-10)
    }

    @Test func `counts that are not over-dispersed are those of Poisson`() throws {
        let counts: [Double] = [3, 4, 3, 4, 4, 3, 4, 3]
        let design = Matrix(rowMajor: counts.map { _ in [1] })
        let fit = try NegativeBinomialRegression().fit(design, counts)
        let poisson = try PoissonRegression().fit(design, counts)
        #expect(fit.size == .infinity && fit.sizeError == .infinity)
        #expect(fit.coefficients == poisson.coefficients)
        #expect(fit.logLikelihood == poisson.logLikelihood)
    }

    @Test func `a size that counts were drawn with is found`() throws {
        var generator = SplitMix64(seed: 3)
        let groups = (0..<4_000).map { $0 % 2 }
        let counts = groups.map { Double(generator.negativeBinomial(mean: $0 == 0 ? 5 : 10, size: 1.5)) }
        let fit = try NegativeBinomialRegression().fit(Matrix(rowMajor: groups.map { [1, Double($0)] }), counts)
        #expect(abs(fit.size - 1.5) < 4 * fit.sizeError)
        #expect(abs(fit.coefficients[1] - log(2)) < 4 * fit.standardErrors[1])
    }

    @Test func `wrong parameters and data are refused`() {
        #expect(throws: RegressionError.self) { try NegativeBinomialRegression(maximumIterations: 0) }
        #expect(throws: RegressionError.self) {
            try NegativeBinomialRegression().fit(Matrix(rowMajor: [[1], [1]]), [1, -1])
        }
    }
}
