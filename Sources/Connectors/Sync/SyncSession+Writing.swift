internal import Records
internal import Storage

extension SyncSession {
    /// Writes to a ticket.
    ///
    /// - Returns: Whether more may be sent.
    func write(_ sending: Sending, to link: LinkedTicket) async throws(Stop) -> Bool {
        let settled = Instant(
            seconds: clock().seconds + max(Sending.settling, min(Sending.unattended, system.traits.longestRequest)))
        try progress(
            sending.entries.map { .init(number: $0.number, state: .sending, notBefore: settled, fault: $0.fault) })
        guard try stand(sending.entries) else { return true }
        let reading = begin()
        underWay.formUnion(sending.entries.map(\.number))
        defer {
            end(reading)
            underWay.subtract(sending.entries.map(\.number))
        }
        let system = system
        let ticket = RemoteTicket(link, in: description)
        var change = sending.change
        if let whole = change.message?.document { change.message?.document = fitting(whole, in: link.ticket) }
        let answer = await Asking.result(ofOneTicket: true) { [change] () async throws(SystemFault) in
            try await system.write(change, to: ticket)
        }
        switch answer {
        case .success(let written?):
            _ = try asked(answer)
            try await arrived(sending, written, reading)
            return true
        case .success(nil) where sending.change.message != nil:
            // The version that the message made is read when it is needed.
            try messagesArrived(sending)
            return true
        case .success(nil):
            let again = await Asking.result(ofOneTicket: true) { () async throws(SystemFault) in
                try await system.ticket(ticket.id)
            }
            guard case let remote?? = try asked(again) else {
                try ended(sending)
                return false
            }
            try await arrived(sending, remote, reading)
            return true
        case .failure(let fault):
            try progress(
                sending.progress(
                    after: fault, system: description, redactor: redactor, at: clock(), random: random(),
                    longest: system.traits.longestRequest))
            // That somebody else was quicker is no fault, unless it goes on.
            if fault != .stale || sending.entries.contains(where: { $0.attempts >= Sending.haste }) {
                try failed(fault)
            }
            guard fault == .stale || fault == .missing else { return !fault.isPassing }
            let left = try await readAgain([link.remote])
            if !left.failed.isEmpty, fault == .stale { try putOff(sending.entries) }
            return left.isEmpty && fault == .stale
        }
    }

    /// Compares what was wanted with what is there now.
    ///
    /// - Parameter undone: The entries that arrived and were undone at once; nil while nobody has asked.
    private func arrived(
        _ sending: Sending, _ remote: RemoteTicket, _ reading: Reading, undone: Set<Int>? = nil
    ) async throws(Stop) {
        // Of what has changed since, another reading tells what became of the fields.
        guard !isPast(remote.id, reading) else {
            touch(remote.id)
            try ended(sending)
            return try messagesArrived(sending)
        }
        let name = description.name
        let link = try stored { () throws(StorageError) in try store.links(to: [remote.id], in: name) }[remote.id]
        guard link != nil else { return }
        let sent = Set(sending.entries.map(\.number))
        var known = try known(link, remote, [], answered: sent)
        let open = Set(known.outbox.map(\.number))
        known.outbox = known.outbox.filter { entry in
            (sent.contains(entry.number) || entry.state == .waiting) && undone?.contains(entry.number) != true
        }
        var step = arrival(reading).step(remote, messages: nil, known: known, people: people.people)
        let decided = Set(step.progress.map(\.number))
        let left = sending.entries.filter { open.contains($0.number) && !decided.contains($0.number) }
        if undone == nil, left.contains(where: { $0.work.field != nil }) {
            guard let found = try await self.undone(left, in: remote, since: reading) else {
                try ended(sending)
                return try messagesArrived(sending)
            }
            return try await arrived(sending, remote, reading, undone: found)
        }
        for entry in left {
            if entry.work.isMessage {
                step.progress.append(answered(entry))
            } else if undone?.contains(entry.number) == true {
                step.progress.append(.init(number: entry.number, state: .overruled))
            } else {
                // It was answered that it is done, and it is not: asking again would change nothing.
                let kept = entry.work.field.flatMap { known.link?.values[$0] }.map { ": it kept \"\($0)\"" } ?? ""
                let fault = redactor.redact(RawText(Self.undone + kept))
                step.progress.append(.init(number: entry.number, state: .dead, fault: fault))
            }
        }
        count(step.progress)
        try keep(step, isNews: true)
    }

    /// The request was answered: what came of it is there for whoever reads from now on.
    private func ended(_ sending: Sending) throws(Stop) {
        let now = clock()
        try progress(
            sending.entries.filter { !$0.work.isMessage }.map {
                .init(number: $0.number, state: .sending, notBefore: now, fault: $0.fault)
            })
    }

    /// The entries whose values the history of a ticket shows, though it has others now; nil when it cannot be asked at present.
    private func undone(
        _ entries: [OutboxEntry], in remote: RemoteTicket, since reading: Reading
    ) async throws(Stop) -> Set<Int>? {
        let system = system
        let answer = await Asking.result(ofOneTicket: system.traits.asksOneByOne) {
            () async throws(SystemFault) in try await system.history(of: [remote])
        }
        // Times go in seconds.
        if case .failure(let fault) = answer, fault.isPassing {
            try failed(fault)
            return nil
        }
        let changes =
            try asked(answer)?[remote.id]?.changes.filter { $0.time.seconds >= reading.readAt.seconds - 1 } ?? []
        let found = entries.filter { entry in
            guard let field = entry.work.field.flatMap({ description.field(named: $0) }) else { return false }
            let value = entry.work.value.map { description.theirs($0, of: field) } ?? ""
            return changes.contains { $0.field == field && $0.to == value }
        }
        return Set(found.map(\.number))
    }

    /// Takes note that messages were answered, but for those that the feed has shown meanwhile.
    private func messagesArrived(_ sending: Sending) throws(Stop) {
        var open: Set<Int> = []
        if let ticket = sending.entries.first?.ticket { open = try self.open(of: ticket) }
        let arrived = sending.entries.filter { $0.work.isMessage && open.contains($0.number) }
        try progress(arrived.map(answered))
    }

    /// What is still to be done for a ticket.
    func open(of ticket: String) throws(Stop) -> Set<Int> {
        let name = description.name
        return Set(try stored { () throws(StorageError) in try store.outbox(of: ticket, in: name) }.map(\.number))
    }
}
