public import Records

/// Who did what to a store, and when; never to whom, of whom only a keyed hash is kept.
public struct AuditEntry: Sendable, Hashable {
    /// What was done.
    public enum Action: String, Sendable, Hashable, CaseIterable {
        /// Customers, tickets, messages or agents were kept.
        case imported
        /// Logs were counted.
        case ingested
        /// Incidents were kept.
        case foundIncidents
        /// A person confirmed or rejected a link, or said what belongs together.
        case decided
        /// Tickets were put into issue groups.
        case grouped
        /// Versions of articles were kept.
        case wroteArticles
        /// An article was written to a knowledge base, or taken out of use there.
        case published
        /// Articles were used.
        case usedArticles
        /// Predictions of a model were kept.
        case predicted
        /// Changes of another system were kept, or changes for one.
        case synced
        /// Somebody was erased.
        case erased
        /// What was too old was removed.
        case removedOld
    }

    /// When.
    public var time: Instant
    /// Who: a user or a system.
    public var actor: String
    /// What.
    public var action: Action

    /// Creates an entry.
    public init(time: Instant, actor: String, action: Action) {
        self.time = time
        self.actor = actor
        self.action = action
    }
}
