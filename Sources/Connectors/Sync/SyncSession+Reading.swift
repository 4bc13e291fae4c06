internal import Records
internal import Storage

extension SyncSession {
    /// A reading of tickets, whose results come some time after it began.
    struct Reading {
        fileprivate let place: ReadingOrder.Beginning
        /// When it began, here.
        let begunAt: Instant
        /// When it began, by the clock of the system; long ago while no answer has told it, so that all is read again.
        let readAt: Instant
        /// The tickets of which only the messages are insisted on: their history, and who is who in them, failed many times.
        var isYielding: Set<String> = []
    }

    /// Begins a reading, which ``end(_:)`` ends.
    func begin() -> Reading {
        Reading(place: order.begin(), begunAt: clock(), readAt: hasAsked ? system.now : Instant(seconds: 0))
    }

    func end(_ reading: Reading) { order.end(reading.place) }

    /// Whether a ticket was merged since a reading began, which may therefore show it as it was before.
    func isPast(_ remote: String, _ reading: Reading) -> Bool { order.isMerged(remote, since: reading.place) }

    /// Reads the next page of the feed.
    ///
    /// - Returns: Whether there is nothing more at present; nil when it could not be read.
    func readFeed(from start: Instant) async throws(Stop) -> Bool? {
        guard breaker.notBefore(clock()) == nil else { return nil }
        let name = description.name
        let cursor = try stored { () throws(StorageError) in try store.syncCursor(of: name) }.map(FeedCursor.init)
        let reading = begin()
        defer { end(reading) }
        let system = system
        let answer = await Asking.result { () async throws(SystemFault) in
            try await system.changes(after: cursor, from: start)
        }
        // What was given up from here says nothing.
        if !Task.isCancelled {
            refusal = nil
            if case .failure(let fault) = answer, !fault.isPassing { refusal = fault }
        }
        guard let page = try asked(answer) else { return nil }
        lookedAt = clock()
        for line in page.unreadable { note(redactor.redact(RawText(line))) }
        let fresh = try unseen(page.tickets)
        var step = SyncStep()
        for chunk in fresh.chunks(of: Self.width * system.traits.messagesAtATime) {
            var left = try await take(chunk, reading)
            let outdated = left.outdated
            left.outdated = []
            left.add(try await readAgain(outdated))
            // What nothing can be asked of shows the page again; one ticket that cannot be read does not keep it back.
            let isAnswering = breaker.notBefore(clock()) == nil && !Task.isCancelled
            guard isAnswering || left.isEmpty else { return nil }
            step.unread += unread(left)
            for ticket in chunk where left.contains(ticket.id) { shown[ticket.id] = Self.state(ticket) }
        }
        if page.next != cursor { step.cursor = page.next.text }
        try keep(step, isNews: false)
        return page.isLast
    }

    /// The tickets of a page that are not known to be as they are.
    private func unseen(_ tickets: [RemoteTicket]) throws(Stop) -> [RemoteTicket] {
        let name = description.name
        let links = try stored { () throws(StorageError) in try store.links(to: tickets.map(\.id), in: name) }
        // What could not be read is tried again when it is due, however often the feed shows it.
        let unread = try stored { () throws(StorageError) in
            try store.failedTickets(among: tickets.map(\.id), of: name)
        }
        // Of several in one page the last one is the ticket as it is.
        var latest: [String: RemoteTicket] = [:]
        for ticket in tickets { latest[ticket.id] = ticket }
        var seen: Set<String> = []
        return tickets.compactMap { ticket in
            guard seen.insert(ticket.id).inserted, let ticket = latest[ticket.id] else { return nil }
            guard !unread.contains(ticket.id) else {
                // What has changed since may be read by now; a reading that is under way may show it as it was before.
                guard shown.updateValue(Self.state(ticket), forKey: ticket.id) != Self.state(ticket) else { return nil }
                order.merge(ticket.id)
                return ticket
            }
            return links[ticket.id].map { isKnown(ticket, $0) } == true ? nil : ticket
        }
    }

    /// How the feed shows a ticket.
    private static func state(_ ticket: RemoteTicket) -> String { ticket.version + ticket.updatedAt.iso8601 }

