internal import Crypto
internal import Records
internal import Storage

extension SyncSession {
    /// Writes the note of each ticket that is due, where there is something to say that was not said.
    ///
    /// The key of a note is made of what it says, so that the same note is never sent twice, whatever happens in between.
    func enrich() async throws(Stop) {
        guard let briefing else { return }
        let name = description.name
        let due = takeDue()
        var entries: [OutboxEntry] = []
        var outcomes: [ModelOutcome] = []
        for id in due {
            guard let ticket = try stored({ () throws(StorageError) in try store.ticket(id) }),
                ticket.resolvedAt == nil,
                let found = await briefing(ticket), !found.isEmpty
            else { continue }
            let document = found.document(redactor: redactor)
            let said = system.traits.editsMessages ? document.plainText : found.occasion
            let key = Self.key([name, ticket.id, said])
            guard try stored({ () throws(StorageError) in try store.outbox(keyed: [key], in: name) }).isEmpty else {
                continue
            }
            if let answer = found.answer { outcomes.append(answer.outcome(of: ticket, at: clock())) }
            entries.append(
                OutboxEntry(
                    system: name, ticket: ticket.id, key: key, work: .note(document),
                    createdAt: clock(), actor: "casebook"))
        }
        guard !entries.isEmpty else { return }
        let entry = AuditEntry(time: clock(), actor: "casebook", action: .synced)
        try stored { () throws(StorageError) in
            try store.enqueue(entries, by: entry)
            if !outcomes.isEmpty {
                try store.keep(outcomes, by: AuditEntry(time: entry.time, actor: "casebook", action: .predicted))
            }
        }
    }

    private static func key(_ parts: [String]) -> String {
        let digest = SHA256.hash(data: Array(parts.joined(separator: "\u{0}").utf8))
        return "n" + digest.prefix(12).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
