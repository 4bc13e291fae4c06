/// What a reader has read.
///
/// The lines of records, the skipped and the passed ones add up to the lines.
public struct LogCounts: Sendable, Hashable {
    /// The bytes.
    public internal(set) var bytes: Int64 = 0
    /// The lines, or the messages of a format that has no lines.
    public internal(set) var lines: Int64 = 0
    /// The records.
    public internal(set) var records: Int64 = 0
    /// The records of more than one line.
    public internal(set) var multilineRecords: Int64 = 0
    /// The lines from which records were made.
    public internal(set) var linesOfRecords: Int64 = 0
    /// The lines from which none was made.
    public internal(set) var skippedLines: Int64 = 0
    /// The lines that were counted and not read; see ``LogReader/pass(_:into:)``.
    public internal(set) var passedLines: Int64 = 0
    /// The records whose source did not say when.
    public internal(set) var recordsWithoutTime: Int64 = 0
    /// The earliest time of a record, in nanoseconds since 1970 UTC.
    public internal(set) var earliest: Int64?
    /// The latest time of a record.
    public internal(set) var latest: Int64?
}