    /// Whether nothing of a ticket has changed since it was read last.
    private func isKnown(_ ticket: RemoteTicket, _ link: LinkedTicket) -> Bool {
        // The index of a system may show what was so before; a time that has not come yet is of a clock that was wrong.
        if ticket.updatedAt < link.updatedAt, link.updatedAt <= system.now { return true }
        let isSame = ticket.updatedAt == link.updatedAt && (ticket.version.isEmpty || ticket.version == link.version)
        // Clocks go in seconds: what changed in the second of the last reading looks the same.
        return isSame && link.readAt.seconds > link.updatedAt.seconds + 1 && ticket.fate == fate(link)
    }

    private func fate(_ link: LinkedTicket) -> RemoteTicket.Fate {
        switch link.fate {
        case .present: .present
        case .deleted: .deleted
        case .merged(let other): .merged(into: other)
        case .moved: .present
        }
    }

    /// Reads the messages of tickets, and merges both.
    ///
    /// - Parameter areWhole: Whether they were asked for one by one, so that nothing more of them can be had.
    func take(_ tickets: [RemoteTicket], _ reading: Reading, areWhole: Bool = false) async throws(Stop) -> Left {
        let name = description.name
        let forgotten = try forgotten(among: tickets)
        let tickets = tickets.filter { !forgotten.contains($0.id) }
        let whole = tickets.filter { areWhole || !$0.version.isEmpty }
        let partial = areWhole ? [] : tickets.filter(\.version.isEmpty).map(\.id)
        var left = try await readAgain(partial)
        let known = try stored { () throws(StorageError) in try store.links(to: whole.map(\.id), in: name) }
        let news = whole.filter { known[$0.id] == nil && $0.hasPast }
        var (told, refused) = try await histories(of: news, reading, &left)
        let others = whole.filter { known[$0.id] != nil || !$0.hasPast }
        told.merge(try await messages(of: others + refused, &left)) { $1 }
        var read = whole.compactMap { ticket in told[ticket.id].map { (ticket, $0) } }
        let unknown = try await learnPeople(read, reading)
        read.removeAll { unknown[$0.0.id] != nil }
        left.failed.merge(unknown) { $1 }
        for line in system.takeOmissions() { note(redactor.redact(RawText("\(name): \(line)"))) }
        left.outdated += try merge(read, reading)
        return left
    }

    /// What happened to tickets before they were read for the first time, and the tickets of which that is not told.
    private func histories(
        of tickets: [RemoteTicket], _ reading: Reading, _ left: inout Left
    ) async throws(Stop) -> (told: [String: RemoteHistory?], refused: [RemoteTicket]) {
        let system = system
        let chunks = tickets.chunks(of: system.traits.messagesAtATime)
        let results = await concurrently(chunks) { chunk async in
            await Asking.result(ofOneTicket: system.traits.asksOneByOne) {
                () async throws(SystemFault) in try await system.history(of: chunk)
            }
        }
        var told: [String: RemoteHistory?] = [:]
        var refused: [RemoteTicket] = []
        for (chunk, result) in zip(chunks, results) {
            switch result {
            case .success(let histories):
                for ticket in chunk { told[ticket.id] = .some(histories[ticket.id] ?? RemoteHistory()) }
            case .failure(let fault):
                for ticket in chunk {
                    // What cannot be told for long must not keep the ticket back.
                    if !fault.isPassing || reading.isYielding.contains(ticket.id) {
                        refused.append(ticket)
                    } else {
                        left.failed[ticket.id] = fault
                    }
                }
            }
        }
        try answered(results)
        return (told, refused)
    }

