internal import Dispatch
internal import Synchronization

/// A value that is made on a core that is free while its owner goes on with other work.
///
/// Unlike the tasks of `concurrentPerform`, it leaves the owner's own calls of that function as wide as they were.
final class BackgroundValue<Value: Sendable>: Sendable {
    private let work: @Sendable () throws -> Value
    private let made = Mutex(Result<Value, any Error>?.none)

    /// Begins to make the value as soon as a core is free.
    init(_ work: @escaping @Sendable () throws -> Value) {
        self.work = work
        DispatchQueue.global().async { _ = try? self.get() }
    }

    /// The value, once it is made: by the caller where no core was free before.
    func get() throws -> Value {
        // Whoever comes first makes it, and the other waits for the lock.
        try made.withLock { made in
            let value = made ?? Result { try work() }
            made = value
            return value
        }.get()
    }
}
