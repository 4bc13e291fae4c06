internal import Records
internal import Storage

/// What is not sent, or not all of it, as the system could not take it or others than the team could read it.
extension SyncSession {
    /// Ends entries for fields that the description does not name, and for what the system does not have.
    func endUnknown(_ outbox: [OutboxEntry]) throws(Stop) -> Bool {
        let unknown = outbox.filter { entry in
            if let name = entry.work.field { return description.field(named: name) == nil }
            if case .tags = entry.work { return !system.traits.hasTags }
            return false
        }
        try end(unknown, because: "the system has no such field, as far as its description says")
        return !unknown.isEmpty
    }

    /// Ends what the store cannot read any more, so that the rest goes on.
    func endUnreadable(_ outbox: [OutboxEntry]) throws(Stop) -> Bool {
        let unreadable = outbox.filter { $0.work == .unreadable }
        try end(unreadable, because: "what was to be done cannot be read in the store any more")
        return !unreadable.isEmpty
    }

    /// Whether entries still want what they did when they were read: what somebody has said who was erased since does not go out.
    func stand(_ entries: [OutboxEntry]) throws(Stop) -> Bool {
        guard let ticket = entries.first?.ticket else { return false }
        let name = description.name
        let open = try stored { () throws(StorageError) in try store.outbox(of: ticket, in: name) }
        return entries.allSatisfy { entry in open.contains { $0.number == entry.number && $0.work == entry.work } }
    }

    /// Ends messages for the team where customers could read them.
    func endInternal(_ outbox: [OutboxEntry]) throws(Stop) {
        try end(
            outbox.filter(\.work.isForTheTeam),
            because: "customers could read it: there are no internal messages, unless the description says teamOnly")
    }

    /// Whether the team alone can read what is meant for it in a ticket; nil while that cannot be told.
    func hidesInternalMessages(of ticket: String) async throws(Stop) -> Bool? {
        let (system, number) = (system, try link(of: ticket)?.number)
        let answer = await Asking.result { () async throws(SystemFault) in
            try await system.hidesInternalMessages(inTicket: number)
        }
        switch answer {
        case .success(let hides): return hides
        case .failure(let fault):
            try failed(fault)
            return fault.isPassing ? nil : false
        }
    }

    /// As much of a text as the system takes; that it is not all is told.
    func fitting(_ document: Document, in ticket: String) -> Document {
        guard let cut = system.traits.longestText?.cut(document, redactor: redactor) else { return document }
        note(redactor.redact(RawText("\(description.name): a text of \(ticket) is too long there and was cut")))
        return cut
    }

    func end(_ entries: [OutboxEntry], because reason: String) throws(Stop) {
        guard !entries.isEmpty else { return }
        let fault = redactor.redact(RawText(reason))
        try progress(entries.map { .init(number: $0.number, state: .dead, fault: fault) })
    }
}
