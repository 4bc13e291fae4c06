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

    /// Writes to a ticket.
    ///
    /// - Returns: Whether more may be sent.
    private func write(_ sending: Sending, to link: LinkedTicket) async throws(Stop) -> Bool {
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

    /// Has entries wait for a while, as their ticket could not be read.
    private func putOff(_ entries: [OutboxEntry]) throws(Stop) {
        let now = clock().seconds
        try progress(
            entries.map { entry in
                let wait = Backoff.seconds(after: entry.attempts + 1, asked: nil, random: random())
                return .init(
                    number: entry.number, state: entry.state, notBefore: Instant(seconds: now + wait),
                    fault: entry.fault)
            })
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
    private func open(of ticket: String) throws(Stop) -> Set<Int> {
        let name = description.name
        return Set(try stored { () throws(StorageError) in try store.outbox(of: ticket, in: name) }.map(\.number))
    }

    /// Opens a ticket that the system does not have yet.
    private func open(_ ticket: String, _ outbox: [OutboxEntry]) async throws(Stop) -> Bool {
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

    func progress(_ items: [SyncStep.Progress]) throws(Stop) {
        count(items)
        var step = SyncStep()
        step.progress = items
        try keep(step, isNews: false)
    }
}
