internal import Glibc

/// One field of a CSV record: bytes of the source, quotes left out.
struct CSVField {
    var start: Int
    var length: Int
    /// Whether two quotes in a row stand for one in these bytes.
    var isEscaped: Bool
}

/// Splits CSV bytes into records and fields (RFC 4180; a line may end in LF or CRLF, the last line needs no end).
///
/// Beyond the RFC: a quote inside an unquoted field stands for itself, a byte order mark is skipped, and a semicolon or a tab
/// parts fields where the first line has one and no comma, as spreadsheets write where the comma is the decimal mark.
struct CSVScanner {
    /// How a record ended.
    enum Ending: Equatable {
        case complete
        /// At the end of the source, without a line end.
        case endOfSource
        case unclosedQuote(field: Int)
        case textAfterQuote(field: Int)
    }

    private let bytes: UnsafeRawBufferPointer
    /// What stands between two fields.
    private let separator: UInt8
    /// Where the next record starts.
    private(set) var position: Int
    /// The line on which the next record starts, from 1.
    private(set) var line = 1
    /// The fields of the last record.
    private(set) var fields: [CSVField] = []

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        position = ByteOrderMark.count(bytes)
        separator = Self.separator(of: bytes)
    }

    /// What parts the fields of the first line, outside of quotes.
    private static func separator(of bytes: UnsafeRawBufferPointer) -> UInt8 {
        var isQuoted = false
        var other: UInt8?
        for byte in bytes {
            switch byte {
            case 0x22: isQuoted.toggle()
            case _ where isQuoted: continue
            case 0x2C: return byte
            case UInt8(ascii: ";"), 0x09: other = other ?? byte
            case 0x0A: return other ?? 0x2C
            default: continue
            }
        }
        return other ?? 0x2C
    }

    /// Whether no record is left.
    var isAtEnd: Bool { position >= bytes.count }

    /// Goes to a place where a record starts.
    mutating func move(to position: Int, line: Int) {
        self.position = position
        self.line = line
    }

    /// Reads the next record into ``fields``; there must be one.
    mutating func next() -> Ending {
        fields.removeAll(keepingCapacity: true)
        let count = bytes.count
        let separator = separator
        guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return .endOfSource }
        var cursor = position
        while true {
            if cursor < count, base[cursor] == 0x22 {
                guard let end = closingQuote(after: cursor, base) else { return .unclosedQuote(field: fields.count) }
                cursor = end
            } else {
                let start = cursor
                while cursor < count, base[cursor] != separator, base[cursor] != 0x0A { cursor += 1 }
                var length = cursor - start
                if length > 0, base[cursor - 1] == 0x0D, cursor == count || base[cursor] == 0x0A { length -= 1 }
                fields.append(CSVField(start: start, length: length, isEscaped: false))
            }
            if cursor >= count {
                position = count
                return .endOfSource
            }
            let byte = base[cursor]
            cursor += 1
            if byte == separator { continue }
            let isCarriageReturn = byte == 0x0D && (cursor == count || base[cursor] == 0x0A)
            guard byte == 0x0A || isCarriageReturn else {
                let fault = fields.count - 1
                skipLine(from: cursor)
                return .textAfterQuote(field: fault)
            }
            if isCarriageReturn, cursor < count { cursor += 1 }
            position = cursor
            line += 1
            return .complete
        }
    }

    /// Goes to the line after the one on which `position` stands.
    mutating func skipLine(from position: Int) {
        var cursor = position
        while cursor < bytes.count, bytes[cursor] != 0x0A { cursor += 1 }
        self.position = min(cursor + 1, bytes.count)
        line += 1
    }

    private mutating func closingQuote(after opening: Int, _ base: UnsafePointer<UInt8>) -> Int? {
        var cursor = opening + 1
        var isEscaped = false
        let startLine = line
        while cursor < bytes.count, let hit = memchr(base + cursor, 0x22, bytes.count - cursor) {
            let quote = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
            countLines(base + cursor, quote - cursor)
            if quote + 1 < bytes.count, base[quote + 1] == 0x22 {
                isEscaped = true
                cursor = quote + 2
                continue
            }
            fields.append(CSVField(start: opening + 1, length: quote - opening - 1, isEscaped: isEscaped))
            return quote + 1
        }
        line = startLine
        return nil
    }

    private mutating func countLines(_ start: UnsafePointer<UInt8>, _ count: Int) {
        for offset in 0..<count where start[offset] == 0x0A { line += 1 }
    }
}
