import Foundation
import LinearAlgebra
import Testing

/// The certified linear regression sets of NIST; what numpy and R reach on them is in Reference/nist_digits.txt.
struct NISTLinearRegressionTests {
    /// The digits of the exact solution for the given doubles, less a tenth.
    static let digits: [String: Double] = [
        "Norris": 13.9, "Pontius": 13.4, "NoInt1": 14.6, "NoInt2": 14.9, "Filip": 13.9, "Longley": 14.5,
        "Wampler1": 14.9, "Wampler2": 13.1, "Wampler3": 14.9, "Wampler4": 14.9, "Wampler5": 14.9,
    ]

    /// Likewise when the powers are rounded to columns of doubles: all that a solver can get out of the matrix.
    static let digitsOfColumns: [String: Double] = [
        "Norris": 13.9, "Pontius": 13.4, "NoInt1": 14.6, "NoInt2": 14.9, "Filip": 7.5, "Longley": 14.5,
        "Wampler1": 14.9, "Wampler2": 13.1, "Wampler3": 14.9, "Wampler4": 14.9, "Wampler5": 14.9,
    ]

    @Test func `all eleven sets are there`() throws {
        #expect(try Set(NISTDataset.all().map(\.name)) == Set(Self.digits.keys))
    }

    @Test(arguments: try NISTDataset.all())
    func `coefficients have the certified digits`(_ dataset: NISTDataset) throws {
        let fit = try dataset.fit()
        #expect(fit.rank == dataset.certified.count)
        let expected = try #require(Self.digits[dataset.name])
        #expect(dataset.digits(fit.coefficients) >= expected)
    }

    @Test(arguments: try NISTDataset.all())
    func `coefficients of rounded columns have the digits that the rounding leaves`(_ dataset: NISTDataset) throws {
        let fit = try LeastSquares(dataset.design, dataset.response)
        let expected = try #require(Self.digitsOfColumns[dataset.name])
        #expect(dataset.digits(fit.coefficients) >= expected)
    }

    @Test(arguments: try NISTDataset.all())
    func `the residual sum of squares is the certified one`(_ dataset: NISTDataset) throws {
        let fit = try dataset.fit()
        // Wampler1 and Wampler2 fit exactly: what is left is the rounding of their decimals.
        let scale = dot(dataset.response, dataset.response)
        let tolerance = max(dataset.residualSumOfSquares * 1e-11, scale * 1e-30)
        #expect(abs(fit.residualSumOfSquares - dataset.residualSumOfSquares) <= tolerance)
    }

    /// Reference/nist_digits.py reads these; without the variable the test writes nowhere.
    @Test func `coefficients are written where the digits table asks for them`() throws {
        let lines = try NISTDataset.all().map { dataset in
            let columns = try LeastSquares(dataset.design, dataset.response)
            return try [(dataset.name, dataset.fit()), ("\(dataset.name)-columns", columns)].map { name, fit in
                ([name] + fit.coefficients.map(\.description)).joined(separator: " ")
            }
        }.joined()
        #expect(lines.count == 22)
        if let path = ProcessInfo.processInfo.environment["CASEBOOK_NIST_COEFFICIENTS"] {
            try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        }
    }
}
