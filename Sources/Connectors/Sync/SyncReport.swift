internal import Records

/// What a sync of one system has done.
public struct SyncReport: Sendable, Hashable {
    /// The tickets that were read, repeats included.
    public var ticketsRead = 0
    /// The tickets that were new here.
    public var ticketsNew = 0
    /// The messages that came in.
    public var messagesIn = 0
    /// The entries of the outbox that arrived.
    public var sent = 0
    /// The entries whose field the system had changed too.
    public var overruled = 0
    /// The entries that were refused.
    public var refused = 0
    /// Whether the feed was read to its end.
    public var isRead = false
    /// Words of the system that nobody has said the meaning of, such as `status: on-ice`; of priorities only where some are named.
    public var unknownWords: Set<String> = []
    /// What went wrong, in order, each once; of very many the first ones.
    public private(set) var faults: [String] = []

    /// Creates an empty report.
    public init() {}

    private static let mostFaults = 100

    mutating func note(_ fault: RedactedText) {
        if faults.count < Self.mostFaults, !faults.contains(fault.string) { faults.append(fault.string) }
    }

    mutating func add(_ step: SyncStep, known: Bool) {
        ticketsRead += 1
        if !known, !step.tickets.isEmpty { ticketsNew += 1 }
        messagesIn += step.interactions.count
        add(step.progress)
    }

    mutating func add(_ progress: [SyncStep.Progress]) {
        for item in progress {
            switch item.state {
            case .done: sent += 1
            case .overruled: overruled += 1
            case .dead: refused += 1
            case .waiting, .sending: break
            }
        }
    }
}
