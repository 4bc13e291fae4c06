import ArgumentParser
import Commands
import Logs
import Records

/// Says what a log is and what is wrong with it.
struct Formats: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find the format of a log and report what is wrong with it.",
        discussion: """
            Reads a log from standard input, gzip or not, and prints its format, its counts and its faults with the first \
            lines of each kind. Nothing of what the log says is printed.
            """)

    @OptionGroup
    var log: LogOptions

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        var stream = try log.stream(for: "formats")
        var batch = LogBatch()
        var severities = [Int](repeating: 0, count: 25)
        let count = { (batch: inout LogBatch) in
            for record in batch.records { severities[Int(record.severityNumber)] += 1 }
            batch.removeAll()
        }
        try StandardInput.read(for: "formats") {
            stream.read($0, into: &batch)
            count(&batch)
        }
        stream.finish(into: &batch)
        count(&batch)
        let report = Report(stream, severities: severities)
        if json {
            print(try report.jsonLine)
        } else {
            print(report.text)
        }
    }

    /// What is printed.
    private struct Report: Encodable {
        struct Fault: Encodable {
            var kind: String
            var count: Int
            var lines: [Int64]
        }

        var format: String
        var gzip: Bool
        var bytes: Int64
        var lines: Int64
        var records: Int64
        var multilineRecords: Int64
        var skippedLines: Int64
        var recordsWithoutTime: Int64
        var earliest: String?
        var latest: String?
        var severities: [String: Int]
        var faults: [Fault]

        init(_ stream: borrowing LogStream, severities numbers: [Int]) {
            let counts = stream.counts
            format = stream.format?.rawValue ?? LogFormat.plain.rawValue
            gzip = stream.isGzip
            (bytes, lines, records) = (counts.bytes, counts.lines, counts.records)
            (multilineRecords, skippedLines) = (counts.multilineRecords, counts.skippedLines)
            recordsWithoutTime = counts.recordsWithoutTime
            let time = { (nanoseconds: Int64) in Instant(seconds: Double(nanoseconds) / 1e9).iso8601 }
            earliest = counts.earliest.map(time)
            latest = counts.latest.map(time)
            severities = [:]
            for (number, count) in numbers.enumerated() where count > 0 {
                severities[LogSeverity.name(of: number) ?? "none", default: 0] += count
            }
            let found = stream.faults
            faults = LogFault.Kind.allCases.filter { found[$0] > 0 }.map { kind in
                Fault(
                    kind: kind.rawValue, count: found[kind], lines: found.first.filter { $0.kind == kind }.map(\.line))
            }
        }

        var text: String {
            var rows = [
                ("format", format + (gzip ? ", gzip" : "")), ("bytes", String(bytes)), ("lines", String(lines)),
                ("records", String(records)), ("of several lines", String(multilineRecords)),
                ("skipped lines", String(skippedLines)), ("without time", String(recordsWithoutTime)),
                ("earliest", earliest ?? "-"), ("latest", latest ?? "-"),
            ]
            for (name, count) in severities.sorted(by: { $0.key < $1.key }) { rows.append((name, String(count))) }
            for fault in faults {
                let first = fault.lines.map(String.init).joined(separator: ", ")
                rows.append((fault.kind, "\(fault.count), first in lines \(first)"))
            }
            return rows.map { $0 + String(repeating: " ", count: max(1, 20 - $0.count)) + $1 }.joined(separator: "\n")
        }
    }
}
