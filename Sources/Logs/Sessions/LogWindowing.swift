public import Records

/// Cuts the records of a log into windows and gives each record its signature.
///
/// The signature of a record is that of a known template which its message fits, and otherwise what ``SignatureMiner`` finds.
/// Where no template is known, it is the template of all that the records turn out to say, so that the same message gets the
/// same signature when the templates are known later.
///
/// Memory: 4 bytes a record that has not been taken, the miner, and one message of each shape.
public struct LogWindowing: Sendable {
    private struct Window {
        var line: Int64
        /// The minute in which it begins, in steps of the window; nil where no record had a time.
        var step: Int64?
        var shapes: [SignatureMiner.Shape] = []
    }

    /// The number of records.
    public private(set) var records = 0
    /// The number of records without a time.
    public private(set) var recordsWithoutTime = 0
    /// The number of records that have not been taken.
    public private(set) var waiting = 0

    private let window: LogWindow
    private let known: [String: String]
    private let knownSignatures: KnownSignatures
    private var miner: SignatureMiner
    /// The id of each shape that fits a known template.
    private var ids: [SignatureMiner.Shape: String] = [:]
    /// A message of each shape, where no template is known.
    private var messages: [SignatureMiner.Shape: [UInt8]] = [:]
    private var seen: Set<SignatureMiner.Shape> = []
    private var windows: [Window] = []

    private static let nanosecondsAMinute: Int64 = 60_000_000_000

    /// Begins at the start of a log.
    ///
    /// - Parameters:
    ///   - window: What a window is.
    ///   - redactor: Keeps people's data out of the templates.
    ///   - known: Templates that were written down earlier, by the id of their signature.
    public init(window: LogWindow, redactor: Redactor, known: [String: String] = [:]) {
        self.window = window
        self.known = known
        knownSignatures = KnownSignatures(known)
        miner = SignatureMiner(redactor: redactor)
    }

    /// Takes the records of a batch.
    public mutating func add(_ batch: LogBatch) {
        for record in batch.records {
            let shape = batch.withMessage(record) { message in
                let shape = miner.learn(message)
                // Messages of one shape fit the same templates.
                if shape != .withoutDetail, seen.insert(shape).inserted {
                    if known.isEmpty {
                        messages[shape] = message.withUnsafeBufferPointer { Array($0) }
                    } else {
                        ids[shape] = knownSignatures.id(of: message)
                    }
                }
                return shape
            }
            if begins(record) { windows.append(Window(line: record.line, step: step(of: record))) }
            windows[windows.count - 1].shapes.append(shape)
            records += 1
            waiting += 1
            if record.time == LogRecord.noTime { recordsWithoutTime += 1 }
        }
        // Shapes of a full miner stand for what fits them, and are kept with it.
        _ = miner.newShapes()
    }

    /// Hands out the windows that are complete.
    ///
    /// - Parameter isWhole: Whether the log has ended, so that the last window is complete.
    public mutating func take(isWhole: Bool) -> LogWindows {
        let open = isWhole || isFull(windows.last) ? 0 : min(1, windows.count)
        let complete = windows.prefix(windows.count - open)
        windows.removeFirst(complete.count)
        waiting = windows.reduce(0) { $0 + $1.shapes.count }
        var templates = known
        var names = ids
        if complete.contains(where: { $0.shapes.contains { names[$0] == nil } }) {
            let set = miner.signatures()
            for signature in set.signatures where known[signature.id.description] == nil {
                templates[signature.id.description] = signature.template
            }
            let found = known.isEmpty ? KnownSignatures(templates) : knownSignatures
            for shape in Set(complete.flatMap(\.shapes)) where names[shape] == nil {
                names[shape] =
                    messages[shape].flatMap { found.id(of: $0.span) }
                    ?? set.index(of: shape).map { set.signatures[$0].id.description } ?? ""
            }
        }
        let used = Set(complete.flatMap(\.shapes).compactMap { names[$0] })
        return LogWindows(
            sessions: complete.map { window in
                LogSession(id: "\(window.line)", signatures: window.shapes.map { names[$0] ?? "" })
            },
            templates: templates.filter { used.contains($0.key) || known[$0.key] != nil })
    }

    private func isFull(_ last: Window?) -> Bool {
        if case .records(let count) = window, let last { return last.shapes.count >= count }
        return false
    }

    private func begins(_ record: LogRecord) -> Bool {
        guard let last = windows.last else { return true }
        guard case .minutes = window else { return isFull(last) }
        // A record without a time, or late, belongs to those before it.
        guard let step = step(of: record) else { return false }
        return step > last.step ?? step - 1
    }

    private func step(of record: LogRecord) -> Int64? {
        guard case .minutes(let minutes) = window, record.time != LogRecord.noTime else { return nil }
        let length = Self.nanosecondsAMinute * Int64(minutes)
        return record.time / length - (record.time % length < 0 ? 1 : 0)
    }
}
