import Statistics
import Testing

/// Measures frozen from Python; the script is Reference/error_measures.py.
struct ErrorMeasuresReferenceTests {
    private let columns: [[Double]]
    private let numbers: [String: Double]

    init() throws {
        let rows = try RegressionReference.lines("error_measures.csv").dropFirst().map { line in
            line.split(separator: ",").compactMap { Double($0) }
        }
        try #require(rows.count == 300 && rows.allSatisfy { $0.count == 8 })
        columns = (0..<8).map { j in rows.map { $0[j] } }
        var numbers: [String: Double] = [:]
        for line in try RegressionReference.lines("error_measures.txt") {
            let words = line.split(separator: " ")
            numbers[String(words[0])] = Double(words[1])
        }
        self.numbers = numbers
    }

    private func expect(_ value: Double, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let expected = try #require(numbers[name])
        #expect(abs(value - expected) <= 1e-12 * expected, "\(name)", sourceLocation: sourceLocation)
    }

    @Test func `errors of the point prediction agree`() throws {
        let (y, p) = (columns[0], columns[1])
        try expect(ErrorMeasures.meanAbsoluteError(y, p), "MAE_h")
        try expect(ErrorMeasures.medianAbsoluteError(y, p), "MedAE_h")
        try expect(100 * ErrorMeasures.medianAbsolutePercentageError(y, p, floor: 1), "MdAPE")
        try expect(100 * ErrorMeasures.meanAbsolutePercentageError(y, p, floor: 1), "MAPE")
        try expect(ErrorMeasures.rootMeanSquaredLogarithmicError(y, p), "RMSLE")
    }

    @Test func `concordance agrees, censored and not`() throws {
        try expect(ErrorMeasures.concordance(columns[0], columns[1]), "C")
        let events = columns[7].map { $0 == 1 }
        try expect(ErrorMeasures.concordance(columns[0], events: events, columns[1]), "harrell")
    }

    @Test func `measures of quantiles and intervals agree`() throws {
        let y = columns[0]
        let levels = [(0.1, columns[3]), (0.5, columns[4]), (0.9, columns[5])]
        let pinball = levels.map { ErrorMeasures.pinballLoss(y, $0.1, level: $0.0) }
        try expect(pinball.reduce(0, +) / 3, "pin_h")
        let logarithmic = levels.map { ErrorMeasures.logarithmicPinballLoss(y, $0.1, level: $0.0) }
        try expect(logarithmic.reduce(0, +) / 3, "pin_log")
        try expect(100 * ErrorMeasures.intervalCoverage(y, lower: columns[3], upper: columns[5]), "cov80")
        try expect(ErrorMeasures.intervalWidth(lower: columns[3], upper: columns[5]), "wid80_h")
        try expect(100 * ErrorMeasures.intervalCoverage(y, lower: columns[2], upper: columns[6]), "cov90")
        try expect(ErrorMeasures.intervalWidth(lower: columns[2], upper: columns[6]), "wid90_h")
    }
}
