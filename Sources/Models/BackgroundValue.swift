internal import Dispatch
internal import Synchronization

/// A value that is made on a core that is free while its owner goes on with other work.
///
/// Unlike the tasks of `concurrentPerform`, it leaves the owner's own calls of that function as wide as they were.
final class BackgroundValue<Value: Sendable>: Sendable {
    private let work: @Sendable () throws -> Value
    private let made = Mutex(Result<Value, any Error>?.none)
    private let group = DispatchGroup()

    /// Begins to make the value.
    init(_ work: @escaping @Sendable () throws -> Value) {
        self.work = work
        DispatchQueue.global().async(group: group) {
            let value = Result { try self.work() }
            self.made.withLock { $0 = value }
        }
    }

    /// The value, once it is made.
    func get() throws -> Value {
        group.wait()
        return try made.withLock(\.self)?.get() ?? work()
    }
}
