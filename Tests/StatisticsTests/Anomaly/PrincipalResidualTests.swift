import LinearAlgebra
import Statistics
import Testing

struct PrincipalResidualTests {
    /// The second column is twice the first.
    let rows = Matrix(rows: 6, columns: 2, elements: [0, 1, 2, 3, 4, 5, 0, 2, 4, 6, 8, 10])

    @Test func `what follows the relation leaves nothing over`() throws {
        let fit = try PrincipalResidual(rows: rows, counts: [1, 1, 1, 1, 1, 1])
        #expect(fit.components.count == 1)
        #expect(fit.residual(of: [2.5, 5]) < 1e-2)
        #expect(fit.residual(of: [2.5, 0]) > 0.5)
    }

    @Test func `a row that counts twice is two rows`() throws {
        let once = Matrix(rows: 3, columns: 2, elements: [0, 1, 3, 1, 1, 2])
        let twice = Matrix(rows: 4, columns: 2, elements: [0, 1, 3, 3, 1, 1, 2, 2])
        let weighted = try PrincipalResidual(rows: once, counts: [1, 1, 2])
        let repeated = try PrincipalResidual(rows: twice, counts: [1, 1, 1, 1])
        #expect(abs(weighted.residual(of: [5, 1]) - repeated.residual(of: [5, 1])) < 1e-9)
    }

    @Test func `residuals of columns make up that of the row`() throws {
        let fit = try PrincipalResidual(rows: rows, counts: [3, 1, 1, 1, 1, 1])
        let parts = fit.residuals(of: [1, 5])
        #expect(abs(parts.reduce(0) { $0 + $1 * $1 } - fit.residual(of: [1, 5]) * fit.residual(of: [1, 5])) < 1e-9)
    }

    @Test func `a row held out is farther than one that took part`() throws {
        let counts = [9.0, 9, 9, 9, 9, 1]
        var odd = rows
        odd[5, 1] = 0
        let fit = try PrincipalResidual(rows: odd, counts: counts)
        let heldOut = try fit.heldOut(rows: odd, counts: counts)
        #expect(heldOut[5] > fit.residual(of: odd.row(5)))
        #expect(heldOut[0] == fit.residual(of: odd.row(0)))
    }

    @Test func `values that are not finite are refused`() {
        let broken = Matrix(rows: 1, columns: 1, elements: [.nan])
        #expect(throws: LinearAlgebraError.self) { try PrincipalResidual(rows: broken, counts: [1]) }
    }
}
