/// A file of sessions.
struct SessionFile {
    /// A session and, where it is labelled, whether it is anomalous.
    struct Row {
        var session: LogSession
        var isAnomalous = false
    }

    private let file: RecordFile
    private let name: String

    /// - Parameters:
    ///   - file: The content.
    ///   - name: The name in the data set, of which the ids of the sessions are made: `name:line`.
    init(_ file: RecordFile, named name: String) {
        self.file = file
        self.name = name
    }

    /// Reads the sessions; empty lines are passed over.
    ///
    /// - Parameters:
    ///   - columns: The columns of a CSV file.
    ///   - labelled: Whether every row must say what it is.
    func rows(_ columns: SessionDescriptor.Columns?, labelled: Bool) throws(RecordError) -> [Row] {
        if file.bytes.isEmpty { throw .emptyFile(file: file.path) }
        if name.hasSuffix(".csv") { return try table(columns, labelled: labelled) }
        if labelled {
            throw .invalidRow(
                RowFault(file: file.path, line: 1, field: "label", excerpt: "", reason: .missingValue))
        }
        let isJSON = name.hasSuffix(".ndjson")
        var rows: [Row] = []
        for (index, line) in file.bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
            let session =
                isJSON
                ? try SessionLineReader.read(line, file: file.path, number: index + 1)
                : LogSession(id: "\(name):\(index + 1)", signatures: Self.words(line))
            rows.append(Row(session: session))
        }
        if rows.isEmpty { throw .emptyFile(file: file.path) }
        return rows
    }

    private func table(_ columns: SessionDescriptor.Columns?, labelled: Bool) throws(RecordError) -> [Row] {
        var outcome = Result<[Row], RecordError>.success([])
        file.bytes.withUnsafeBytes { bytes in
            do throws(RecordError) {
                outcome = .success(try table(bytes, columns, labelled: labelled))
            } catch {
                outcome = .failure(error)
            }
        }
        return try outcome.get()
    }

    private func table(
        _ bytes: UnsafeRawBufferPointer, _ columns: SessionDescriptor.Columns?, labelled: Bool
    ) throws(RecordError) -> [Row] {
        var scanner = CSVScanner(bytes)
        let header = try CSVHeader(file: file.path, scanner: &scanner, bytes: bytes)
        let signatures = try header.position(of: columns?.signatures ?? "signatures")
        let label = labelled ? try header.position(of: columns?.label ?? "label") : nil
        var rows: [Row] = []
        while !scanner.isAtEnd {
            let line = scanner.line
            func refuse(_ field: String, _ excerpt: String, _ reason: RowFault.Reason) -> RecordError {
                .invalidRow(RowFault(file: file.path, line: line, field: field, excerpt: excerpt, reason: reason))
            }
            switch scanner.next() {
            case .unclosedQuote(let field): throw refuse("\(field + 1)", "", .unclosedQuote)
            case .textAfterQuote(let field): throw refuse("\(field + 1)", "", .textAfterQuote)
            case .complete, .endOfSource: break
            }
            let fields = scanner.fields
            if fields.count == 1, fields[0].isMissing(in: bytes) { continue }
            guard fields.count == header.names.count else {
                throw refuse("", "", .raggedRow(found: fields.count, expected: header.names.count))
            }
            let words = fields[signatures].withBytes(in: bytes) { Self.words($0) }
            var row = Row(session: LogSession(id: "\(name):\(line)", signatures: words))
            if let label {
                let text = fields[label].text(in: bytes)
                guard ["0", "1"].contains(text) else { throw refuse(header.names[label], text, .badFlag) }
                row.isAnomalous = text == "1"
            }
            rows.append(row)
        }
        return rows
    }

    private static func words(_ line: some Collection<UInt8>) -> [String] {
        line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }.map { String(decoding: $0, as: UTF8.self) }
    }
}
