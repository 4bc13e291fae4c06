/// Whole columns of a CSV file as text, for files that hold no tickets.
public enum CSVColumns {
    /// Reads columns by their names in the header.
    ///
    /// - Returns: For each name the values of its column, one a row.
    /// - Throws: ``RecordError`` for a column that is not there or stands twice, and for a row with another number of
    ///   fields than the header or with a stray quote.
    public static func read(_ names: [String], of file: RecordFile) throws(RecordError) -> [[String]] {
        var columns = [[String]](repeating: [], count: names.count)
        var failure: RecordError?
        file.bytes.withUnsafeBytes { bytes in
            do throws(RecordError) {
                try read(names, bytes, of: file.path, into: &columns)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return columns
    }

    private static func read(
        _ names: [String], _ bytes: UnsafeRawBufferPointer, of file: String, into columns: inout [[String]]
    ) throws(RecordError) {
        var scanner = CSVScanner(bytes)
        let header = try CSVHeader(file: file, scanner: &scanner, bytes: bytes)
        var positions: [Int] = []
        for name in names { positions.append(try header.position(of: name)) }
        while !scanner.isAtEnd {
            let line = scanner.line
            func fault(_ field: String, _ reason: RowFault.Reason) -> RecordError {
                .invalidRow(RowFault(file: file, line: line, field: field, excerpt: "", reason: reason))
            }
            switch scanner.next() {
            case .unclosedQuote(let field): throw fault("\(field + 1)", .unclosedQuote)
            case .textAfterQuote(let field): throw fault("\(field + 1)", .textAfterQuote)
            case .complete, .endOfSource: break
            }
            guard scanner.fields.count == header.names.count else {
                throw fault("", .raggedRow(found: scanner.fields.count, expected: header.names.count))
            }
            for (column, position) in positions.enumerated() {
                columns[column].append(scanner.fields[position].text(in: bytes))
            }
        }
    }
}