    /// The messages of tickets, nil where they are refused; those that cannot be read now, or are refused, are left.
    private func messages(
        of tickets: [RemoteTicket], _ left: inout Left
    ) async throws(Stop) -> [String: RemoteHistory?] {
        let system = system
        let chunks = tickets.chunks(of: system.traits.messagesAtATime)
        let results = await concurrently(chunks) { chunk async in
            let present = chunk.filter { $0.fate == .present }
            return await Asking.result(ofOneTicket: system.traits.asksOneByOne) {
                () async throws(SystemFault) in try await system.messages(of: present)
            }
        }
        var told: [String: RemoteHistory?] = [:]
        for (chunk, result) in zip(chunks, results) {
            switch result {
            case .success(let messages):
                for ticket in chunk {
                    let isThere = ticket.fate == .present
                    told[ticket.id] = .some(isThere ? RemoteHistory(messages: messages[ticket.id] ?? []) : nil)
                }
            case .failure(let fault) where !fault.isPassing && chunk.count > 1:
                // One ticket whose messages are refused does not keep the others back.
                for ticket in chunk { told.merge(try await self.messages(of: [ticket], &left)) { $1 } }
            case .failure(let fault):
                for ticket in chunk {
                    left.failed[ticket.id] = fault
                    if !fault.isPassing { told[ticket.id] = .some(nil) }
                }
            }
        }
        try answered(results)
        return told
    }

    /// Learns who is who in tickets, so that it is known whose messages they are and whose names are not to be kept.
    ///
    /// - Returns: The tickets of which it could not be told now.
    private func learnPeople(
        _ read: [(RemoteTicket, RemoteHistory?)], _ reading: Reading
    ) async throws(Stop) -> [String: SystemFault] {
        // A copy, as the session may do something else meanwhile; what another round has learnt is asked for again.
        var known = people
        let (faults, left) = try await known.learn(
            read.map { ($0, $1?.messages) }, from: system, store: store, customers: customers,
            as: description.name, at: clock())
        let names = known.takeNames()
        if !names.people.isEmpty || !names.companies.isEmpty {
            customers.learn(people: names.people, companies: names.companies)
        }
        people = known
        for fault in faults { try failed(fault) }
        return left.filter { !reading.isYielding.contains($0.key) }
    }

    /// Those of some tickets that were erased here, or were too old and are not open again.
    private func forgotten(among tickets: [RemoteTicket]) throws(Stop) -> Set<String> {
        let name = description.name
        let resolved = tickets.filter { ticket in
            let status = ticket.fields[.status].map { description.ours($0, of: .status) } ?? ""
            return ticket.fate != .present || TicketStatus(rawValue: status)?.isResolved ?? false
        }
        return try stored { () throws(StorageError) in
            try store.forgotten(among: tickets.map(\.id), resolved: Set(resolved.map(\.id)), in: name)
        }
    }

    /// Merges tickets with what is known of them.
    ///
    /// - Returns: Those that were merged since the reading began and may have been read before.
    private func merge(_ read: [(RemoteTicket, RemoteHistory?)], _ reading: Reading) throws(Stop) -> [String] {
        let arrival = arrival(reading)
        let name = description.name
        var steps = SyncStep()
        var outdated: [String] = []
        // Asked once more, as somebody may have been erased while the requests were under way.
        let forgotten = try forgotten(among: read.map(\.0))
        for (remote, history) in read where !forgotten.contains(remote.id) {
            let messages = history?.messages
            var link = try stored { () throws(StorageError) in try store.links(to: [remote.id], in: name) }[remote.id]
            if isPast(remote.id, reading) {
                if link.map({ isKnown(remote, $0) }) != true { outdated.append(remote.id) }
                continue
            }
            if link == nil { link = try opened(remote, messages ?? [], reading) }
            let known = try known(link, remote, messages ?? [])
            note(remote)
            var step = arrival.step(
                remote, messages: messages, past: history?.changes ?? [], known: known, people: people.people)
            // What came of a request that is under way is known when it is answered.
            step.progress.removeAll { $0.state == .waiting && underWay.contains($0.number) }
            step.progress = confirmed(step.progress, by: messages ?? [], of: known.outbox)
            report.add(step, known: link != nil)
            if messages != nil { step.read.append(remote.id) }
            steps.append(step)
        }
        try keep(steps, isNews: true)
        if briefing != nil { due.formUnion(steps.tickets.map(\.ticket.id)) }
        return outdated
    }

