public import Records
public import Storage

/// Keeps the tickets of one system the same on both sides.
///
/// All that has to survive is in the store, in transactions that are made before and after each request, so that the process may be
/// killed at any instruction: what was being sent is looked for before it is sent again. One session a system and store runs at a time.
public actor SyncSession {
    /// What is known of a ticket; nil when nothing is.
    public typealias Briefing = @Sendable (Ticket) async -> TicketBriefing?

    /// Why a session cannot go on.
    public enum Stop: Error, Sendable {
        /// The store failed.
        case store(StorageError)
        /// The system refuses everything until a person has done something.
        case system(SystemFault)
    }

    /// The tickets that are read or written at the same time.
    static let width = 16

    let description: SystemDescription
    let system: any TicketSystem
    let store: TenantStore
    let redactor: Redactor
    let clock: @Sendable () -> Instant
    let random: @Sendable () -> Double
    private(set) var report = SyncReport()
    private(set) var breaker = CircuitBreaker()
    var people = KnownPeople()
    let briefing: Briefing?
    private var touched: [String] = []
    /// The tickets whose notes are due, by their ids here.
    private var due: Set<String> = []
    private var lookedAt: Instant?
    /// Whether the feed had nothing more when it was read last.
    private var isRead = false
    private var reconciledAt: Instant?
    private var hasAsked = false

    /// The time of a reading by the clock of the system; long ago while no answer has told it, so that all is read again.
    var readingTime: Instant { hasAsked ? system.now : Instant(seconds: 0) }

    /// Creates a session.
    ///
    /// - Parameters:
    ///   - description: The system.
    ///   - system: The way to it.
    ///   - store: The tenant's store, with its key.
    ///   - redactor: The tenant's redactor.
    ///   - briefing: What stands in the notes of tickets; nil where no notes are written.
    ///   - clock: Tells the time.
    ///   - random: Numbers in 0..<1.
    public init(
        _ description: SystemDescription, system: any TicketSystem, store: TenantStore, redactor: Redactor,
        briefing: Briefing? = nil, clock: @escaping @Sendable () -> Instant, random: @escaping @Sendable () -> Double
    ) {
        self.description = description
        self.system = system
        self.store = store
        self.redactor = redactor
        self.briefing = briefing
        self.clock = clock
        self.random = random
    }

    /// Has a ticket read as soon as possible, as a web hook asks for.
    public func touch(_ remote: String) {
        // Each once; what is too much comes with the feed.
        if touched.count < 100_000, !touched.contains(remote) { touched.append(remote) }
    }

    /// Has all open tickets read again: what was deleted stands in the feeds of few systems.
    public func reconcile() throws(Stop) {
        let name = description.name
        let open = try stored { () throws(StorageError) in Set(try store.tickets(.open).map(\.id)) }
        let links = try stored { () throws(StorageError) in try store.links(in: name) }
        for link in links where link.fate == .present && open.contains(link.ticket) { touch(link.remote) }
        reconciledAt = clock()
    }

    /// The seconds after which a session that goes on for good looks at all open tickets again.
    private static let reconciling = 86_400.0

    /// What was done since the last time that it was asked for.
    public func takeReport() -> SyncReport {
        defer { report = SyncReport() }
        report.isRead = isRead
        return report
    }

    /// Goes on until nothing is left to be read or sent, or no more than what may not be sent before some time after `deadline`.
    ///
    /// - Parameters:
    ///   - start: What changed before this time is not read when nothing was ever read of this system.
    ///   - deadline: When to stop at the latest.
    /// - Throws: ``Stop``.
    public func catchUp(from start: Instant, until deadline: Instant) async throws(Stop) {
        isRead = false
        while clock() < deadline, !Task.isCancelled {
            try await advance(from: start)
            let next = try stored { () throws(StorageError) in try store.nextSending(to: description.name) }
            if isRead, touched.isEmpty, due.isEmpty, next == nil { return }
            guard await pause(until: next, deadline: deadline) else { return }
        }
    }

    /// Goes on until the task is cancelled; a system that refuses everything is asked again after a while.
    public func run(from start: Instant) async throws(Stop) {
        reconciledAt = reconciledAt ?? clock()
        while !Task.isCancelled {
            do throws(Stop) {
                if let reconciledAt, clock().seconds - reconciledAt.seconds > Self.reconciling { try reconcile() }
                try await advance(from: start)
            } catch {
                guard case .system = error else { throw error }
            }
            if touched.isEmpty, due.isEmpty { await rest(seconds: Self.idle) }
        }
    }

    /// The seconds between two looks at the outbox and at what web hooks have named.
    private static let idle = 0.02

    /// Reads and sends what can be read and sent at once.
    private func advance(from start: Instant) async throws(Stop) {
        if !isRead || feedIsDue { isRead = try await readFeed(from: start) }
        try await readTouched()
        try await enrich()
        try await send()
    }

    private var feedIsDue: Bool {
        guard let lookedAt else { return true }
        return clock().seconds - lookedAt.seconds >= system.traits.feedInterval
    }

    /// Waits until something can be done; false when that is after the deadline.
    private func pause(until next: Instant?, deadline: Instant) async -> Bool {
        let now = clock()
        var wake = isRead ? next ?? now : now
        if let closed = breaker.notBefore(now) { wake = max(wake, closed) }
        guard wake < deadline else { return false }
        await rest(seconds: min(1, max(0, wake.seconds - now.seconds)))
        return true
    }

    private func rest(seconds: Double) async {
        if seconds > 0 { try? await Task.sleep(for: .milliseconds(Int64(seconds * 1_000) + 1)) }
    }

    /// Reads the next page of the feed.
    ///
    /// - Returns: Whether there is nothing more at present.
    private func readFeed(from start: Instant) async throws(Stop) -> Bool {
        guard breaker.notBefore(clock()) == nil else { return false }
        let name = description.name
        let cursor = try stored { () throws(StorageError) in try store.syncCursor(of: name) }.map(FeedCursor.init)
        let readAt = readingTime
        let system = system
        let answer = await Asking.result { () async throws(SystemFault) in
            try await system.changes(after: cursor, from: start)
        }
        guard let page = try asked(answer) else { return false }
        lookedAt = clock()
        for line in page.unreadable { report.note(redactor.redact(RawText(line))) }
        let fresh = try await unseen(page.tickets)
        for chunk in fresh.chunks(of: Self.width * system.traits.messagesAtATime) {
            guard try await take(chunk, readAt: readAt) else { return false }
        }
        if page.next != cursor {
            var step = SyncStep()
            step.cursor = page.next.text
            try keep(step, isNews: false)
        }
        return page.isLast
    }

    /// The tickets of a page that are not known to be as they are.
    private func unseen(_ tickets: [RemoteTicket]) async throws(Stop) -> [RemoteTicket] {
        let name = description.name
        let links = try stored { () throws(StorageError) in try store.links(to: tickets.map(\.id), in: name) }
        // Of several in one page the last one is the ticket as it is.
        var latest: [String: RemoteTicket] = [:]
        for ticket in tickets { latest[ticket.id] = ticket }
        var seen: Set<String> = []
        return tickets.compactMap { ticket in
            guard seen.insert(ticket.id).inserted, let ticket = latest[ticket.id] else { return nil }
            guard let link = links[ticket.id] else { return ticket }
            // The index of a system may show what was so before.
            if ticket.updatedAt < link.updatedAt { return nil }
            let isSame =
                ticket.updatedAt == link.updatedAt && (ticket.version.isEmpty || ticket.version == link.version)
            // Clocks go in seconds: what changed in the second of the last reading looks the same.
            return isSame && link.readAt.seconds > link.updatedAt.seconds + 1 && ticket.fate == fate(link)
                ? nil : ticket
        }
    }

    private func fate(_ link: LinkedTicket) -> RemoteTicket.Fate {
        switch link.fate {
        case .present: .present
        case .deleted: .deleted
        case .merged(let other): .merged(into: other)
        case .moved: .present
        }
    }

    /// Reads the tickets that a web hook has named.
    private func readTouched() async throws(Stop) {
        guard !touched.isEmpty, breaker.notBefore(clock()) == nil else { return }
        let ids = Array(touched.prefix(Self.width))
        touched.removeFirst(ids.count)
        for id in try await readAgain(ids) { touch(id) }
    }

    /// Reads tickets and merges them.
    ///
    /// - Returns: Those that could not be read now.
    @discardableResult
    func readAgain(_ ids: [String]) async throws(Stop) -> [String] {
        let readAt = readingTime
        let system = system
        let results = await concurrently(ids) { id async -> (String, Result<RemoteTicket?, SystemFault>) in
            (id, await Asking.result { () async throws(SystemFault) in try await system.ticket(id) })
        }
        var found: [RemoteTicket] = []
        var left: [String] = []
        for (id, result) in results {
            switch result {
            case .success(let ticket?): found.append(ticket)
            case .success(nil), .failure(.missing), .failure(.gone): try lost(id)
            case .failure(let fault):
                try failed(fault)
                if fault.isPassing { left.append(id) }
            }
        }
        if !found.isEmpty {
            breaker.succeed()
            if try await !take(found, readAt: readAt) { left += found.map(\.id) }
        }
        return left
    }

    /// A ticket is not there any more.
    private func lost(_ id: String) throws(Stop) {
        let name = description.name
        guard var link = try stored({ () throws(StorageError) in try store.links(to: [id], in: name) })[id],
            link.fate == .present
        else { return }
        let outbox = try stored { () throws(StorageError) in try store.outbox(of: link.ticket, in: name) }
        let ticket = try stored { () throws(StorageError) in try store.ticket(link.ticket) }
        let remote = RemoteTicket(
            id: id, number: link.number, version: link.version, createdAt: link.updatedAt, updatedAt: clock(),
            fate: .deleted,
            fields: [:])
        link.fate = .deleted
        var step = arrival(readAt: link.readAt).step(
            remote, messages: nil, known: .init(link: link, ticket: ticket, outbox: outbox), people: .init())
        step.links = [link]
        report.add(step.progress)
        try keep(step, isNews: true)
    }

    /// Reads the messages of tickets, and merges both.
    ///
    /// - Returns: Whether all of them were taken; if not, they have to be read again.
    func take(_ tickets: [RemoteTicket], readAt: Instant) async throws(Stop) -> Bool {
        let system = system
        let whole = tickets.filter { !$0.version.isEmpty }
        let partial = tickets.filter(\.version.isEmpty).map(\.id)
        if !partial.isEmpty, try await !readAgain(partial).isEmpty { return false }
        let chunks = whole.chunks(of: system.traits.messagesAtATime)
        typealias Told = ([RemoteTicket], Result<[String: [RemoteMessage]], SystemFault>)
        let results = await concurrently(chunks) { chunk async -> Told in
            let present = chunk.filter { $0.fate == .present }
            return (
                chunk, await Asking.result { () async throws(SystemFault) in try await system.messages(of: present) }
            )
        }
        var isWhole = true
        var read: [(RemoteTicket, [RemoteMessage]?)] = []
        for (chunk, result) in results {
            switch result {
            case .success(let messages): read += chunk.map { ($0, $0.fate == .present ? messages[$0.id] ?? [] : nil) }
            case .failure(let fault):
                try failed(fault)
                if fault.isPassing {
                    isWhole = false
                } else {
                    // One ticket whose messages are refused does not keep the others back.
                    read += chunk.map { ($0, nil) }
                }
            }
        }
        try await learnPeople(read)
        try merge(read, readAt: readAt)
        return isWhole
    }

    private func learnPeople(_ read: [(RemoteTicket, [RemoteMessage]?)]) async throws(Stop) {
        // A copy, as the session may do something else meanwhile; what two rounds learn at once is the same.
        var known = people
        for fault in try await known.learn(read, from: system, store: store, as: description.name) { try failed(fault) }
        people = known
    }

    private func merge(_ read: [(RemoteTicket, [RemoteMessage]?)], readAt: Instant) throws(Stop) {
        let arrival = arrival(readAt: readAt)
        let name = description.name
        var steps = SyncStep()
        for (remote, messages) in read {
            var link = try stored { () throws(StorageError) in try store.links(to: [remote.id], in: name) }[remote.id]
            if link == nil { link = try opened(remote, messages ?? [], readAt: readAt) }
            let known = try known(link, messages ?? [])
            note(remote)
            let step = arrival.step(remote, messages: messages, known: known, people: people.people)
            report.add(step, known: link != nil)
            steps.append(step)
        }
        try keep(steps, isNews: true)
        if briefing != nil { due.formUnion(steps.tickets.map(\.ticket.id)) }
    }

    /// The tickets whose notes are due, which are not any more.
    func takeDue() -> [String] {
        let some = due.sorted().prefix(Self.width)
        due.subtract(some)
        return Array(some)
    }

    /// The link of a ticket that was opened from here when it was not learnt that it is there; nil for all others.
    private func opened(
        _ remote: RemoteTicket, _ messages: [RemoteMessage], readAt: Instant
    ) throws(Stop) -> LinkedTicket? {
        let name = description.name
        let keys = [remote.key].compactMap { $0 } + messages.compactMap(\.key)
        let entries = try stored { () throws(StorageError) in try store.outbox(keyed: keys, in: name) }
        let opening = entries.first { if case .opening = $0.work { true } else { false } }
        return opening.map { entry in
            LinkedTicket(
                system: name, remote: remote.id, number: remote.number, ticket: entry.ticket, version: "",
                updatedAt: remote.updatedAt, readAt: readAt)
        }
    }

    func known(_ link: LinkedTicket?, _ messages: [RemoteMessage]) throws(Stop) -> TicketArrival.Known {
        guard let link else { return .init() }
        let name = description.name
        let keys = messages.compactMap(\.key)
        return try stored { () throws(StorageError) in
            let open = try store.outbox(of: link.ticket, in: name)
            let numbers = Set(open.map(\.number))
            let keyed = try store.outbox(keyed: keys, in: name).filter { !numbers.contains($0.number) }
            return .init(
                link: link, ticket: try store.ticket(link.ticket),
                messages: messages.isEmpty ? [] : try store.knownMessages(of: link.remote, in: name),
                outbox: open + keyed, home: try store.home(of: link))
        }
    }

    /// Takes note of words whose meaning nobody has said.
    private func note(_ remote: RemoteTicket) {
        if let status = remote.fields[.status], !description.statuses.knows(status), report.unknownWords.count < 100 {
            report.unknownWords.insert("status: \(status)")
        }
    }

    func arrival(readAt: Instant) -> TicketArrival {
        TicketArrival(description, redactor: redactor, at: clock(), readAt: readAt)
    }

    /// What was answered; nil when nothing was, of which note is taken.
    func asked<Value>(_ answer: Result<Value, SystemFault>) throws(Stop) -> Value? {
        switch answer {
        case .success(let value):
            breaker.succeed()
            hasAsked = true
            return value
        case .failure(let fault):
            try failed(fault)
            return nil
        }
    }

    /// Takes note that a request failed.
    ///
    /// - Throws: ``Stop/system(_:)`` when nothing else can succeed either.
    func failed(_ fault: SystemFault) throws(Stop) {
        // What was given up from here is no fault of the system.
        if Task.isCancelled { return }
        report.note(redactor.redact(RawText("\(description.name): \(fault)")))
        breaker.fail(fault, at: clock(), random: random())
        if fault.stopsAll { throw .system(fault) }
    }

    func count(_ progress: [SyncStep.Progress]) { report.add(progress) }

    func keep(_ step: SyncStep, isNews: Bool) throws(Stop) {
        guard !step.isEmpty else { return }
        let name = description.name
        let entry = isNews ? AuditEntry(time: clock(), actor: name, action: .synced) : nil
        try stored { () throws(StorageError) in try store.keep(step, of: name, by: entry) }
    }

    func stored<Value>(_ body: () throws(StorageError) -> Value) throws(Stop) -> Value {
        do throws(StorageError) {
            return try body()
        } catch {
            throw .store(error)
        }
    }

    /// The results of a request for each item, several at a time, in the order of the items.
    private func concurrently<Item: Sendable, Value: Sendable>(
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
