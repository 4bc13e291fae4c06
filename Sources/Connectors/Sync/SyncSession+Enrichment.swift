internal import Crypto
internal import Records
internal import Storage

extension SyncSession {
    /// Writes the note and the fields of each ticket that is due, where there is something to say that was not said.
    ///
    /// The key of each is made of what it says, and of what was said before where that can be changed, so that the same is never sent twice in a row,
    /// whatever happens in between.
    func enrich() async throws(Stop) {
        guard let briefing else { return }
        let due = takeDue()
        do throws(Stop) {
            try await enrich(due, briefing)
        } catch {
            self.due.formUnion(due)
            throw error
        }
    }

    private func enrich(_ due: [String], _ briefing: Briefing) async throws(Stop) {
        let name = description.name
        for id in due {
            guard let ticket = try stored({ () throws(StorageError) in try store.ticket(id) }),
                ticket.resolvedAt == nil,
                let found = await briefing(ticket)
            else { continue }
            let hidesNotes = try await hidesInternalMessages(of: id) ?? false
            let said = try stored { () throws(StorageError) in try store.saidByItself(of: id, in: name) }
            // Nothing is waited for from here on, so that it is kept before anybody else can have changed the ticket.
            var entries: [OutboxEntry] = []
            var events: [TicketEvent] = []
            for (field, was, value) in try newValues(found, of: ticket, said) {
                let before = said.last { $0.work.field == field }?.key ?? ""
                entries.append(entry(.field(field, value: value), Self.key([name, id, field, value, before]), id))
                events.append(
                    TicketEvent(
                        ticket: id, time: clock(), kind: .changed, field: field, from: was, to: value, actor: "casebook"
                    ))
            }
            let note = hidesNotes ? try note(found, for: id, said) : nil
            if let note { entries.append(note) }
            guard !entries.isEmpty else { continue }
            let time = clock()
            try stored { () throws(StorageError) in
                try store.enqueue(
                    entries, events: events, by: AuditEntry(time: time, actor: "casebook", action: .synced))
                if note != nil, let answer = found.answer {
                    let predicted = AuditEntry(time: time, actor: "casebook", action: .predicted)
                    try store.keep([answer.outcome(of: ticket)], by: predicted)
                }
            }
        }
    }

    /// The note that has something to say that the last one does not; where notes cannot be changed, one for each occasion.
    private func note(
        _ found: TicketBriefing, for ticket: String, _ said: [OutboxEntry]
    ) throws(Stop) -> OutboxEntry? {
        let name = description.name
        let document = found.document(redactor: redactor)
        guard system.traits.editsMessages else {
            let key = Self.key([name, ticket, found.occasion])
            let isSaid = try isSent(key)
            return found.isEmpty || isSaid ? nil : entry(.note(document), key, ticket)
        }
        // What a note said is not kept, and its key tells it.
        func key(after last: OutboxEntry?) -> String { Self.key([name, ticket, document.plainText, last?.key ?? ""]) }
        let notes = said.filter { if case .note = $0.work { true } else { false } }
        // Who was never told anything is not told that nothing is known.
        guard let last = notes.last else {
            return found.isEmpty ? nil : entry(.note(document), key(after: nil), ticket)
        }
        if last.state != .overruled, last.key == key(after: notes.dropLast().last) { return nil }
        // One that waits makes room for the next, which so follows what was said before it.
        return entry(.note(document), key(after: notes.last { $0.state != .waiting }), ticket)
    }

    /// The fields that get another value: those that are empty or hold what was written from here, as what a person says stands.
    private func newValues(
        _ found: TicketBriefing, of ticket: Ticket, _ said: [OutboxEntry]
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
            let sent = said.filter { $0.work.field == field }.map { $0.work.value ?? "" }
            if value != was, was.isEmpty || sent.contains(was), sent.last != value {
                values.append((field, was, value))
            }
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
            let some = due.prefix(Self.width)
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
        return "n" + digest.prefix(12).hexadecimal
    }
}
