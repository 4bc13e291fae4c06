import Dispatch
import Logs
import Records
import Synchronization

/// Some records of one source, on their way from the reader to the counter.
struct Delivery: Sendable {
    /// Which of the open sources it is.
    var slot: Int
    /// The source, with where its reading stands after these records; nil as long as that is not known.
    var source: LogSource?
    var batch: LogBatch
    /// The lines that were counted and not read.
    var passed: Int64 = 0
    /// When it was read, in nanoseconds since 1970 UTC.
    var time: Int64
}

/// Hands deliveries from one thread to another.
///
/// The reader waits when too many are under way, and so does what writes to the reader.
final class Handoff: Sendable {
    private struct State {
        var waiting: [Delivery] = []
        var spare: [LogBatch] = []
        var failure: String?
    }

    private let state = Mutex(State())
    private let room = DispatchSemaphore(value: 4)
    private let arrived = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    /// What went wrong with counting or keeping; nothing is handed over after it.
    var failure: String? { state.withLock { $0.failure } }

    /// Hands a delivery over; false when counting has failed.
    func give(_ delivery: consuming Delivery) -> Bool {
        room.wait()
        let delivery = delivery
        let isOpen = state.withLock { state in
            if state.failure == nil { state.waiting.append(delivery) }
            return state.failure == nil
        }
        if isOpen { arrived.signal() }
        return isOpen
    }

    /// Says that nothing more comes, and waits until everything was kept.
    func finish() {
        arrived.signal()
        ended.wait()
    }

    /// An empty batch.
    func batch() -> LogBatch { state.withLock { $0.spare.popLast() ?? LogBatch() } }

    /// The next delivery; waits for it, and gives nil at the end or after so many seconds without one.
    func take(within seconds: Double) -> (delivery: Delivery?, isEnd: Bool) {
        guard arrived.wait(timeout: .now() + seconds) == .success else { return (nil, false) }
        let delivery = state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
        return (delivery, delivery == nil)
    }

    /// Gives a batch back after it was counted.
    func giveBack(_ batch: consuming LogBatch) {
        var batch = batch
        batch.removeAll()
        let empty = batch
        state.withLock { $0.spare.append(empty) }
        room.signal()
    }

    /// Ends the counting.
    func end(failure: String? = nil) {
        state.withLock { $0.failure = failure }
        if failure != nil { for _ in 0..<8 { room.signal() } }
        ended.signal()
    }
}
