/// Where the wanted columns stand in one CSV file.
struct CSVHeader {
    /// The names in the header, in order.
    let names: [String]
    private let file: String

    /// Reads the header, with the scanner at the start of the file.
    init(file: String, scanner: inout CSVScanner, bytes: UnsafeRawBufferPointer) throws(RecordError) {
        guard !scanner.isAtEnd else { throw .emptyFile(file: file) }
        self.file = file
        switch scanner.next() {
        case .unclosedQuote(let field), .textAfterQuote(let field):
            throw .invalidRow(RowFault(file: file, line: 1, field: "\(field + 1)", excerpt: "", reason: .unclosedQuote))
        case .complete, .endOfSource:
            names = scanner.fields.map { $0.text(in: bytes) }
        }
        if names == [""] { throw .emptyFile(file: file) }
    }

    /// The position of a column.
    func position(of column: String) throws(RecordError) -> Int {
        guard let first = names.firstIndex(of: column) else {
            throw .unknownColumn(file: file, column: column, present: names)
        }
        if names.lastIndex(of: column) != first { throw .repeatedColumn(file: file, column: column) }
        return first
    }
}

extension CSVField {
    /// Whether the field is empty or only spaces.
    @inline(__always)
    func isMissing(in bytes: UnsafeRawBufferPointer) -> Bool {
        if length == 0 { return true }
        if bytes[start] != 0x20 { return false }
        return bytes[start..<(start + length)].allSatisfy { $0 == 0x20 }
    }

    /// Calls `body` with the bytes of the field, pairs of quotes made one.
    @inline(__always)
    func withBytes<Result>(in bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let raw = UnsafeRawBufferPointer(rebasing: bytes[start..<(start + length)])
        return isEscaped ? unescaped(raw).withUnsafeBytes(body) : body(raw)
    }

    /// The field as text.
    func text(in bytes: UnsafeRawBufferPointer) -> String {
        withBytes(in: bytes) { String(decoding: $0, as: UTF8.self) }
    }

    private func unescaped(_ raw: UnsafeRawBufferPointer) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(raw.count)
        var position = 0
        while position < raw.count {
            result.append(raw[position])
            // Inside a quoted field a quote is always followed by its twin.
            position += raw[position] == 0x22 ? 2 : 1
        }
        return result
    }
}
