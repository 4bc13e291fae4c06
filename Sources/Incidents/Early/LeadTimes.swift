public import Records
internal import Statistics

/// For each incident, when the logs first showed it, when it was detected and when the first customer wrote.
public struct LeadTimes: Sendable, Hashable {
    /// One incident.
    public struct Entry: Sendable, Hashable {
        /// The id of the incident.
        public var incident: String
        /// The time of its first line.
        public var firstEvidence: Instant
        /// When its lines were enough to tell.
        public var detectedAt: Instant
        /// When the first ticket that it likely caused was opened; nil when nobody wrote.
        public var firstTicket: Instant?

        /// Creates an entry.
        public init(incident: String, firstEvidence: Instant, detectedAt: Instant, firstTicket: Instant?) {
            self.incident = incident
            self.firstEvidence = firstEvidence
            self.detectedAt = detectedAt
            self.firstTicket = firstTicket
        }

        /// The seconds from the detection to the first ticket, below zero when the customer was first; nil when nobody wrote.
        public var lead: Double? { firstTicket.map { $0.seconds - detectedAt.seconds } }

        /// Why the customer was first; nil when that is not so.
        public var missReason: String? {
            guard let lead, let firstTicket, lead < 0 else { return nil }
            if firstTicket < firstEvidence { return "the ticket came before the first line" }
            return "until the ticket there were too few lines to tell"
        }
    }

    /// The incidents in order of start.
    public let entries: [Entry]

    /// Makes the ledger of some incidents.
    public init(_ incidents: [Incident], tickets: [Ticket]) {
        let opened = Dictionary(tickets.map { ($0.id, $0.openedAt) }, uniquingKeysWith: min)
        entries = incidents.map { incident in
            Entry(
                incident: incident.id, firstEvidence: incident.start, detectedAt: incident.detectedAt,
                firstTicket: incident.tickets.compactMap { opened[$0] }.min())
        }
    }

    /// Of the incidents of which a customer wrote the share that was detected before; nil when nobody wrote.
    public var shareFirst: Double? {
        let leads = entries.compactMap(\.lead)
        return leads.isEmpty ? nil : Double(leads.count { $0 >= 0 }) / Double(leads.count)
    }

    /// The median lead in seconds; nil when nobody wrote.
    public var medianLead: Double? { entries.compactMap(\.lead).median }
}