    /// The link of a ticket that was opened from here when it was not learnt that it is there; nil for all others.
    private func opened(
        _ remote: RemoteTicket, _ messages: [RemoteMessage], _ reading: Reading
    ) throws(Stop) -> LinkedTicket? {
        let name = description.name
        let keys = [remote.key].compactMap { $0 } + messages.compactMap(\.key)
        let entries = try stored { () throws(StorageError) in try store.outbox(keyed: keys, in: name) }
        let opening = entries.first { if case .opening = $0.work { true } else { false } }
        return opening.map { entry in
            LinkedTicket(
                system: name, remote: remote.id, number: remote.number, ticket: entry.ticket, version: "",
                updatedAt: remote.updatedAt, readAt: reading.readAt)
        }
    }

    /// What is known of a ticket and of its messages.
    ///
    /// - Parameters:
    ///   - link: The ticket as both sides last agreed on it.
    ///   - remote: The ticket as it was read.
    ///   - messages: Its messages, as far as they were read.
    ///   - answered: The entries of the outbox of which it was answered that they have arrived in this ticket.
    func known(
        _ link: LinkedTicket?, _ remote: RemoteTicket, _ messages: [RemoteMessage], answered: Set<Int> = []
    ) throws(Stop) -> TicketArrival.Known {
        guard let link else { return .init() }
        let name = description.name
        let keys = messages.compactMap(\.key)
        return try stored { () throws(StorageError) in
            // A message may have arrived in a ticket before it was merged, and is not missing because it is not here.
            let open = try store.outbox(of: link.ticket, in: name, andMergedInto: link.remote).filter { entry in
                entry.ticket == link.ticket || !entry.work.isMessage || entry.state == .waiting
                    || answered.contains(entry.number)
            }
            let numbers = Set(open.map(\.number))
            let refused = try store.refused(of: link.ticket).filter { $0.system == name }.compactMap(\.work.field)
            let keyed = try store.outbox(keyed: keys, in: name).filter { !numbers.contains($0.number) }
            let fields = TicketArrival.texts(of: remote, in: description)
            return .init(
                link: link, ticket: try store.ticket(link.ticket),
                unchanged: fields.isEmpty ? [] : try store.unchanged(fields, of: remote.id, in: name),
                messages: messages.isEmpty ? [:] : try store.knownMessages(of: link.remote, in: name),
                outbox: open + keyed, answered: answered, refused: Set(refused), home: try store.home(of: link))
        }
    }

    /// Takes note of words whose meaning nobody has said.
    private func note(_ remote: RemoteTicket) {
        // What has become of a ticket that is gone is no state that anybody has to name.
        guard remote.fate == .present else { return }
        var unknown: [String] = []
        if let status = remote.fields[.status], !description.statuses.knows(status) {
            unknown.append("status: \(status)")
        }
        // Where none is named, all of them stay as they are.
        if let priority = remote.fields[.priority], !description.priorities.known.isEmpty,
            !description.priorities.knows(priority)
        {
            unknown.append("priority: \(priority)")
        }
        for word in unknown where report.unknownWords.count < Self.mostUnknownWords { tellUnknown(word) }
    }

    private static let mostUnknownWords = 100

    func arrival(_ reading: Reading) -> TicketArrival {
        TicketArrival(
            description, redactor: redactor, at: clock(), begunAt: reading.begunAt, readAt: reading.readAt)
    }

    /// The results of a request for each item, several at a time, in the order of the items.
    func concurrently<Item: Sendable, Value: Sendable>(
        _ items: [Item], _ body: @escaping @Sendable (Item) async -> Value
    ) async -> [Value] {
        await withTaskGroup(of: (Int, Value).self) { group in
            var results: [Int: Value] = [:]
            for (place, item) in items.enumerated() {
                if place >= Self.width, let (done, value) = await group.next() { results[done] = value }
                group.addTask { (place, await body(item)) }
            }
            for await (done, value) in group { results[done] = value }
            return items.indices.compactMap { results[$0] }
        }
    }
}

extension Array {
    /// Stretches of some length; the last one may be shorter.
    func chunks(of length: Int) -> [[Element]] {
        stride(from: 0, to: count, by: Swift.max(1, length)).map {
            Array(self[$0..<Swift.min(count, $0 + Swift.max(1, length))])
        }
    }
}

extension RemoteTicket {
    /// Whether it has a history worth asking for; one that is merged goes on elsewhere.
    fileprivate var hasPast: Bool { fate == .present && updatedAt.seconds > createdAt.seconds + 2 }
}
