/// Reads tickets from JSON lines, in chunks of bytes as they arrive.
///
/// A line is one object. Its keys are the names of the roles: `id` and `openedAt` (a time as in ``CSVReader``) are needed; `resolvedAt`,
/// `hoursToResolution`, `resolved`, `customer` (or `account`, or `contact`), `organization`, `group`, `assignee`,
/// `priority`, `category`, `subject` and `body` may be there. Every further key, and every key of the object
/// `attributes`, is an attribute. A null and an empty text are missing values; of a key that stands twice the last
/// counts.
/// Texts are redacted as they are read, and so are words, so that an address that names a customer becomes a token.
///
/// Without a list of columns, an attribute is numeric when its first value is a JSON number, otherwise words. With one,
/// the table has exactly those columns: other keys are passed over, a number in a column of words is the word of its
/// digits, and a text in a column of numbers must be a number.
public struct TicketLineReader: ~Copyable {
    /// The name of the source in error messages.
    public let file: String
    /// What to do with a line that is wrong.
    public let badRows: BadRows
    /// The most tickets in one table.
    public let batchSize: Int

    private let parser = JSONLineParser()
    private var splitter = LineSplitter()
    private var builder: TicketLineBuilder
    private var lines: [Int] = []
    private var rejected: [RejectedRow] = []
    private var finished: [TicketReading] = []

    /// Creates a reader.
    ///
    /// - Parameters:
    ///   - file: The name of the source in error messages.
    ///   - columns: The columns of the tables and their kinds; nil to learn them from the lines.
    ///   - zone: The zone of times without an offset.
    ///   - batchSize: The most tickets in one table, at least 1.
    ///   - badRows: What to do with a line that is wrong.
    ///   - idsAreUnique: Whether a second ticket with the same id is an error; costs the memory of all ids.
    ///   - redactor: What texts are redacted with.
    public init(
        file: String, columns: [String: ColumnKind]? = nil, zone: ZoneRules = .utc, batchSize: Int = 1_024,
        badRows: BadRows = .areErrors, idsAreUnique: Bool = false, redactor: Redactor
    ) {
        self.init(
            file: file, batchSize: batchSize, badRows: badRows,
            builder: TicketLineBuilder(
                kinds: columns, sources: nil, zone: zone, idsAreUnique: idsAreUnique, redactor: redactor))
    }

    private init(file: String, batchSize: Int, badRows: BadRows, builder: TicketLineBuilder) {
        precondition(batchSize >= 1, "a batch holds at least one ticket")
        self.file = file
        self.batchSize = batchSize
        self.badRows = badRows
        self.builder = builder
    }

    /// Takes a chunk of bytes, cut anywhere.
    ///
    /// - Returns: The tables that are full, in order. A rejected row comes with the first table after it.
    /// - Throws: ``RecordError/invalidRow(_:)`` unless bad rows are set aside; tickets not yet returned are then dropped.
    public mutating func read(_ chunk: some Collection<UInt8>) throws(RecordError) -> [TicketReading] {
        finished = []
        var splitter = splitter
        self.splitter = LineSplitter()
        defer { self.splitter = splitter }
        try splitter.feed(chunk) { line throws(RecordError) in try take(line) }
        return finished
    }

    /// Ends the source.
    ///
    /// - Returns: The last tables; one may hold rejected rows alone. Nothing when nothing is left.
    /// - Throws: As ``read(_:)``; a last line without an end that is no object is half-written.
    public mutating func finish() throws(RecordError) -> [TicketReading] {
        finished = []
        var splitter = splitter
        self.splitter = LineSplitter()
        try splitter.finish { line throws(RecordError) in try take(line) }
        if builder.count > 0 || !rejected.isEmpty { close() }
        return finished
    }

    /// Reads a block of whole lines, whatever was read before.
    ///
    /// - Returns: The tables of the block, in order, the last one with what is left. Nothing when the block is empty.
    /// - Throws: As ``read(_:)``; a last line without an end that is no object is half-written.
    public mutating func read(_ block: LineBlock) throws(RecordError) -> [TicketReading] {
        splitter = LineSplitter(afterLine: block.firstLine - 1)
        let full = try read(block.bytes)
        return try full + finish()
    }

    private mutating func take(_ line: LineSplitter.Line) throws(RecordError) {
        if let fault = fault(addingTicketFrom: line) {
            guard badRows == .areSetAside, !fault.isOfColumn else { throw .invalidRow(fault) }
            rejected.append(RejectedRow(fault: fault, raw: [UInt8](line.bytes)))
            return
        }
        lines.append(line.number)
        if builder.count == batchSize { close() }
    }

    private mutating func fault(addingTicketFrom line: LineSplitter.Line) -> RowFault? {
        guard let fields = parser.parse(line.bytes) else {
            return RowFault(file: file, unparsed: line, redactor: builder.redactor)
        }
        do throws(JSONRefusal) {
            try builder.append(fields)
            return nil
        } catch {
            return RowFault(
                file: file, line: line.number, field: error.field,
                excerpt: builder.redactor.redact(RawText(error.excerpt)).string, reason: error.reason)
        }
    }

    private mutating func close() {
        let (table, hidden) = builder.take(censoringAtLatest: false)
        finished.append(TicketReading(table: table, lines: lines, rejected: rejected, hiddenLevels: hidden))
        lines = []
        rejected = []
    }
}

extension TicketLineReader {
    /// Reads whole files with the keys of a descriptor into one table; ids must be distinct over all files.
    static func read(
        _ files: [RecordFile], columns: TicketColumns, zone: ZoneRules, badRows: BadRows, dayFirst: Bool?,
        redactor: Redactor
    ) throws(RecordError) -> TicketReading {
        let orders = DateOrders(of: columns, dayFirst: dayFirst, in: files) { $0.dateOrder(ofKey: $1) }
        var builder = TicketLineBuilder(
            kinds: nil, sources: columns, zone: zone, orders: orders, idsAreUnique: true, redactor: redactor)
        var lines: [Int] = []
        var rejected: [RejectedRow] = []
        for file in files {
            if file.bytes.isEmpty { throw .emptyFile(file: file.path) }
            var reader = TicketLineReader(file: file.path, batchSize: .max, badRows: badRows, builder: builder)
            try reader.takeAll(file)
            builder = reader.builder
            lines += reader.lines
            rejected += reader.rejected
        }
        let (table, hidden) = builder.take(censoringAtLatest: true)
        return TicketReading(table: table, lines: lines, rejected: rejected, hiddenLevels: hidden)
    }

    private mutating func takeAll(_ file: RecordFile) throws(RecordError) {
        let step = 1 << 20
        for start in stride(from: 0, to: file.bytes.count, by: step) {
            _ = try read(file.bytes[start..<min(start + step, file.bytes.count)])
        }
        var splitter = splitter
        try splitter.finish { line throws(RecordError) in try take(line) }
    }
}
