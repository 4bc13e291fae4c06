internal import Logs

/// What one run of an ``IngestService`` has read.
public struct IngestReport: Encodable, Sendable {
    /// The logs that were read, once for each time that one was opened.
    public internal(set) var logs = 0
    /// The bytes that were read, unpacked.
    public internal(set) var bytes: Int64 = 0
    /// The lines.
    public internal(set) var lines: Int64 = 0
    /// The records.
    public internal(set) var records: Int64 = 0
    /// The lines from which no record was made.
    public internal(set) var skippedLines: Int64 = 0
    /// The lines that were counted and not read.
    public internal(set) var passedLines: Int64 = 0
    /// The records whose source did not say when.
    public internal(set) var recordsWithoutTime: Int64 = 0
    /// The records of scopes for which the store had no room.
    public internal(set) var recordsWithoutScope = 0
    /// The records that name no account that the store knows; nil where it knows none.
    public internal(set) var recordsWithoutAccount: Int?
    /// The files of which nothing was read again, since another one holds all that they hold.
    public internal(set) var copies = 0
    /// The files in folders that are no logs: binary ones, and the store and the key themselves.
    public internal(set) var leftOut = 0
    /// What is wrong with lines: how many there are of each kind of fault.
    public internal(set) var faults: [String: Int] = [:]
    /// The first lines of each kind of fault: kind, log and line.
    public internal(set) var firstFaults: [String] = []
    /// The paths that could not be read.
    public internal(set) var unreadable: [String] = []

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
}
