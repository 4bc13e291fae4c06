internal import Dispatch
internal import Glibc
internal import Synchronization

/// Work in numbered parts, which whoever is free takes one after the other.
///
/// Unlike parts that `DispatchQueue.concurrentPerform` has dealt out, those of work that was begun while all cores had something to do are shared with
/// a core that becomes free later.
final class SharedParts: Sendable {
    private struct State {
        /// What is done with a part; nil once all is over.
        var body: (@Sendable (Int) -> Void)?
        var next = 0
        var workers = 0
        var isAwaited = false
    }

    private static let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    private let count: Int
    private let state: Mutex<State>
    private let isDone = DispatchSemaphore(value: 0)

    private init(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        self.count = count
        state = Mutex(State(body: body))
    }

    /// Calls `body` once for each number below `count`, on all cores that are free.
    static func perform(_ count: Int, _ body: @Sendable (Int) -> Void) {
        withoutActuallyEscaping(body) { body in
            let parts = SharedParts(count, body)
            for _ in 1..<max(1, min(count, cores)) {
                DispatchQueue.global().async { parts.work() }
            }
            parts.work()
            parts.finish()
        }
    }

    private func work() {
        let isOver = state.withLock { state in
            if state.body == nil || state.isAwaited { return true }
            state.workers += 1
            return false
        }
        if isOver { return }
        takeParts()
        state.withLock { state in
            state.workers -= 1
            if state.workers == 0, state.isAwaited { isDone.signal() }
        }
    }

    /// In a function of its own, so that nothing holds `body` when it ends.
    @inline(never)
    private func takeParts() {
        guard let body = state.withLock(\.body) else { return }
        while true {
            let part = state.withLock { state in
                state.next += 1
                return state.next - 1
            }
            guard part < count else { return }
            body(part)
        }
    }

    /// Waits for the last parts, and lets go of `body`: who comes now is too late.
    private func finish() {
        let isBusy = state.withLock { state in
            state.isAwaited = state.workers > 0
            if state.workers == 0 { state.body = nil }
            return state.isAwaited
        }
        guard isBusy else { return }
        isDone.wait()
        state.withLock { $0.body = nil }
    }
}
