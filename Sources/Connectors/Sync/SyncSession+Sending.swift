internal import Records
internal import Storage

extension SyncSession {
    /// The requests that one ticket may cost before the others have their turn.
    private static let mostWrites = 16

    /// Sends what waits, several tickets at a time.
    ///
    /// - Returns: Whether something was asked of the system.
    func send() async throws(Stop) -> Bool {
        guard breaker.notBefore(clock()) == nil else { return false }
        let (name, now) = (description.name, clock())
        let tickets = try stored { () throws(StorageError) in
            try store.ticketsToSend(to: name, at: now, limit: Self.width)
        }
        guard !tickets.isEmpty else { return false }
        let results = await withTaskGroup(of: Result<Bool, Stop>.self) { group in
            for ticket in tickets {
                group.addTask {
                    do throws(Stop) {
                        return .success(try await self.send(ticket))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            var results: [Result<Bool, Stop>] = []
            for await result in group { results.append(result) }
            return results
        }
        var hasAsked = false
        for result in results where try result.get() { hasAsked = true }
        return hasAsked
    }

    /// Sends what waits for one ticket, in order, until something keeps it back.
    ///
    /// - Returns: Whether something was asked of the system.
    private func send(_ ticket: String) async throws(Stop) -> Bool {
        let name = description.name
        var (hasAsked, hasLooked) = (false, false)
        for _ in 0..<Self.mostWrites {
            guard !isEnding else { return hasAsked }
            let outbox = try stored { () throws(StorageError) in try store.outbox(of: ticket, in: name) }
            let now = clock()
            guard !outbox.isEmpty else { return hasAsked }
            if try endUnreadable(outbox) { continue }
            guard let link = try link(of: ticket) else {
                guard try await open(ticket, outbox) else { return hasAsked }
                hasAsked = true
                continue
            }
            if link.fate == .deleted {
                // It may have come back since.
                hasAsked = true
                let left = try await readAgain([link.remote])
                if !left.isEmpty {
                    if !left.failed.isEmpty { try putOff(outbox) }
                    return hasAsked
                }
                guard try self.link(of: ticket)?.fate == .deleted else { continue }
                try end(outbox, because: "the ticket was deleted there")
                return hasAsked
            }
            if case .moved(let other) = link.fate {
                try end(outbox, because: "the ticket was moved to \(other)")
                return hasAsked
            }
            // What was being sent is looked for before anything else is sent, so that the order stays.
            if let doubtful = outbox.first(where: { $0.state == .sending && !isAwaited($0, at: now) }) {
                guard doubtful.notBefore <= now else { return hasAsked }
                hasAsked = true
                if doubtful.work.isMessage, let own = try mergedLink(of: ticket) {
                    guard try await settle(doubtful, in: [own, link]) else { return hasAsked }
                    continue
                }
                // What another reading has brought meanwhile is no failure, and is looked for once more at once.
                let left = try await readAgain([link.remote])
                guard left.outdated.isEmpty else { return hasAsked }
                let open = try stored { () throws(StorageError) in try store.outbox(of: ticket, in: name) }
                let isSame = open.contains { $0.number == doubtful.number && $0.state == .sending }
                if isSame, unseen.contains(doubtful.number), let fault = left.failed[link.remote], !fault.isPassing {
                    try endUnseen(doubtful, because: fault)
                } else if isSame {
                    try putOff([doubtful])
                    return hasAsked
                }
                continue
            }
            guard let first = outbox.first(where: { $0.state == .waiting }), first.notBefore <= now else {
                return hasAsked
            }
            if try endUnknown(outbox) { continue }
            if outbox.contains(where: \.work.isForTheTeam) {
                guard let hides = try await hidesInternalMessages(of: ticket) else {
                    try putOff([first])
                    return true
                }
                if !hides {
                    try endInternal(outbox)
                    continue
                }
            }
            if case .note = first.work, !hasLooked, try isUnseen(noteBefore: first, link) {
                (hasAsked, hasLooked) = (true, true)
                guard try await readAgain([link.remote]).failed.isEmpty else {
                    try putOff([first])
                    return hasAsked
                }
                // Another note may have taken its place meanwhile.
                continue
            }
            let note = try stored { () throws(StorageError) in try store.noteMessage(of: link.remote, in: name) }
            guard
                let sending = Sending(next: outbox, note: system.traits.editsMessages ? note : nil, system: description)
            else { return hasAsked }
            hasAsked = true
            guard try await write(sending, to: link) else { return hasAsked }
        }
        return hasAsked
    }

    /// The ticket of the system that a ticket was before it was merged; nil for one that was not.
    private func mergedLink(of ticket: String) throws(Stop) -> LinkedTicket? {
        let name = description.name
        return try stored { () throws(StorageError) in
            try store.links(of: ticket).first { link in
                if link.system == name, case .merged = link.fate { true } else { false }
            }
        }
    }

    /// Looks whether a message has arrived in a ticket that was merged meanwhile, of which nothing is read any more, or in the one in which it lives on.
    ///
    /// - Returns: Whether that is known now.
    private func settle(_ entry: OutboxEntry, in places: [LinkedTicket]) async throws(Stop) -> Bool {
        let system = system
        var isThere = false
        for place in places where !isThere {
            let ticket = RemoteTicket(place, in: description)
            let answer = await Asking.result(ofOneTicket: system.traits.asksOneByOne) {
                () async throws(SystemFault) in try await system.messages(of: [ticket])
            }
            guard let messages = try asked(answer)?[ticket.id] else {
                try putOff([entry])
                return false
            }
            isThere = messages.contains { $0.key == entry.key }
        }
        try progress([.init(number: entry.number, state: isThere ? .done : .waiting)])
        return true
    }

    /// Whether the note whose place the next one is to take has arrived and its id is not known yet.
    private func isUnseen(noteBefore entry: OutboxEntry, _ link: LinkedTicket) throws(Stop) -> Bool {
        let name = description.name
        guard system.traits.editsMessages else { return false }
        return try stored { () throws(StorageError) in
            let last = try store.saidByItself(of: entry.ticket, in: name).last {
                if case .note = $0.work { $0.state == .done } else { false }
            }
            guard let last else { return false }
            return try !store.knownMessages(of: link.remote, in: name).values.contains(last.key)
        }
    }

    /// The ticket of the system that a ticket is, or lives on in.
    func link(of ticket: String) throws(Stop) -> LinkedTicket? {
        let name = description.name
        return try stored { () throws(StorageError) in
            guard var link = try store.links(of: ticket).first(where: { $0.system == name }) else { return nil }
            // A chain of mergers ends; a ring of them is none.
            for _ in 0..<8 {
                guard case .merged(let other) = link.fate, let next = try store.links(to: [other], in: name)[other]
                else { break }
                link = next
            }
            return link
        }
    }

    /// Has entries wait for a while, as their ticket could not be read.
    func putOff(_ entries: [OutboxEntry]) throws(Stop) {
        let now = clock().seconds
        try progress(
            entries.map { entry in
                let wait = Backoff.seconds(after: entry.attempts + 1, asked: nil, random: random())
                return .init(
                    number: entry.number, state: entry.state, notBefore: Instant(seconds: now + wait),
                    fault: entry.fault)
            })
    }

    func progress(_ items: [SyncStep.Progress]) throws(Stop) {
        count(items)
        var step = SyncStep()
        step.progress = items
        try keep(step, isNews: false)
    }
}
