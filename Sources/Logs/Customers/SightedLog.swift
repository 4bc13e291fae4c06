internal import Dispatch
public import Records

/// Reads a log and keeps of each record what it says about customers: its signature, where it comes from and whom it concerns.
public struct SightedLog: ~Copyable {
    /// What was wrong so far.
    public var faults: LogFaults { stream.faults }
    /// What was read so far.
    public var counts: LogCounts { stream.counts }

    /// When records are observed that come from now on, in nanoseconds since 1970 UTC.
    public var observedTime: Int64 {
        get { stream.observedTime }
        set { stream.observedTime = newValue }
    }

    /// The bytes that are read together: what comes of them is looked through while it is in the cache.
    private static let piece = 1 << 18

    private var stream: LogStream
    private var batch = LogBatch()
    /// The batch that is read while the other one is looked through.
    private var next = LogBatch()
    private var miner: SignatureMiner?
    private var finder: AccountFinder
    /// Those that were not taken yet.
    private var newShapes: [RedactedText] = []

    /// Begins at the start of a log.
    ///
    /// - Parameters:
    ///   - directory: The customers.
    ///   - redactor: Keeps people's data out of the templates of signatures; without it records have no signature.
    ///   - zone: The zone of times without one.
    ///   - observedTime: When the log is read, in nanoseconds since 1970 UTC.
    public init(_ directory: CustomerDirectory, redactor: Redactor?, zone: ZoneRules = .utc, observedTime: Int64) {
        stream = LogStream(zone: zone, observedTime: observedTime)
        miner = redactor.map { SignatureMiner(redactor: $0) }
        finder = AccountFinder(directory)
    }

    /// Makes room for as many records between two calls of ``takeSoFar()``.
    public mutating func reserveCapacity(_ records: Int) { finder.reserveCapacity(records) }

    /// Takes the memory of sightings that ``takeSoFar()`` has given and that nobody needs any more, so that the next ones need not ask for theirs.
    public mutating func reuse(_ sightings: consuming LogSightings) { finder.reuse(sightings) }

    /// Takes the next bytes of the log.
    public mutating func read(_ chunk: UnsafeRawBufferPointer) {
        for start in stride(from: 0, to: chunk.count, by: Self.piece) {
            take(reading: UnsafeRawBufferPointer(rebasing: chunk[start..<min(chunk.count, start + Self.piece)]))
        }
    }

    /// Ends what was read so far, and goes on with a log that has a form of its own, such as one that is not packed.
    public mutating func beginAnother(zone: ZoneRules = .utc, observedTime: Int64) {
        take(reading: nil)
        stream.finish(into: &batch)
        take(reading: nil)
        stream = LogStream(zone: zone, observedTime: observedTime)
    }

    /// Takes what was read for all that there is at present: a last record that might go on, and lines too few to tell their form by.
    public mutating func flush() {
        take(reading: nil)
        stream.flush(into: &batch)
        take(reading: nil)
    }

    /// What the records since the last call say, by what is known now; the log goes on.
    ///
    /// - Returns: What they say, with the numbers of their shapes for signatures, and the shapes that came, in the order of their numbers.
    public mutating func takeSoFar() -> (sightings: LogSightings, shapes: [RedactedText]) {
        take(reading: nil)
        defer { newShapes = [] }
        return (finder.take(), newShapes)
    }

    /// Ends the log.
    ///
    /// - Parameter tell: Takes what was wrong with all of the log, its last line among it.
    /// - Returns: What the records say, and the signatures by their numbers.
    public consuming func finish(
        telling tell: (LogFaults) -> Void = { _ in }
    ) -> (sightings: LogSightings, signatures: [Signature]) {
        var (sightings, signatureOfShape, signatures) = finishWithShapes(telling: tell)
        for index in sightings.lines.indices {
            let shape = Int(sightings.lines[index].signature)
            sightings.lines[index].signature =
                shape >= 0 && shape < signatureOfShape.count ? signatureOfShape[shape] : -1
        }
        return (sightings, signatures)
    }

    /// Ends a log of which much was taken before.
    ///
    /// - Parameter tell: Takes what was wrong with all of the log, its last line among it.
    /// - Returns: What the last records say, with the numbers of their shapes for signatures; for each shape the number of its signature, -1 for none; and
    ///   the signatures.
    public consuming func finishWithShapes(telling tell: (LogFaults) -> Void = { _ in }) -> (
        sightings: LogSightings, signatureOfShape: [Int32], signatures: [Signature]
    ) {
        take(reading: nil)
        stream.finish(into: &batch)
        take(reading: nil)
        tell(faults)
        let sightings = finder.take()
        guard let miner else { return (sightings, [], []) }
        let set = miner.signatures()
        return (sightings, set.signatureOfShape, set.signatures)
    }

    /// The signatures of all records that were looked through; nil where they have none.
    public var signatures: SignatureSet? { miner?.signatures() }

    /// The records that were read since the last call of ``takeSoFar()``, about.
    public var pending: Int { finder.pending + batch.records.count }

    /// Looks for customers and for signatures in the last batch and reads the next one, each on a core of its own as far as there are.
    private mutating func take(reading chunk: UnsafeRawBufferPointer?) {
        var shapes = [Int32](repeating: -1, count: batch.records.count)
        withUnsafeMutablePointer(to: &miner) { miner in
            withUnsafeMutablePointer(to: &finder) { finder in
                withUnsafeMutablePointer(to: &stream) { stream in
                    withUnsafeMutablePointer(to: &next) { next in
                        shapes.withUnsafeMutableBufferPointer { shapes in
                            // What one task changes no other one looks at, and the last batch is only read.
                            nonisolated(unsafe) let (miner, finder, stream, next) = (miner, finder, stream, next)
                            nonisolated(unsafe) let (shapes, chunk) = (shapes, chunk)
                            let batch = batch
                            DispatchQueue.concurrentPerform(iterations: 3) { task in
                                switch task {
                                case 0: finder.pointee.add(batch)
                                case 1: Self.learn(batch, &miner.pointee, shapes)
                                default: if let chunk { stream.pointee.read(chunk, into: &next.pointee) }
                                }
                            }
                        }
                    }
                }
            }
        }
        finder.setSignatures(shapes)
        batch.removeAll()
        newShapes += miner?.newShapes() ?? []
        swap(&batch, &next)
    }

    /// Learns from the messages of a batch, and sets the number of the shape of each.
    private static func learn(
        _ batch: LogBatch, _ miner: inout SignatureMiner?, _ shapes: UnsafeMutableBufferPointer<Int32>
    ) {
        guard miner != nil else { return }
        for (index, record) in batch.records.enumerated() {
            shapes[index] = batch.withMessage(record) { miner?.learn($0) }?.index ?? -1
        }
    }
}
