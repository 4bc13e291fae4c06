internal import Features
public import Records

extension SupportCase {
    /// The cases of a desk, in the order in which they were opened.
    ///
    /// The environment of a case is its category and what all deployments of its account have in common at the time when it was opened: kind, region and version.
    ///
    /// - Parameters:
    ///   - tickets: The tickets.
    ///   - interactions: Their messages after the first.
    ///   - reopened: The ids of tickets that were opened again after they had been resolved.
    ///   - signatures: The signatures of logs that were seen with a ticket, by its id.
    ///   - pasted: The signatures of log lines that a customer pasted into a ticket; none are looked for when nil.
    ///   - context: The customers and what they run.
    public static func all(
        _ tickets: [Ticket], interactions: [Interaction] = [], reopened: Set<String> = [],
        signatures: [String: [String]] = [:], pasted: (@Sendable (RedactedText) -> [String])? = nil,
        context: CustomerContext = CustomerContext()
    ) -> [SupportCase] {
        all(
            tickets, messages: Dictionary(grouping: interactions, by: \.ticket), reopened: reopened,
            signatures: signatures, pasted: pasted, context: context)
    }

    /// The same, with the messages of each ticket by its id.
    private static func all(
        _ tickets: [Ticket], messages: [String: [Interaction]], reopened: Set<String> = [],
        signatures: [String: [String]] = [:], pasted: (@Sendable (RedactedText) -> [String])? = nil,
        context: CustomerContext
    ) -> [SupportCase] {
        let environments = AccountEnvironments(context)
        let organizations = Dictionary(
            context.accounts.map { ($0.id, $0.organization) }, uniquingKeysWith: { $1 })
        let ordered = tickets.sorted { ($0.openedAt, $0.id) < ($1.openedAt, $1.id) }
        return concurrently(each: ordered.count, by: 512) { number in
            let ticket = ordered[number]
            var seen = signatures[ticket.id] ?? []
            if let pasted {
                let known = Set(seen)
                seen += MessageWords(ticket.body, isOpening: true).pastedTexts.flatMap(pasted).filter {
                    !known.contains($0)
                }
            }
            return SupportCase(
                ticket: ticket, customer: ticket.account.flatMap { organizations[$0] ?? nil },
                messages: (messages[ticket.id] ?? []).sorted { $0.time < $1.time },
                signatures: seen, environment: environments.facts(of: ticket),
                isReopened: reopened.contains(ticket.id))
        }
    }
}

extension SupportCase {
    /// The cases of the folder of a desk, in the order in which they were opened, and the rows that were set aside.
    ///
    /// - Parameter badRows: What to do with a row that is wrong.
    /// - Throws: `RecordError`.
    public static func all(
        of folder: DeskFolder, _ context: CustomerContext, redactor: Redactor, badRows: BadRows = .areErrors
    ) throws(RecordError) -> (cases: [SupportCase], rejected: [RejectedRow]) {
        let (tickets, messages) = concurrently {
            Result { () throws(RecordError) in
                try folder.tickets(context, redactor: redactor, badRows: badRows)
            }
        } _: {
            Result { () throws(RecordError) in
                let read = try folder.interactions(redactor: redactor, badRows: badRows)
                return (Dictionary(grouping: read.interactions, by: \.ticket), read.rejected)
            }
        }
        let (found, (said, wrong)) = (try tickets.get(), try messages.get())
        return (all(found.tickets, messages: said, context: context), found.rejected + wrong)
    }

    /// The cases of a table of tickets, in its order; each is a customer's of its own where the table knows none.
    public static func all(in table: TicketTable) -> [SupportCase] {
        let customers = table.categoricalColumn(named: "organization") ?? table.categoricalColumn(named: "customer")
        let category = table.categoricalColumn(named: "category")
        let (subjects, bodies) = (table.textColumn(named: "subject"), table.textColumn(named: "body"))
        return (0..<table.count).map { row in
            let opened = table.openedAt[row]
            let ticket = Ticket(
                id: table.ids[row], openedAt: Instant(seconds: opened),
                resolvedAt: table.resolved[row] ? Instant(seconds: opened + table.hours[row] * 3_600) : nil,
                subject: subjects?.values[row] ?? RedactedText(), body: bodies?.values[row] ?? RedactedText(),
                category: category?[row] ?? "")
            return SupportCase(ticket: ticket, customer: customers.map { $0[row] ?? "" } ?? ticket.id)
        }
    }
}
