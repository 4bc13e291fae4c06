/// Reads the rows of a file of records: JSON lines, or CSV with a header (RFC 4180).
enum RecordRows {
    /// Calls `body` with each row.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - badRows: What to do with a row that is wrong.
    ///   - columns: Columns that the header of a CSV file must have; a line of JSON says itself what it holds.
    ///   - body: What is done with a row.
    /// - Returns: The rows that were set aside.
    /// - Throws: ``RecordError/emptyFile(file:)`` for CSV without a header, ``RecordError/unknownColumn(file:column:present:)`` or
    ///   ``RecordError/repeatedColumn(file:column:)`` for a column that it lacks or has twice, and ``RecordError/invalidRow(_:)`` unless bad
    ///   rows are set aside.
    static func read(
        _ file: RecordFile, badRows: BadRows, columns: [String] = [], _ body: (RecordRow) throws(JSONRefusal) -> Void
    ) throws(RecordError) -> [RejectedRow] {
        if file.path.hasSuffix(".csv") { return try readCSV(file, badRows, columns, body) }
        return try readJSON(file, badRows, body)
    }

    private static func readJSON(
        _ file: RecordFile, _ badRows: BadRows, _ body: (RecordRow) throws(JSONRefusal) -> Void
    ) throws(RecordError) -> [RejectedRow] {
        let parser = JSONLineParser()
        var splitter = LineSplitter()
        var rejected: [RejectedRow] = []
        func take(_ line: LineSplitter.Line) throws(RecordError) {
            if line.bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return }
            let fault: RowFault
            if let fields = parser.parse(line.bytes) {
                do throws(JSONRefusal) {
                    return try body(RecordRow(fields, line: line.number))
                } catch {
                    fault = RowFault(file: file.path, line: line.number, refusal: error)
                }
            } else {
                fault = RowFault(file: file.path, unparsed: line)
            }
            guard badRows == .areSetAside else { throw .invalidRow(fault) }
            rejected.append(RejectedRow(fault: fault, raw: [UInt8](line.bytes)))
        }
        try splitter.feed(file.bytes) { line throws(RecordError) in try take(line) }
        try splitter.finish { line throws(RecordError) in try take(line) }
        return rejected
    }

    private static func readCSV(
        _ file: RecordFile, _ badRows: BadRows, _ columns: [String], _ body: (RecordRow) throws(JSONRefusal) -> Void
    ) throws(RecordError) -> [RejectedRow] {
        var rejected: [RejectedRow] = []
        var failure: RecordError?
        file.bytes.withUnsafeBytes { bytes in
            do throws(RecordError) {
                var scanner = CSVScanner(bytes)
                let header = try CSVHeader(file: file.path, scanner: &scanner, bytes: bytes)
                for column in columns { _ = try header.position(of: column) }
                while !scanner.isAtEnd {
                    let start = scanner.position
                    let line = scanner.line
                    let ending = scanner.next()
                    if scanner.fields.count == 1, scanner.fields[0].length == 0, header.names.count > 1 { continue }
                    var fault: RowFault?
                    if let reason = shapeFault(ending, scanner.fields.count, header.names.count) {
                        // A stray quote swallows the lines after it, so a row of the wrong shape ends where its first
                        // line ends.
                        scanner.move(to: start, line: line)
                        scanner.skipLine(from: start)
                        fault = RowFault(file: file.path, line: line, field: "", excerpt: "", reason: reason)
                    } else {
                        do throws(JSONRefusal) {
                            try body(RecordRow(names: header.names, fields: scanner.fields, bytes: bytes, line: line))
                        } catch {
                            fault = RowFault(file: file.path, line: line, refusal: error)
                        }
                    }
                    guard let fault else { continue }
                    guard badRows == .areSetAside else { throw .invalidRow(fault) }
                    rejected.append(RejectedRow(fault: fault, raw: [UInt8](bytes[start..<scanner.position])))
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return rejected
    }

    private static func shapeFault(_ ending: CSVScanner.Ending, _ found: Int, _ expected: Int) -> RowFault.Reason? {
        switch ending {
        case .unclosedQuote: .unclosedQuote
        case .textAfterQuote: .textAfterQuote
        case .complete, .endOfSource: found == expected ? nil : .raggedRow(found: found, expected: expected)
        }
    }
}

extension RowFault {
    /// What is wrong with one field of a row.
    init(file: String, line: Int, refusal: JSONRefusal) {
        self.init(file: file, line: line, field: refusal.field, excerpt: refusal.excerpt, reason: refusal.reason)
    }
}
