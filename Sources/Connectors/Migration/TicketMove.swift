public import Records

/// What is to be done in a system so that it has a ticket of another one: a pure function of what is stored.
///
/// The ticket is opened with its title and first message. Then comes an internal message with its old number and address, with what
/// has no place of its own and with what it was linked with; then its fields and tags, its messages in the order of time, and its status.
public struct TicketMove {
    /// The system that it leaves.
    public let from: SystemDescription
    /// The system that it gets to.
    public let to: SystemDescription
    /// What becomes of its values.
    public let map: ValueMap
    /// Whether tickets can have tags there.
    public let hasTags: Bool
    /// The tenant's redactor.
    public let redactor: Redactor

    /// Creates a move.
    public init(
        from: SystemDescription, to: SystemDescription, map: ValueMap, hasTags: Bool, redactor: Redactor
    ) {
        self.from = from
        self.to = to
        self.map = map
        self.hasTags = hasTags
        self.redactor = redactor
    }

    /// What is to be done, in order.
    ///
    /// - Parameters:
    ///   - ticket: The ticket.
    ///   - link: What it is in the system that it leaves.
    ///   - messages: Its messages, in order.
    ///   - now: The time.
    ///   - actor: Who moves it.
    public func entries(
        _ ticket: Ticket, _ link: LinkedTicket, messages: [Interaction], at now: Instant, by actor: String
    ) -> [OutboxEntry] {
        var outcomes: [(name: String, value: String, outcome: ValueMap.Outcome)] = []
        for (name, value) in link.values.sorted(by: { $0.key < $1.key }) where name != "links" && !value.isEmpty {
            outcomes.append((name, value, map.outcome(value, of: name)))
        }
        var work: [(String, OutboxEntry.Work)] = [(MigrationKey.opening, .opening(place: ""))]
        work.append(("origin", .message(origin(ticket, link, outcomes), isPublic: false)))
        var status: OutboxEntry.Work?
        for (name, _, outcome) in outcomes {
            guard case .becomes(let word, _) = outcome else { continue }
            if name == "status" {
                status = .field(name, value: word)
            } else {
                work.append(("field " + name, .field(name, value: word)))
            }
        }
        if hasTags, !link.tags.isEmpty {
            work.append(("tags", .tags(added: Set(link.tags.map(to.kind.tag)), removed: [])))
        }
        for (place, message) in messages.enumerated().dropFirst(Self.isOpening(messages.first, of: ticket) ? 1 : 0) {
            let document = Document(carrying: message, redactor: redactor)
            work.append(("message \(place)", .message(document, isPublic: message.isPublic)))
        }
        if let status { work.append(("status", status)) }
        return work.map { name, work in
            OutboxEntry(
                system: to.name, ticket: ticket.id, key: MigrationKey.key([from.name, to.name, ticket.id, name]),
                work: work, createdAt: now, actor: actor)
        }
    }

    /// Whether the first message is that of the opening, as it is the same.
    static func isOpening(_ first: Interaction?, of ticket: Ticket) -> Bool {
        first.map { $0.isPublic && $0.text == ticket.body } ?? false
    }

    /// The link to another ticket that was moved too.
    ///
    /// - Parameters:
    ///   - link: What a ticket is in the system that it leaves.
    ///   - other: What the other one is in the system that both get to.
    public func link(
        _ link: LinkedTicket, with other: LinkedTicket, at now: Instant, by actor: String
    ) -> OutboxEntry {
        OutboxEntry(
            system: to.name, ticket: link.ticket,
            key: MigrationKey.key([from.name, to.name, link.ticket, "link", other.ticket]), work: .link(other.remote),
            createdAt: now, actor: actor)
    }

    private func origin(
        _ ticket: Ticket, _ link: LinkedTicket,
        _ outcomes: [(name: String, value: String, outcome: ValueMap.Outcome)]
    ) -> Document {
        var lines = [
            "Moved from \(from.name), ticket \(link.number): \(from.page(of: link.remote, number: link.number))",
            "Opened \(ticket.openedAt.iso8601)" + (ticket.contact.map { " by \($0)" } ?? "")
                + (ticket.channel.isEmpty ? "" : ", \(ticket.channel)"),
            "Names and addresses are hidden here; the messages as they were written, and their files, stay there.",
        ]
        for (name, value, outcome) in outcomes {
            guard case .missing = outcome else { continue }
            lines.append("\(name): \(value)")
        }
        if !hasTags, !link.tags.isEmpty { lines.append("tags: \(link.tags.sorted().joined(separator: ", "))") }
        if !link.links.isEmpty { lines.append("linked with: \(link.links.sorted().joined(separator: ", "))") }
        return Document([.paragraph(lines.map { redactor.redact(RawText($0)) })])
    }
}
