import Records
import Statistics

/// The columns of a synthetic desk while its tickets are drawn.
struct DeskColumns {
    private var drawn: [TicketDraw] = []
    private var subjects: [String] = []
    private var hours: [Double] = []
    private var resolved: [Bool] = []
    private var reopened: [Bool] = []
    private var truth: [TicketTruth] = []

    /// Adds a ticket, censored when its resolution lies after the desk was last seen.
    mutating func append(_ ticket: TicketDraw, subject: String, hours: Double, isReopened: Bool, truth: TicketTruth) {
        let age = (Arrivals.end - ticket.opened) / 3_600
        let isResolved = hours <= age
        drawn.append(ticket)
        subjects.append(subject)
        // Times have a resolution of one second, and a ticket is never resolved as it opens.
        self.hours.append(max(1 / 3_600.0, isResolved ? hours : age))
        resolved.append(isResolved)
        reopened.append(isResolved && isReopened)
        self.truth.append(truth)
    }

    /// The finished desk.
    func desk(of scenario: DeskScenario, signatures: [SignatureObservation]) -> SimulatedDesk {
        func words(_ name: String, _ word: (TicketDraw) -> String) -> CategoricalColumn {
            CategoricalColumn(name: name, values: drawn.map(word))
        }
        // All words are ours, so there is nothing to find and no token to make.
        var generator = SplitMix64(seed: 0)
        let redactor = Redactor(keyedBy: &generator)
        let tickets = TicketTable(
            ids: drawn.indices.map(DeskNames.ticket), openedAt: drawn.map(\.opened), hours: hours, resolved: resolved,
            categorical: [
                words("customer") { DeskNames.customer($0.customer) },
                words("group") { DeskNames.group($0.group) },
                words("assignee") { $0.assignee.map(DeskNames.assignee) ?? "" },
                words("priority") { DeskOrganization.priorities[$0.priority] },
                words("category") { Vocabulary.categories[$0.category].name },
                words("channel") { DeskOrganization.channels[$0.channel] },
            ], text: [TextColumn(name: "subject", values: subjects.map { redactor.redact(RawText($0)) })])
        let byTime = signatures.indices.sorted { (signatures[$0].time, $0) < (signatures[$1].time, $1) }
        return SimulatedDesk(
            scenario: scenario, tickets: tickets, reopened: reopened, truth: truth,
            signatures: byTime.map { signatures[$0] })
    }
}
