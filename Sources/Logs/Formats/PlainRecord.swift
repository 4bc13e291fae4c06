internal import Records

/// A record of plain text that may still go on.
struct PlainRecord: Sendable {
    /// The most lines of a record.
    static let mostLines = 1_000
    /// The most bytes of a record of several lines.
    static let longest = LineFraming.longestLine

    var bytes: [UInt8] = []
    var record = LogRecord()
    var severityText = 0..<0
    var isOutOfRange = false
    /// Whether it begins with a time or a level.
    var isStamped = false
    /// The reader's share of lines with a time before this record.
    var stampedShareBefore: Double?
    /// The lines that went on with it only since lines of this log begin with a time.
    var restLines: Int64 = 0
    /// What may be a column of its header.
    private(set) var candidates = ColumnCandidates()
    /// Whether its first line has but a level and a name, and the message is the line below.
    private var isHeading = false
    /// The lines with nothing in them after the last one.
    var blankLines: Int32 = 0
    /// What a container's runtime said of its last line.
    private var container: ContainerTag?

    /// Whether a line has room in it.
    func hasRoom(for line: UnsafeRawBufferPointer) -> Bool {
        record.lines + blankLines < Self.mostLines && bytes.count + line.count < Self.longest
    }

    mutating func begin(
        _ text: UnsafeRawBufferPointer, _ line: LineFraming.Line, _ header: PlainHeader?, _ columns: ColumnShares
    ) {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: text)
        record = LogRecord()
        record.position = line.position
        record.end = line.end
        record.line = line.number
        isStamped = false
        restLines = 0
        candidates = ColumnCandidates()
        isHeading = false
        blankLines = 0
        isOutOfRange = false
        severityText = 0..<0
        container = header?.container
        guard let header else { return }
        record.messageOffset = UInt32(
            truncatingIfNeeded: columns.message(header.candidates, end: header.message))
        candidates = header.candidates
        isHeading = header.isHeading(text)
        record.time = header.time ?? LogRecord.noTime
        record.severityNumber = UInt8(truncatingIfNeeded: header.severityNumber)
        severityText = header.severityText
        isOutOfRange = header.isOutOfRange
        isStamped = header.hasStamp || header.severityNumber > 0
    }

    mutating func append(_ text: UnsafeRawBufferPointer, _ line: LineFraming.Line) {
        for _ in 0...blankLines { bytes.append(0x0A) }
        if isHeading {
            isHeading = false
            let indent = text.firstIndex { !HeaderWords.isSpace($0) } ?? 0
            if indent > 0 { record.messageOffset = UInt32(truncatingIfNeeded: bytes.count + indent) }
        }
        bytes.append(contentsOf: text)
        record.lines += 1 + blankLines
        record.end = line.end
        blankLines = 0
    }

    /// Whether its last line was cut by a container's runtime, and a line is the next part.
    func goesOn(with tag: ContainerTag, _ line: UnsafeRawBufferPointer) -> Bool {
        guard let container, container.isPartial, container.isError == tag.isError else { return false }
        return blankLines == 0 && hasRoom(for: line)
    }

    /// Appends the next part of a line that was cut.
    mutating func join(_ text: UnsafeRawBufferPointer, _ tag: ContainerTag, _ line: LineFraming.Line) {
        bytes.append(contentsOf: text)
        record.lines += 1
        record.end = line.end
        container = tag
    }

    /// Makes the last so many bytes the message.
    mutating func setMessage(toLast count: Int) {
        record.messageOffset = UInt32(truncatingIfNeeded: bytes.count - count)
    }
}
