public import Records
internal import Synchronization

/// A redactor that learns people's names while it is used: what one system tells, the texts of all are searched for.
public final class LearningRedactor: Sendable {
    private let redactor: Mutex<Redactor>

    /// Begins with a redactor.
    public init(_ redactor: Redactor) {
        self.redactor = Mutex(redactor)
    }

    /// The redactor as it is now.
    public var current: Redactor { redactor.withLock { $0 } }

    /// Learns the names of some people.
    func learn(_ names: [RawText]) {
        redactor.withLock { $0 = $0.knowing(people: names) }
    }
}
