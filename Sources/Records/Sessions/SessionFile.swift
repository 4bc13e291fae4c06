/// A file of sessions.
public struct SessionFile: Sendable {
    /// A session and, where it is labelled, whether it is anomalous.
    struct Row {
        var session: LogSession
        var isAnomalous: Bool?
    }

    /// What is done with the labels.
    enum Labels {
        /// They are not looked at.
        case ignored
        /// They are read where the file has a column for them.
        case optional
        /// Every row must have one.
        case needed
    }

    private let file: RecordFile
    private let name: String

    /// Takes a file.
    ///
    /// - Parameters:
    ///   - file: The content.
    ///   - name: The name of which the ids of the sessions are made: `name:line`. Its end says how the file is written:
    ///     `.csv`, `.ndjson`, or one session a line.
    public init(_ file: RecordFile, named name: String) {
        self.file = file
        self.name = name
    }

    /// Reads the sessions, whatever their labels; empty lines are passed over.
    ///
    /// - Parameter column: The column of a CSV file that holds the signatures.
    /// - Throws: ``RecordError``.
    public func sessions(column: String) throws(RecordError) -> [LogSession] {
        try rows(.init(signatures: column), labels: .ignored, window: nil).map(\.session)
    }

    /// Reads the sessions with their labels.
    ///
    /// - Parameters:
    ///   - columns: The columns of a CSV file.
    ///   - labels: What is done with the labels.
    ///   - window: How many rows of a CSV file are a session, if each is one line of a log.
    func rows(_ columns: SessionDescriptor.Columns?, labels: Labels, window: Int?) throws(RecordError) -> [Row] {
        if file.bytes.isEmpty { throw .emptyFile(file: file.path) }
        if name.hasSuffix(".csv") { return try table(columns, labels: labels, window: window) }
        if labels == .needed {
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

    private func table(
        _ columns: SessionDescriptor.Columns?, labels: Labels, window: Int?
    ) throws(RecordError) -> [Row] {
        var outcome = Result<[Row], RecordError>.success([])
        file.bytes.withUnsafeBytes { bytes in
            do throws(RecordError) {
                outcome = .success(try table(bytes, columns, labels: labels, window: window))
            } catch {
                outcome = .failure(error)
            }
        }
        return try outcome.get()
    }

    private func table(
        _ bytes: UnsafeRawBufferPointer, _ columns: SessionDescriptor.Columns?, labels: Labels, window: Int?
    ) throws(RecordError) -> [Row] {
        var scanner = CSVScanner(bytes)
        let header = try CSVHeader(file: file.path, scanner: &scanner, bytes: bytes)
        let signatures = try header.position(of: columns?.signatures ?? "signatures")
        let name = columns?.label ?? "label"
        let label: Int? =
            switch labels {
            case .ignored: nil
            case .optional: header.names.contains(name) ? try header.position(of: name) : nil
            case .needed: try header.position(of: name)
            }
        var rows: [Row] = []
        var inWindow = 0
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
            var isAnomalous: Bool?
            if let label {
                let text = fields[label].text(in: bytes)
                isAnomalous = SessionLabel.isAnomalous(text)
                if isAnomalous == nil, window != nil, !text.isEmpty { isAnomalous = true }
                guard isAnomalous != nil else { throw refuse(header.names[label], text, .badLabel) }
            }
            guard let window else {
                let words = fields[signatures].withBytes(in: bytes) { Self.words($0) }
                let session = LogSession(id: "\(self.name):\(line)", signatures: words)
                rows.append(Row(session: session, isAnomalous: isAnomalous))
                continue
            }
            let signature = fields[signatures].text(in: bytes)
            if signature.isEmpty { throw refuse(header.names[signatures], "", .missingValue) }
            if inWindow == 0 { rows.append(Row(session: LogSession(id: "\(self.name):\(line)", signatures: []))) }
            rows[rows.count - 1].session.signatures.append(signature)
            if let isAnomalous {
                rows[rows.count - 1].isAnomalous = rows[rows.count - 1].isAnomalous == true || isAnomalous
            }
            inWindow = (inWindow + 1) % window
        }
        if rows.isEmpty { throw .emptyFile(file: file.path) }
        return rows
    }

    /// The words of a line.
    static func words(_ line: some Collection<UInt8>) -> [String] {
        line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }.map { String(decoding: $0, as: UTF8.self) }
    }
}
