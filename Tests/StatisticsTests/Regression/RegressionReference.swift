import FoundationEssentials
import Glibc
import LinearAlgebra
import Testing

/// The generated rows and the frozen numbers of R; the script is Reference/regression_estimators.R.
struct RegressionReference {
    /// Columns 1, age, load, night.
    let design: Matrix
    let hours: [Double]
    let breach: [Double]
    let count: [Double]
    let logExposure: [Double]
    private let weight: [Double]
    private let numbers: [String: [Double]]

    init() throws {
        let rows = try Self.lines("regression_data.csv").dropFirst().map { line in
            line.split(separator: ",").compactMap { Double($0) }
        }
        try #require(rows.count == 150 && rows.allSatisfy { $0.count == 8 })
        design = Matrix(rowMajor: rows.map { [1, $0[0], $0[1], $0[2]] })
        weight = rows.map { $0[3] }
        logExposure = rows.map { log($0[4]) }
        hours = rows.map { $0[5] }
        breach = rows.map { $0[6] }
        count = rows.map { $0[7] }
        var numbers: [String: [Double]] = [:]
        for line in try Self.lines("regression_estimators.txt") {
            let words = line.split(separator: " ")
            guard let name = words.first else { continue }
            numbers[String(name)] = words.dropFirst().compactMap { Double($0) }
        }
        self.numbers = numbers
    }

    static func lines(_ name: String) throws -> [Substring] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let data = try Data(contentsOf: folder.appending(path: "Reference").appending(path: name))
        return String(decoding: data, as: UTF8.self).split(separator: "\n")
    }

    func weights(_ weighting: String) -> [Double]? { weighting == "weighted" ? weight : nil }

    subscript(name: String) -> [Double] {
        get throws { try #require(numbers[name], "no frozen numbers \(name)") }
    }

    /// Expects every value within 1e-8 of its frozen number.
    func expect(
        _ values: [Double], _ name: String, within tolerance: Double = 1e-8,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let difference = RegressionReference.difference(values, try self[name])
        #expect(difference <= tolerance, "\(name): \(values)", sourceLocation: sourceLocation)
    }

    /// The largest relative difference.
    static func difference(_ values: [Double], _ reference: [Double]) -> Double {
        guard values.count == reference.count, !values.isEmpty else { return .infinity }
        return zip(values, reference).reduce(0) { worst, pair in
            let difference = pair.0 == pair.1 ? 0 : abs(pair.0 - pair.1) / abs(pair.1)
            return difference.isNaN ? .infinity : max(worst, difference)
        }
    }
}
