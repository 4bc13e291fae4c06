/// Reads tickets from CSV files with a header line.
///
/// The format is RFC 4180 with some leniency: lines end in LF or CRLF, the last line needs no end, a byte order mark
/// and empty lines are skipped, a quote inside an unquoted field stands for itself, and fields are parted by the semicolon or the tab of a header without
/// a comma. A field that is empty or only
/// spaces is a missing value; all other bytes count, and bytes that are not UTF-8 are repaired with U+FFFD.
///
/// An attribute column is **numeric** when it is declared so, or when every value that is not missing is a number and
/// either one of them has a fractional part or there are more than 12 distinct ones; otherwise it is words.
///
/// Times are ISO 8601, dates of three numbers, or seconds or milliseconds since 1970; which of day and month comes first in dates such as 03/04/2024 is
/// found out from all values of a column.
///
/// Whether a ticket was resolved is what the column `resolved` says. Without that column, a ticket with hours or a time
/// of resolution was. An open ticket whose age is not given is censored at the latest moment that the files mention.
public struct CSVReader: Sendable {
    /// The role of each column.
    public let columns: TicketColumns
    /// The zone of times without an offset.
    public let zone: ZoneRules
    /// What to do with a row that is wrong.
    public let badRows: BadRows
    /// Whether the day comes before the month in dates such as 03/04/2024; nil to find out from the values of each column.
    public let dayFirst: Bool?
    private let redactor: Redactor

    /// Creates a reader; texts and words are redacted as they are read.
    public init(
        columns: TicketColumns, zone: ZoneRules = .utc, badRows: BadRows = .areErrors, dayFirst: Bool? = nil,
        redactor: Redactor
    ) {
        self.columns = columns
        self.zone = zone
        self.badRows = badRows
        self.dayFirst = dayFirst
        self.redactor = redactor
    }

    /// Reads the tickets of some files into one table; ids must be distinct over all files.
    ///
    /// - Throws: ``RecordError/emptyFile(file:)``, ``RecordError/unknownColumn(file:column:present:)``,
    ///   ``RecordError/repeatedColumn(file:column:)``, and ``RecordError/invalidRow(_:)`` unless bad rows are set aside.
    ///   A date that may be read either way while its whole column does not tell is such a row, and is never set aside.
    /// - Complexity: O(bytes); the files are gone through once, once more when a column of numbers turns out to hold words, and, for each column with
    ///   dates such as 03/04/2024, up to the first one with a day above 12.
    public func read(_ files: [RecordFile]) throws(RecordError) -> TicketReading {
        let orders = DateOrders(of: columns, dayFirst: dayFirst, in: files) { $0.dateOrder(ofColumn: $1) }
        var pass = CSVTicketPass(columns: columns, zone: zone, orders: orders, badRows: badRows, redactor: redactor)
        for file in files { try pass.read(file) }
        try pass.readAgainAsWords(files)
        return pass.finish()
    }
}
