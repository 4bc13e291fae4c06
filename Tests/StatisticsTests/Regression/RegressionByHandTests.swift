import Glibc
import LinearAlgebra
import Statistics
import Testing

/// Fits small enough to work out on paper.
struct RegressionByHandTests {
    private func close(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-13) -> Bool {
        a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance }
    }

    @Test func `a line through three points`() throws {
        // Σ(x - 1)² = 2 and Σ(x - 1) y = 3, so the slope is 3/2 and the residuals are 1/6, -1/3, 1/6.
        let design = Matrix(rowMajor: [[1, 0], [1, 1], [1, 2]])
        let fit = try LinearRegression().fit(design, [1, 2, 4])
        #expect(close(fit.coefficients, [5.0 / 6, 1.5]))
        #expect(fit.degreesOfFreedom == 1)
        #expect(close([fit.residualStandardDeviation], [(1.0 / 6).squareRoot()]))
        #expect(close(fit.standardErrors, [(5.0 / 36).squareRoot(), (1.0 / 12).squareRoot()]))
        #expect(close([fit.rSquared], [1 - (1.0 / 6) / (14.0 / 3)]))
        #expect(close([fit.logLikelihood], [-1.5 * (log(2 * Double.pi / 18) + 1)]))
        #expect(close(fit.predict(Matrix(rowMajor: [[1, 4]])), [5.0 / 6 + 6]))
    }

    @Test func `one penalised mean`() throws {
        // Two ones with λ = 2: β = (1 + 3) / (2 + 2), the trace of the hat matrix 2 / 4, RSS = 4.
        let fit = try RidgeRegression(penalties: [2]).fit(Matrix(rowMajor: [[1], [1]]), [1, 3])
        #expect(close(fit.coefficients, [1]))
        #expect(close([fit.effectiveDegreesOfFreedom, fit.degreesOfFreedom], [0.5, 1.5]))
        #expect(close([fit.generalizedCrossValidation], [2 * 4 / 2.25]))
        #expect(close(fit.covariance.elements, [(4 / 1.5) * 2 / 16]))
        // y ~ N(0, σ² (I + 11ᵀ / 2)) with determinant 2 and yᵀ(...)⁻¹y = RSS + λβ² = 6, so σ² = 3.
        #expect(close([fit.marginalLogLikelihood], [-log(2 * Double.pi * 3) - 0.5 * log(2.0) - 1]))
        #expect(close(fit.predict(Matrix(rowMajor: [[2]])), [2]))
    }

    @Test func `the log odds of two groups`() throws {
        // 1 success of 4 and 3 of 5: the coefficients are log(1/3) and log(3/2) - log(1/3).
        let design = Matrix(rowMajor: [[1, 0], [1, 0], [1, 1], [1, 1]])
        let fit = try LogisticRegression().fit(design, [1, 0, 1, 0], weights: [1, 3, 3, 2])
        #expect(close(fit.coefficients, [-log(3.0), log(4.5)]))
        #expect(close(fit.covariance.elements, [4.0 / 3, -4.0 / 3, -4.0 / 3, 4.0 / 3 + 5.0 / 6]))
        #expect(close([fit.logLikelihood], [log(0.25) + 3 * log(0.75) + 3 * log(0.6) + 2 * log(0.4)]))
        #expect(close(fit.predict(design), [0.25, 0.25, 0.6, 0.6]))
        let shares = try LogisticRegression().fit(
            Matrix(rowMajor: [[1, 0], [1, 1]]), [0.25, 0.6], weights: [4, 5])
        #expect(close(shares.coefficients, fit.coefficients))
        #expect(close(shares.covariance.elements, fit.covariance.elements))
    }

    @Test func `the rate of counts over an exposure`() throws {
        // 12 events in 8 units of exposure.
        let exposure = [1.0, 3, 4].map { log($0) }
        let ones = Matrix(rows: 3, columns: 1, repeating: 1)
        let fit = try PoissonRegression().fit(ones, [2, 3, 7], offset: exposure)
        #expect(close(fit.coefficients, [log(1.5)]))
        #expect(close(fit.covariance.elements, [1.0 / 12]))
        let expected =
            2 * log(1.5) - 1.5 - log(2.0) + 3 * log(4.5) - 4.5 - log(6.0) + 7 * log(6.0) - 6 - log(5040.0)
        #expect(close([fit.logLikelihood], [expected], 1e-12))
        #expect(close(fit.predict(ones, offset: exposure), [1.5, 4.5, 6], 1e-12))
        #expect(close(fit.predict(ones), [1.5, 1.5, 1.5], 1e-12))
    }

    @Test(arguments: [(0.5, 4.0), (0.1, 1), (0.9, 100)])
    func `the quantile of a column of ones is the order statistic`(level: Double, expected: Double) throws {
        let ones = Matrix(rows: 5, columns: 1, repeating: 1)
        let fit = try QuantileRegression(level: level).fit(ones, [9, 1, 100, 4, 2])
        #expect(fit.coefficients == [expected])
        #expect(fit.predict(ones) == [Double](repeating: expected, count: 5))
        #expect(fit.degreesOfFreedom == 4)
    }

    @Test func `the median line passes outliers by`() throws {
        let design = Matrix(rowMajor: (0..<7).map { [1, Double($0)] })
        let fit = try QuantileRegression(level: 0.5).fit(design, [1, 3, 5, 700, 9, 11, -80])
        #expect(close(fit.coefficients, [1, 2]))
        #expect(close([fit.loss], [0.5 * (693 + 93)], 1e-10))
    }
}
