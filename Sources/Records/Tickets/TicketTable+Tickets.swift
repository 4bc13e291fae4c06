extension TicketTable {
    /// Creates a table with a row a ticket: its account as the customer, its group, assignee, priority and category as words, its subject and body.
    ///
    /// Hours and resolution of a ticket that is open are NaN and false.
    ///
    /// - Parameters:
    ///   - tickets: The tickets.
    ///   - redactor: Redacts words, as ``TicketLineReader`` does.
    public init(_ tickets: [Ticket], redactor: Redactor) {
        var levels = LevelRedaction()
        var redaction = RedactionPass(redactor)
        func words(_ name: String, _ words: [String]) -> CategoricalColumn {
            levels.redact(CategoricalColumn(name: name, values: words), &redaction).column
        }
        self.init(
            ids: tickets.map(\.id), openedAt: tickets.map(\.openedAt.seconds),
            hours: tickets.map { ticket in
                ticket.resolvedAt.map { ($0.seconds - ticket.openedAt.seconds) / 3_600 } ?? .nan
            },
            resolved: tickets.map { $0.resolvedAt != nil },
            categorical: [
                words("customer", tickets.map { $0.account ?? "" }), words("group", tickets.map(\.group)),
                words("assignee", tickets.map(\.assignee)), words("priority", tickets.map(\.priority)),
                words("category", tickets.map(\.category)),
            ],
            text: [
                TextColumn(name: "subject", values: tickets.map(\.subject)),
                TextColumn(name: "body", values: tickets.map(\.body)),
            ])
    }
}
