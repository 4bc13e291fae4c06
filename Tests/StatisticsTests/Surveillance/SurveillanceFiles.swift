import Foundation

/// The series of notified cases and what the `surveillance` package of R says of them, where `../shared` is present.
enum SurveillanceFiles {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../../../shared/data/trends"
    ).standardizedFileURL

    static var arePresent: Bool { FileManager.default.fileExists(atPath: folder.path()) }

    /// The columns of a file by their names; what is no number is NaN.
    static func columns(_ name: String) throws -> [String: [Double]] {
        let rows = try rows(name)
        return Dictionary(
            uniqueKeysWithValues: rows[0].enumerated().map { column, name in
                (name, rows.dropFirst().map { column < $0.count ? Double($0[column]) ?? .nan : .nan })
            })
    }

    static func rows(_ name: String) throws -> [[String]] {
        let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        return text.split(separator: "\n").map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: CharacterSet(charactersIn: "\"\r "))
            }
        }
    }

    /// The text of a file that gzip packed.
    static func unpacked(_ name: String) throws -> String {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", folder.appending(path: name).path()]
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The series that have frozen answers, as their files name them.
    static let series = [
        "h1_nrwrp", "k1", "m1", "m2", "m3", "m4", "m5", "n1", "n2", "q1_nrwh", "q2", "s1", "s2", "s3",
        "salmonella.agona", "shadar", "simPointSource", "stsNewport", "ha_agg",
    ].filter { FileManager.default.fileExists(atPath: folder.appending(path: "golden/\($0)__bayes.csv").path()) }

    /// The counts of a series.
    static func counts(_ series: String) throws -> [Double] {
        switch series {
        case "ha_agg":
            let columns = try columns("ha.sts.csv")
            let districts = columns.keys.filter {
                !["t", "year", "epochInYear", "epoch", "state", "date"].contains($0)
            }
            return (0..<(columns["t"]?.count ?? 0)).map { row in
                districts.reduce(0) { $0 + (columns[$1]?[row] ?? 0) }
            }
        case "simPointSource": return try columns("simpointSource_seed20261122.csv")["observed"] ?? []
        default: return try columns("\(series).csv")["observed"] ?? []
        }
    }

    /// The same date in each of the five years before, moved to the nearest date of the same weekday; nil for series without dates.
    static func references(_ series: String, years: Int) throws -> [[Int]]? {
        guard series == "stsNewport" else { return nil }
        let dates = try rows("stsNewport.csv").dropFirst().compactMap {
            Date.ISO8601FormatStyle().year().month().day().parseOrNil($0[1])
        }
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = .gmt
        let first = dates[0]
        return dates.map { date in
            (1...years).map { year in
                let then = calendar.date(byAdding: .year, value: -year, to: date) ?? date
                let days = then.timeIntervalSince(first) / 86_400
                return Int((days / 7).rounded())
            }
        }
    }
}

extension Date.ISO8601FormatStyle {
    func parseOrNil(_ text: String) -> Date? { try? parse(text) }
}
