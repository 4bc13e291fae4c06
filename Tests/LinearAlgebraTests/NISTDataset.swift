import Foundation
import LinearAlgebra
import Testing

/// One set of Reference/nist_strd.txt: the design, the response and NIST's certificate.
struct NISTDataset: Sendable, CustomTestStringConvertible {
    var name = ""
    var model: [String] = []
    var certified: [Double] = []
    var residualSumOfSquares = 0.0
    var rows: [[Double]] = []

    var testDescription: String { name }

    var response: [Double] { rows.map { $0[0] } }

    var design: Matrix {
        let regressors = rows.map { Array($0.dropFirst()) }
        return switch model[0] {
        case "linear": Matrix(rowMajor: regressors.map { [1] + $0 })
        case "polynomial":
            Matrix(rowMajor: regressors.map { row in certified.indices.map { pow(row[0], Double($0)) } })
        default: Matrix(rowMajor: regressors)
        }
    }

    /// The fit as one would ask for it: polynomials by their degree, the others by their columns.
    func fit() throws -> LeastSquares {
        guard model[0] == "polynomial" else { return try LeastSquares(design, response) }
        return try LeastSquares(polynomialOfDegree: certified.count - 1, at: rows.map { $0[1] }, response)
    }

    /// The least log relative error over the coefficients, at most 15.
    func digits(_ coefficients: [Double]) -> Double {
        zip(coefficients, certified).map { min(15, -log10(abs($0 - $1) / abs($1))) }.min() ?? 0
    }

    static func all() throws -> [NISTDataset] {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Reference/nist_strd.txt")
        var sets: [NISTDataset] = []
        for line in try String(contentsOf: path, encoding: .utf8).split(separator: "\n") where !line.hasPrefix("#") {
            let words = line.split(separator: " ").map(String.init)
            let values = words.dropFirst().compactMap(Double.init)
            if words[0] == "set" { sets.append(NISTDataset(name: words[1])) }
            guard let last = sets.indices.last else { continue }
            switch words[0] {
            case "model": sets[last].model = Array(words.dropFirst())
            case "certified": sets[last].certified = values
            case "residuals": sets[last].residualSumOfSquares = values[0]
            case "data": sets[last].rows.append(values)
            default: break
            }
        }
        return sets
    }
}
