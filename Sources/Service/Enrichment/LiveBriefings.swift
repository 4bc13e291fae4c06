public import Connectors
internal import Knowledge
internal import Logs
public import Models
public import Records
public import Storage

/// Tells of tickets what a store knows, made anew from time to time.
///
/// While it is being made anew, the older knowledge answers, so that no ticket waits for it.
public actor LiveBriefings {
    private let store: TenantStore
    private let forecasts: TicketForecasts?
    private var current: DeskBriefings?

    /// Creates a source that knows nothing before ``refresh(at:)``.
    ///
    /// - Parameters:
    ///   - store: The tenant's store, with its key.
    ///   - forecasts: The model of resolution times; nil where there is none.
    public init(_ store: TenantStore, forecasts: TicketForecasts?) {
        self.store = store
        self.forecasts = forecasts
    }

    /// Reads the store anew.
    ///
    /// - Parameter now: The time; a record of a later one makes nothing later than it is.
    public func refresh(at now: Instant) async throws(StorageError) {
        let (store, forecasts) = (store, forecasts)
        let made = await Task.detached { Self.made(store, forecasts, now) }.value
        current = try made.get()
    }

    /// What is known of a ticket at a time; nil before anything is known.
    public func briefing(for ticket: Ticket, at now: Instant) -> TicketBriefing? {
        current?.briefing(for: ticket, at: now)
    }

    private static func made(
        _ store: TenantStore, _ forecasts: TicketForecasts?, _ now: Instant
    ) -> Result<DeskBriefings, StorageError> {
        Result { () throws(StorageError) in
            let context = try store.customers()
            let tickets = try store.tickets()
            let pasted = PastedSignatures(shapes: try store.shapes())
            let cases = SupportCase.all(
                tickets, interactions: try store.interactions(), reopened: Set(try store.reopenedTickets()),
                signatures: try store.ticketSignatures(), pasted: pasted.ids, context: context
            ).compactMap { $0.known(at: now) }
            var memberships: [String: String] = [:]
            for item in try store.memberships() { memberships[item.ticket] = item.group }
            let knowledge = DeskKnowledge(
                cases, decisions: try store.groupDecisions(), memberships: memberships,
                at: cases.lazy.map(\.lastAt).max() ?? now)
            return DeskBriefings(
                knowledge, articles: try store.articlesInUse(), incidents: try store.incidents(),
                pasted: pasted, context: context, forecasts: forecasts)
        }
    }
}
