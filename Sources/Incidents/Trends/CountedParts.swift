internal import Dispatch
public import Records
internal import Synchronization

/// Counts the parts of a log one after the other, each while the next one is read.
///
/// Memory is that of the counts and of two parts.
public final class CountedParts: Sendable {
    private struct State {
        var counts: TrendCounts
        /// The part that was counted last, whose memory the next one but one may have.
        var counted: LogSightings?
    }

    private let state: Mutex<State>
    private let isCounted = DispatchGroup()

    /// Goes on with some counts.
    public init(_ counts: TrendCounts) {
        state = Mutex(State(counts: counts))
    }

    /// Begins to count a part, once those before it are counted.
    ///
    /// - Parameter sightings: What its lines say, as ``TrendCounts/add(_:)`` takes them.
    /// - Returns: The part that was counted last, which nobody needs any more.
    public func add(_ sightings: LogSightings) -> LogSightings? {
        isCounted.wait()
        let counted = state.withLock { $0.counted.take() }
        DispatchQueue.global().async(group: isCounted) {
            self.state.withLock {
                $0.counts.add(sightings)
                $0.counted = sightings
            }
        }
        return counted
    }

    /// Counts a last part.
    ///
    /// - Parameters:
    ///   - sightings: What its lines say.
    ///   - signatures: The signatures with their ids and templates.
    ///   - numbers: For each number of a signature that was added its place among them, -1 for none.
    /// - Returns: What all parts count together, and the counts that tell what was left out.
    public func finish(
        _ sightings: LogSightings, _ signatures: [CountTable.Name], numbers: [Int32]
    ) -> (table: CountTable, counts: TrendCounts) {
        isCounted.wait()
        return state.withLock {
            $0.counted = nil
            $0.counts.add(sightings)
            return ($0.counts.take(signatures, numbers: numbers), $0.counts)
        }
    }
}
