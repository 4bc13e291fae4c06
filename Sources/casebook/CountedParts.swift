import Dispatch
import Incidents
import Records
import Synchronization

/// Counts the parts of a log one after the other, each while the next one is read.
final class CountedParts: Sendable {
    private struct State {
        var counts: TrendCounts
        /// The part that was counted last, whose memory the next one but one may have.
        var counted: LogSightings?
    }

    private let state: Mutex<State>
    private let isCounted = DispatchGroup()

    init(_ counts: TrendCounts) {
        state = Mutex(State(counts: counts))
    }

    /// Begins to count a part, once those before it are counted.
    ///
    /// - Returns: The part that was counted last, which nobody needs any more.
    func add(_ sightings: LogSightings) -> LogSightings? {
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

    /// What all parts and a last one count together (see ``TrendCounts/take(_:numbers:)``), and the counts that tell what was left out.
    func finish(
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
