internal import Crypto
internal import Records
internal import Storage

extension SyncSession {
    /// Writes the note and the fields of each ticket that is due, where there is something to say that was not said.
    ///
    /// The key of each is made of what it says, so that the same is never sent twice, whatever happens in between.
    func enrich() async throws(Stop) {
        guard let briefing else { return }
        let name = description.name
        let due = takeDue()
        for id in due {
            guard let ticket = try stored({ () throws(StorageError) in try store.ticket(id) }),
                ticket.resolvedAt == nil,
                let found = await briefing(ticket), !found.isEmpty
            else { continue }
            // Nothing is waited for from here on, so that it is kept before anybody else can have changed the ticket.
            var entries: [OutboxEntry] = []
            var events: [TicketEvent] = []
            for (field, was, value) in try newValues(found, of: ticket) {
                entries.append(entry(.field(field, value: value), Self.key([name, id, field, value]), id))
                events.append(
                    TicketEvent(
                        ticket: id, time: clock(), kind: .changed, field: field, from: was, to: value, actor: "casebook"
                    ))
            }
            let document = found.document(redactor: redactor)
            let said = system.traits.editsMessages ? document.plainText : found.occasion
            let key = Self.key([name, ticket.id, said])
            let isNew = try !isSent(key)
            if isNew { entries.append(entry(.note(document), key, id)) }
            guard !entries.isEmpty else { continue }
            let time = clock()
            try stored { () throws(StorageError) in
                try store.enqueue(
                    entries, events: events, by: AuditEntry(time: time, actor: "casebook", action: .synced))
                if isNew, let answer = found.answer {
                    let predicted = AuditEntry(time: time, actor: "casebook", action: .predicted)
                    try store.keep([answer.outcome(of: ticket, at: time)], by: predicted)
                }
            }
        }
    }

    /// The fields that get another value: those that are empty or hold what was written from here, as what a person says stands.
    private func newValues(
        _ found: TicketBriefing, of ticket: Ticket
    ) throws(Stop) -> [(field: String, was: String, value: String)] {
        let wanted = found.fields.filter { description.fields[$0.key] != nil }.sorted { $0.key < $1.key }
        guard !wanted.isEmpty else { return [] }
        let name = description.name
        let link = try stored { () throws(StorageError) in
            try store.links(of: ticket.id).first { $0.system == name && $0.fate == .present }
        }
        guard let link else { return [] }
        var values: [(field: String, was: String, value: String)] = []
        for (field, wanted) in wanted {
            let was = link.values[field] ?? ""
            let value = redactor.redact(RawText(wanted)).string
            // A token in place of what was hidden is nothing that the other system could use.
            guard !RedactedText.holdsToken(value) else { continue }
            let wasSent = try isSent(Self.key([name, ticket.id, field, was]))
            let isKnown = try isSent(Self.key([name, ticket.id, field, value]))
            if value != was, was.isEmpty || wasSent, !isKnown { values.append((field, was, value)) }
        }
        return values
    }

    private func isSent(_ key: String) throws(Stop) -> Bool {
        let name = description.name
        return try stored { () throws(StorageError) in try !store.outbox(keyed: [key], in: name).isEmpty }
    }

    private func entry(_ work: OutboxEntry.Work, _ key: String, _ ticket: String) -> OutboxEntry {
        OutboxEntry(
            system: description.name, ticket: ticket, key: key, work: work, createdAt: clock(), actor: "casebook")
    }

    /// The tickets whose notes are due, which are not any more; a few that are looked at again where there are none.
    private func takeDue() -> [String] {
        guard due.isEmpty else {
            let some = due.sorted().prefix(Self.width)
            due.subtract(some)
            return Array(some)
        }
        defer { reviewed.removeLast(min(Self.reviewedAtATime, reviewed.count)) }
        return Array(reviewed.suffix(Self.reviewedAtATime))
    }

    /// What has just come in does not wait for more than these.
    private static let reviewedAtATime = 4

    private static func key(_ parts: [String]) -> String {
        let digest = SHA256.hash(data: Array(parts.joined(separator: "\u{0}").utf8))
        return "n" + digest.prefix(12).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
