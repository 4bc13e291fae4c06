import Dispatch
internal import Logs
internal import Records
internal import Storage
import Synchronization

/// Some records of one source, on their way from the reader to the counter.
struct Delivery: Sendable {
    /// Which of the sources it is.
    var slot = 0
    /// The source, with where its reading stands after these records; nil as long as that is not known.
    var source: LogSource?
    var batch = LogBatch()
    /// The lines that were counted and not read.
    var passed: Int64 = 0
    /// When it was read, in nanoseconds since 1970 UTC.
    var time: Int64 = 0
}

/// Hands deliveries from one thread to another.
///
/// The reader waits when too many are under way, and so does what writes to the reader. Batches are swapped and never
/// shared between the two, as emptying a shared one would copy it.
final class Handoff: Sendable {
    /// What became of waiting for a delivery.
    enum Arrival {
        case delivery, nothing, end
    }

    /// The records of scopes for which there was no room, and those that name no account that is known.
    struct Unplaced {
        var ofNoScope = 0
        var ofNoAccount = 0
    }

    private struct State {
        var waiting: [Delivery] = []
        var spare: [LogBatch] = []
        var failure: StorageError?
        var unplaced = Unplaced()
    }

    private let state = Mutex(State())
    private let room = DispatchSemaphore(value: 4)
    private let arrived = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    /// What went wrong with counting or keeping; nothing is handed over after it.
    var failure: StorageError? { state.withLock { $0.failure } }

    /// The records that could not be placed, once the counting has ended.
    var unplaced: Unplaced { state.withLock { $0.unplaced } }

    /// Hands a delivery over and leaves an empty one; what went wrong when counting has failed, and nil when it has not.
    func give(_ delivery: inout Delivery) -> StorageError? {
        room.wait()
        let failure: StorageError? = state.withLock { state in
            if let failure = state.failure { return failure }
            state.waiting.append(Delivery())
            swap(&state.waiting[state.waiting.count - 1], &delivery)
            return nil
        }
        if failure == nil { arrived.signal() }
        return failure
    }

    /// Says that nothing more comes, and waits until everything was kept.
    func finish() {
        arrived.signal()
        ended.wait()
    }

    /// Puts an empty batch with memory of its own in place of one without, as far as there are some.
    func refill(_ batch: inout LogBatch) {
        state.withLock { state in
            guard !state.spare.isEmpty else { return }
            swap(&state.spare[state.spare.count - 1], &batch)
            state.spare.removeLast()
        }
    }

    /// Waits for the next delivery, at most so many seconds.
    func take(into delivery: inout Delivery, within seconds: Double) -> Arrival {
        guard arrived.wait(timeout: .now() + seconds) == .success else { return .nothing }
        return state.withLock { state in
            guard !state.waiting.isEmpty else { return .end }
            swap(&state.waiting[0], &delivery)
            state.waiting.removeFirst()
            return .delivery
        }
    }

    /// Gives a batch back after it was counted.
    func giveBack(_ batch: inout LogBatch) {
        batch.removeAll()
        state.withLock { state in
            state.spare.append(LogBatch())
            swap(&state.spare[state.spare.count - 1], &batch)
        }
        room.signal()
    }

    /// Ends the counting.
    func end(failure: StorageError? = nil, _ unplaced: Unplaced) {
        state.withLock { state in
            state.failure = failure
            state.unplaced = unplaced
        }
        if failure != nil { for _ in 0..<8 { room.signal() } }
        ended.signal()
    }
}
