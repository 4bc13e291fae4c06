public import Connectors
internal import Knowledge
internal import Logs
public import Records
public import Storage

/// Tells of tickets what a store knows, made anew from time to time.
///
/// While it is being made anew, the older knowledge answers, so that no ticket waits for it.
public actor LiveBriefings {
    private let store: TenantStore
    private let redactor: Redactor
    private let forecasts: TicketForecasts?
    private var current: DeskBriefings?

    /// Creates a source that knows nothing before ``refresh()``.
    ///
    /// - Parameters:
    ///   - store: The tenant's store, with its key.
    ///   - redactor: The tenant's redactor.
    ///   - forecasts: The model of resolution times; nil where there is none.
    public init(_ store: TenantStore, redactor: Redactor, forecasts: TicketForecasts?) {
        self.store = store
        self.redactor = redactor
        self.forecasts = forecasts
    }

    /// Reads the store anew.
    public func refresh() async throws(StorageError) {
        let (store, redactor, forecasts) = (store, redactor, forecasts)
        let made = await Task.detached { Self.made(store, redactor, forecasts) }.value
        current = try made.get()
    }

    /// What is known of a ticket; nil before anything is known.
    public func briefing(for ticket: Ticket) -> TicketBriefing? { current?.briefing(for: ticket) }

    private static func made(
        _ store: TenantStore, _ redactor: Redactor, _ forecasts: TicketForecasts?
    ) -> Result<DeskBriefings, StorageError> {
        Result { () throws(StorageError) in
            let context = try store.customers()
            let tickets = try store.tickets()
            let cases = SupportCase.all(
                tickets, interactions: try store.interactions(), reopened: Set(try store.reopenedTickets()),
                context: context)
            var memberships: [String: String] = [:]
            for item in try store.memberships() { memberships[item.ticket] = item.group }
            let knowledge = DeskKnowledge(
                cases, decisions: try store.groupDecisions(), memberships: memberships,
                at: tickets.last?.openedAt ?? Instant(seconds: 0))
            var lines: [String: RedactedText] = [:]
            for signature in SignatureMiner(redactor: nil, shapes: try store.shapes()).signatures().signatures {
                lines[signature.id.description] = redactor.redact(RawText(signature.template))
            }
            return DeskBriefings(
                knowledge, articles: try store.articles(), incidents: try store.incidents(), lines: lines,
                context: context,
                forecasts: forecasts)
        }
    }
}
