import LinearAlgebra
import Statistics
import Testing

/// What makes a quantile fit exact, on rows drawn from a seed.
struct QuantileRegressionTests {
    /// The share of the subgradient that the rows fitted exactly have to balance, column by column, and what they can.
    private func isOptimal(_ design: Matrix, _ responses: [Double], level: Double, _ fit: [Double]) -> Bool {
        let loss = { (coefficients: [Double]) in
            zip(responses, design * coefficients).reduce(0.0) {
                $0 + max(level * ($1.0 - $1.1), (level - 1) * ($1.0 - $1.1))
            }
        }
        // The loss is convex, so no small step along many directions may lower it.
        var generator = SplitMix64(seed: 99)
        let best = loss(fit)
        return (0..<100).allSatisfy { _ in
            loss(fit.map { $0 + Double.random(in: -1e-3...1e-3, using: &generator) }) >= best - 1e-12 * abs(best)
        }
    }

    @Test(arguments: [0.02, 0.3, 0.5, 0.77, 0.99], [UInt64(1), 2, 3])
    func `as many residuals as columns are zero, and no step lowers the loss`(level: Double, seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let rows = (0..<200).map { _ in [1] + (0..<4).map { _ in Double.random(in: -2...2, using: &generator) } }
        let responses = rows.map { $0[1] - $0[2] + Double.random(in: -1...1, using: &generator) }
        let design = Matrix(rowMajor: rows)
        let fit = try QuantileRegression(level: level).fit(design, responses)
        let residuals = zip(responses, fit.predict(design)).map { $0 - $1 }
        #expect(residuals.filter { abs($0) < 1e-12 }.count == 5)
        #expect(Double(residuals.filter { $0 < -1e-12 }.count) <= level * 200)
        #expect(Double(residuals.filter { $0 > 1e-12 }.count) <= (1 - level) * 200)
        #expect(isOptimal(design, responses, level: level, fit.coefficients))
    }

    @Test(arguments: [0.1, 0.5, 0.8], [UInt64(4), 5, 6])
    func `rows that are tied many times are walked through`(level: Double, seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let rows = (0..<800).map { _ in [1] + (0..<8).map { _ in Double(Int.random(in: 0...1, using: &generator)) } }
        let responses = rows.map { $0[1] + $0[2] + Double(Int.random(in: 0...3, using: &generator)) }
        let design = Matrix(rowMajor: rows)
        let fit = try QuantileRegression(level: level).fit(design, responses)
        #expect(isOptimal(design, responses, level: level, fit.coefficients))
        #expect(fit.iterations < 200)
    }

    @Test func `a perfect fit has no loss`() throws {
        let design = Matrix(rowMajor: (0..<9).map { [1, Double($0)] })
        let fit = try QuantileRegression(level: 0.4).fit(design, (0..<9).map { 3 + 2 * Double($0) })
        #expect(fit.loss < 1e-12)
        #expect(abs(fit.coefficients[1] - 2) < 1e-13)
    }

    @Test func `standard errors are not a number where the neighbouring quantiles coincide`() throws {
        let fit = try QuantileRegression(level: 0.5).fit(Matrix(rows: 6, columns: 1, repeating: 1), [2, 2, 2, 2, 2, 2])
        #expect(fit.coefficients == [2])
        #expect(fit.standardErrors[0].isNaN)
    }
}
