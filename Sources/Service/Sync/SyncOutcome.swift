public import Connectors
internal import Records
public import Storage

/// What a sync of one system has come to.
public struct SyncOutcome: Sendable {
    /// The system's name.
    public let system: String
    /// What was done.
    public let report: SyncReport
    /// The changes that still wait to be sent.
    public let left: Int
    /// The tickets that could not be read.
    public let unread: Int
    /// Why it could not go on; nil where it could.
    public let stop: SyncSession.Stop?

    /// Whether nothing is left to be read or sent.
    public var isComplete: Bool { left == 0 && unread == 0 && report.isRead }
}

extension SyncService {
    /// What was done with a system since the last time that it was asked for, and what is left.
    public func outcome(
        of system: System, stoppedBy stop: SyncSession.Stop?
    ) async throws(StorageError) -> SyncOutcome {
        let report = await system.session.takeReport()
        return SyncOutcome(
            system: system.name, report: report,
            left: try store.outbox([.waiting, .sending], in: system.name).count,
            unread: try store.unreadCount(of: system.name), stop: stop)
    }
}
