import Logs

/// What one run of ingest has read.
struct IngestReport: Encodable {
    var logs = 0
    var bytes: Int64 = 0
    var lines: Int64 = 0
    var records: Int64 = 0
    var skippedLines: Int64 = 0
    /// Counted and not read.
    var passedLines: Int64 = 0
    var recordsWithoutTime: Int64 = 0
    /// Those of scopes for which the store had no room.
    var recordsWithoutScope = 0
    /// Those that name no account that the store knows; nil where it knows none.
    var recordsWithoutAccount: Int?
    /// The files of which nothing was read again, since another one holds all that they hold.
    var copies = 0
    /// The files in folders that are no logs: binary ones, and the store and the key themselves.
    var leftOut = 0
    var faults: [String: Int] = [:]
    /// The first lines of each kind of fault: kind, log and line.
    var firstFaults: [String] = []
    /// The paths that could not be read.
    var unreadable: [String] = []

    mutating func add(_ counts: LogCounts, _ found: LogFaults, of path: String) {
        logs += 1
        bytes += counts.bytes
        lines += counts.lines
        records += counts.records
        skippedLines += counts.skippedLines
        passedLines += counts.passedLines
        recordsWithoutTime += counts.recordsWithoutTime
        for (kind, count) in found.counts { faults[kind.rawValue, default: 0] += count }
        for fault in found.first where firstFaults.count < 50 {
            firstFaults.append("\(fault.kind.rawValue): \(path):\(fault.line)")
        }
    }

    var text: String {
        var text = "\(logs) logs, \(lines) lines, \(records) records"
        if recordsWithoutTime > 0 { text += ", \(recordsWithoutTime) without time" }
        if skippedLines > 0 { text += ", \(skippedLines) lines skipped" }
        if passedLines > 0 { text += ", \(passedLines) lines counted and not read" }
        if recordsWithoutScope > 0 {
            text += ", \(recordsWithoutScope) records without a scope, beyond \(EventCounter.mostScopes) scopes"
        }
        if let recordsWithoutAccount, records > 0 {
            let share = 100 * Double(recordsWithoutAccount) / Double(records)
            text += ", \(Int(share.rounded())) % of the records name no account that the store knows"
        }
        if copies > 0 { text += ", \(copies) \(copies == 1 ? "copy" : "copies") of other logs left out" }
        if leftOut > 0 { text += ", \(leftOut) \(leftOut == 1 ? "file" : "files") that are no logs left out" }
        for (kind, count) in faults.sorted(by: { $0.key < $1.key }) { text += ", \(kind) \(count)" }
        return text
    }
}
