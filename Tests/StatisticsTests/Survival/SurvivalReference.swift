import FoundationEssentials
import LinearAlgebra
import Statistics
import Testing

/// The generated rows and the frozen numbers of R; the script is Reference/survival_estimators.R.
struct SurvivalReference {
    let design: Matrix
    let sample: CensoredTimes
    let weighted: CensoredTimes
    private let numbers: [String: [Double]]

    init() throws {
        var rows = try Self.lines("survival_data.csv").dropFirst().map { line in
            line.split(separator: ",").compactMap { Double($0) }
        }
        rows = rows.filter { $0.count == 6 }
        design = Matrix(rowMajor: rows.map { Array($0[2...4]) })
        let times = rows.map { $0[0] }
        let events = rows.map { $0[1] == 1 }
        sample = try CensoredTimes(times: times, events: events)
        weighted = try CensoredTimes(times: times, events: events, weights: rows.map { $0[5] })
        var numbers: [String: [Double]] = [:]
        for line in try Self.lines("survival_estimators.txt") {
            let words = line.split(separator: " ")
            guard let name = words.first else { continue }
            numbers[String(name)] = words.dropFirst().compactMap { Double($0) }
        }
        self.numbers = numbers
    }

    private static func lines(_ name: String) throws -> [Substring] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let data = try Data(contentsOf: folder.appending(path: "Reference").appending(path: name))
        return String(decoding: data, as: UTF8.self).split(separator: "\n")
    }

    func sample(_ weighting: String) -> CensoredTimes { weighting == "weighted" ? weighted : sample }

    subscript(name: String) -> [Double] {
        get throws { try #require(numbers[name], "no frozen numbers \(name)") }
    }
}

/// The largest relative difference from the reference.
func relativeDifference(_ values: [Double], _ reference: [Double]) -> Double {
    guard values.count == reference.count, !values.isEmpty else { return .infinity }
    return zip(values, reference).reduce(0) { worst, pair in
        let difference = pair.0 == pair.1 ? 0 : abs(pair.0 - pair.1) / abs(pair.1)
        return difference.isNaN ? .infinity : max(worst, difference)
    }
}
