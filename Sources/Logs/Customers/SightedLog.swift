internal import Dispatch
public import Records

/// Reads a log and keeps of each record what it says about customers: its signature, where it comes from and whom it concerns.
public struct SightedLog: ~Copyable {
    /// What was wrong so far.
    public var faults: LogFaults { stream.faults }
    /// What was read so far.
    public var counts: LogCounts { stream.counts }

    private var stream: LogStream
    private var batch = LogBatch()
    private var miner: SignatureMiner?
    private var finder: AccountFinder

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

    /// Takes the next bytes of the log.
    public mutating func read(_ chunk: UnsafeRawBufferPointer) {
        stream.read(chunk, into: &batch)
        take()
    }

    /// Ends the log.
    ///
    /// - Returns: What the records say, and the signatures by their numbers.
    public consuming func finish() -> (sightings: LogSightings, signatures: [Signature]) {
        stream.finish(into: &batch)
        take()
        var sightings = finder.take()
        guard let set = miner?.signatures() else { return (sightings, []) }
        for index in sightings.lines.indices {
            let shape = SignatureMiner.Shape(index: sightings.lines[index].signature)
            sightings.lines[index].signature = Int32(truncatingIfNeeded: set.index(of: shape) ?? -1)
        }
        return (sightings, set.signatures)
    }

    /// Looks for signatures and for customers at once, each on a core of its own.
    private mutating func take() {
        var shapes = [Int32](repeating: -1, count: batch.records.count)
        withUnsafeMutablePointer(to: &miner) { miner in
            withUnsafeMutablePointer(to: &finder) { finder in
                shapes.withUnsafeMutableBufferPointer { shapes in
                    // What one task changes the other one does not look at, and the batch is only read.
                    nonisolated(unsafe) let (miner, finder, shapes) = (miner, finder, shapes)
                    let batch = batch
                    DispatchQueue.concurrentPerform(iterations: 2) { task in
                        if task == 0 {
                            for record in batch.records { finder.pointee.add(record, in: batch) }
                        } else if miner.pointee != nil {
                            for (index, record) in batch.records.enumerated() {
                                shapes[index] = batch.withMessage(record) { miner.pointee?.learn($0) }?.index ?? -1
                            }
                        }
                    }
                }
            }
        }
        finder.setSignatures(shapes)
        batch.removeAll()
        _ = miner?.newShapes()
    }
}
