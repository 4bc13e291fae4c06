public import Records

/// A log cut into windows of lines, each line as the id of its signature.
public struct LogWindows: Sendable {
    /// The windows in the order of the log, each named by the number of its first line; the last may be shorter.
    public let sessions: [LogSession]
    /// The templates by the id of the signature.
    public let templates: [String: String]
    /// The number of lines.
    public let lines: Int

    /// Reads a log.
    ///
    /// The signature of a line is that of a known template which it fits, and otherwise what ``SignatureMiner`` finds over
    /// all lines.
    ///
    /// - Parameters:
    ///   - log: The bytes of the log, one message a line.
    ///   - window: The lines of a window, at least 1.
    ///   - firstLine: The number of the first line.
    ///   - known: Templates that were written down earlier, by the id of their signature.
    public init(of log: [UInt8], window: Int, firstLine: Int = 1, known: [String: String] = [:]) {
        var miner = SignatureMiner()
        var shapes: [SignatureMiner.Shape] = []
        Self.forEachLine(of: log) { shapes.append(miner.learn($0)) }
        let set = miner.signatures()
        var templates = known
        for signature in set.signatures where templates[signature.id.description] == nil {
            templates[signature.id.description] = signature.template
        }
        let signatures = KnownSignatures(known.isEmpty ? templates : known)
        var ids: [SignatureMiner.Shape: String] = [:]
        var lines: [String] = []
        lines.reserveCapacity(shapes.count)
        Self.forEachLine(of: log) { line in
            let shape = shapes[lines.count]
            let mined = set.index(of: shape).map { set.signatures[$0].id.description }
            // Lines of one shape fit the same templates.
            let id = ids[shape] ?? signatures.id(of: line) ?? mined ?? ""
            ids[shape] = id
            lines.append(id)
        }
        let window = max(1, window)
        sessions = stride(from: 0, to: lines.count, by: window).map { start in
            LogSession(id: "\(firstLine + start)", signatures: Array(lines[start..<min(start + window, lines.count)]))
        }
        let used = Set(ids.values)
        self.templates = templates.filter { used.contains($0.key) || known[$0.key] != nil }
        self.lines = lines.count
    }

    private static func forEachLine(of log: [UInt8], _ body: (Span<UInt8>) -> Void) {
        var splitter = MessageLines()
        log.withUnsafeBytes { splitter.feed($0, body) }
        splitter.finish(body)
    }
}
