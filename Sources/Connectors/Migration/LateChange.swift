internal import Records

/// What comes late in the system that a ticket was moved from, and what follows for the system in which it lives.
struct LateChange {
    /// The ticket as it was read before.
    let link: LinkedTicket
    /// Its values now, in Casebook's words.
    let said: [String: String]
    /// What has become of it there.
    let fate: RemoteTicket.Fate
    /// Its version now.
    let version: String
    /// New messages with their ids there.
    let messages: [(id: String, message: Interaction)]

    /// What is to be done.
    func entries(for home: String, redactor: Redactor, at now: Instant) -> [OutboxEntry] {
        func entry(_ work: OutboxEntry.Work, _ parts: [String]) -> OutboxEntry {
            OutboxEntry(
                system: home, ticket: link.ticket,
                key: MigrationKey.key([home, link.ticket, "late", link.system, link.remote] + parts), work: work,
                createdAt: now, actor: link.system)
        }
        var entries = messages.map { id, message in
            entry(
                .message(Document(carrying: message, redactor: redactor), isPublic: message.isPublic), ["message", id])
        }
        let changes = changes
        if !changes.isEmpty {
            let lines = ["Changed in \(link.system), ticket \(link.number):"] + changes
            entries.append(
                entry(
                    .message(
                        Document([.paragraph(lines.map { redactor.redact(RawText($0)) })]), isPublic: false),
                    ["changes", version] + changes))
        }
        if isResolved(link.values), !isResolved(said), said["status"] != nil, fate == .present {
            entries.append(entry(.field("status", value: TicketStatus.open.rawValue), ["opened", version]))
        }
        return entries
    }

    private var changes: [String] {
        var lines = Set(said.keys).union(link.values.keys).sorted().compactMap { name -> String? in
            let (before, now) = (link.values[name] ?? "", said[name] ?? "")
            return before == now || fate != .present ? nil : "\(name): \"\(before)\" became \"\(now)\""
        }
        switch fate {
        case .present: break
        case .deleted: lines.append("it was deleted")
        case .merged(let other): lines.append("it was merged into \(other)")
        }
        return lines
    }

    private func isResolved(_ values: [String: String]) -> Bool {
        TicketStatus(rawValue: values["status"] ?? "")?.isResolved ?? false
    }
}
