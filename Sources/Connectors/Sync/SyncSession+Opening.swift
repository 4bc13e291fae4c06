internal import Records
internal import Storage

extension SyncSession {
    /// Opens a ticket that the system does not have yet.
    func open(_ ticket: String, _ outbox: [OutboxEntry]) async throws(Stop) -> Bool {
        guard let entry = outbox.first(where: { if case .opening = $0.work { true } else { false } }),
            case .opening(let place) = entry.work
        else {
            try end(outbox, because: "the system has no such ticket")
            return false
        }
        let now = clock()
        guard entry.notBefore <= now, let known = try stored({ () throws(StorageError) in try store.ticket(ticket) })
        else {
            return false
        }
        let reading = begin()
        defer { end(reading) }
        let system = system
        let draft = TicketDraft(
            subject: known.subject, document: fitting(Document(known.body), in: ticket), place: place)
        // Whether it was opened is asked of an index, which may be late.
        let settling = max(Sending.settling, system.traits.openingLag)
        // After a doubt the ticket may be there already.
        var answer = Result<RemoteTicket?, SystemFault>.success(nil)
        if entry.state == .sending {
            answer = await Asking.result { () async throws(SystemFault) in try await system.ticket(keyed: entry.key) }
        }
        if case .success(nil) = answer {
            let settled = Instant(seconds: now.seconds + settling)
            try progress([.init(number: entry.number, state: .sending, notBefore: settled)])
            answer = await Asking.result { () async throws(SystemFault) in
                try await system.create(draft, key: entry.key)
            }
        }
        guard case .success(let remote?) = answer else {
            if case .failure(let fault) = answer, let sending = Sending(opening: entry) {
                try progress(
                    sending.progress(
                        after: fault, system: description, redactor: redactor, at: clock(), random: random(),
                        settling: settling, longest: system.traits.longestRequest))
            }
            _ = try asked(answer)
            return false
        }
        _ = try asked(answer)
        if isPast(remote.id, reading), try !open(of: ticket).contains(entry.number) {
            // The feed has brought it already.
            touch(remote.id)
            return true
        }
        let link = LinkedTicket(
            system: description.name, remote: remote.id, number: remote.number, ticket: ticket, version: "",
            updatedAt: remote.updatedAt, readAt: reading.readAt)
        let step = arrival(reading).step(
            remote, messages: nil, known: .init(link: link, ticket: known, outbox: [entry]), people: people.people)
        count(step.progress)
        try keep(step, isNews: true)
        return true
    }
}
