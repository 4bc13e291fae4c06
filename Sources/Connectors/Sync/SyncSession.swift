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
        /// The system refuses everything, or its feed, until a person has done something.
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
    var report = SyncReport()
    var breaker = CircuitBreaker()
    var people = KnownPeople()
    let briefing: Briefing?
    /// The tickets that web hooks have named and that were not read since, each once.
    private var touched: [String] = []
    private var isTouched: Set<String> = []
    /// The tickets whose notes are due, by their ids here.
    var due: Set<String> = []
    /// The tickets whose notes are looked at again when nothing else is due, the newest last.
    var reviewed: [String] = []
    /// When the feed was read last.
    var lookedAt: Instant?
    var order = ReadingOrder()
    /// The numbers of the entries of the outbox whose requests have not been answered yet.
    var underWay: Set<Int> = []
    /// The tickets whose histories could not be read when they were asked for first.
    var withoutHistory: Set<String> = []
    /// Whether the feed had nothing more when it was read last.
    private var isRead = false
    /// Why the feed was refused when it was asked for last; nil when it was not.
    var refusal: SystemFault?
    /// When sending begins at the latest; nil once the feed has been read to its end.
    private var sendingFrom: Instant?
    private var reconciledAt: Instant?
    private(set) var hasAsked = false

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
        // What is too much comes with the feed.
        if touched.count < 100_000, isTouched.insert(remote).inserted { touched.append(remote) }
    }

    /// The first tickets that web hooks have named, which are then no longer among them.
    func takeTouched() -> [String] {
        let some = Array(touched.prefix(Self.width))
        touched.removeFirst(some.count)
        isTouched.subtract(some)
        return some
    }

    /// Has all open tickets read again: what was deleted stands in the feeds of few systems.
    public func reconcile() throws(Stop) {
        let (name, now) = (description.name, clock())
        try stored { () throws(StorageError) in try store.readOpenTicketsAgain(of: name, at: now) }
        reconciledAt = now
    }

    /// Has the notes of the open tickets that were opened last looked at again, as more may be known of them now.
    public func review() throws(Stop) {
        guard briefing != nil else { return }
        let name = description.name
        let open = try stored { () throws(StorageError) in try store.tickets(.open) }
        var newest: [String] = []
        for ticket in open.sorted(by: { $0.openedAt > $1.openedAt }) where newest.count < Self.mostReviewed {
            let links = try stored { () throws(StorageError) in try store.links(of: ticket.id) }
            if links.contains(where: { $0.system == name }) { newest.append(ticket.id) }
        }
        reviewed = newest.reversed()
    }

    /// The tickets whose notes are looked at again.
    private static let mostReviewed = 500

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
    /// - Throws: ``Stop``; ``Stop/system(_:)`` too where the feed was refused, after what can be sent was.
    public func catchUp(from start: Instant, until deadline: Instant) async throws(Stop) {
        isRead = false
        refusal = nil
        sendingFrom = Instant(seconds: clock().seconds + Self.patience)
        try await beside(
            { session throws(Stop) in try await session.workOff(until: deadline) },
            { session throws(Stop) in
                while !Task.isCancelled { try await session.follow(from: start) }
            },
            { session throws(Stop) in
                while !Task.isCancelled { try await session.makeUp() }
            })
        if let refusal { throw .system(refusal) }
    }

    /// Goes on until the task is cancelled; a system that refuses everything is asked again after a while.
    public func run(from start: Instant) async throws(Stop) {
        let (name, now) = (description.name, clock())
        reconciledAt = try stored { () throws(StorageError) in try store.lastReconciliation(of: name, at: now) }
        sendingFrom = Instant(seconds: now.seconds + Self.patience)
        try await beside(
            { session throws(Stop) in
                try await session.goOn { session throws(Stop) in try await session.serve() }
            },
            { session throws(Stop) in
                try await session.goOn { session throws(Stop) in try await session.follow(from: start) }
            },
            { session throws(Stop) in
                try await session.goOn { session throws(Stop) in try await session.makeUp() }
            })
    }

    /// The seconds for which nothing is sent while the feed tells what has become of the tickets meanwhile.
    private static let patience = 10.0
    /// The seconds between two looks at the outbox and at what web hooks have named.
    private static let idle = 0.02
    /// How often a session that comes to an end tries to read a ticket.
    private static let mostReadings = 6
    /// The seconds after which a page of the feed that could not be taken in is read again.
    private static let pause = 0.5

    private typealias Work = @Sendable (isolated SyncSession) async throws(Stop) -> Void

    /// Does three things at a time, as a feed may have to be waited for while web hooks must not; the end of one is the end of all.
    private func beside(
        _ first: @escaping Work, _ second: @escaping Work, _ third: @escaping Work
    ) async throws(Stop) {
        let results = await withTaskGroup(of: Result<Void, Stop>.self) { group in
            for work in [first, second, third] {
                group.addTask {
                    do throws(Stop) {
                        return .success(try await work(self))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            var results: [Result<Void, Stop>] = []
            for await result in group {
                results.append(result)
                group.cancelAll()
            }
            return results
        }
        for result in results { try result.get() }
    }

    /// Does something again and again until the task is cancelled or the store fails.
    private func goOn(_ work: Work) async throws(Stop) {
        while !Task.isCancelled {
            do throws(Stop) {
                try await work(self)
            } catch {
                guard case .system = error else { throw error }
            }
        }
    }

    private func serve() async throws(Stop) {
        if let reconciledAt, clock().seconds - reconciledAt.seconds > Self.reconciling { try reconcile() }
        try await work()
        let isIdle = touched.isEmpty && due.isEmpty && reviewed.isEmpty
        if isIdle || breaker.notBefore(clock()) != nil { await rest(seconds: Self.idle) }
    }

    private func workOff(until deadline: Instant) async throws(Stop) {
        while clock() < deadline, !Task.isCancelled {
            try await work()
            let next = try stored { () throws(StorageError) in try store.nextSending(to: description.name) }
            // What could not be read many times is left to the next session.
            let unread = try stored { () throws(StorageError) in
                try store.unreadCount(of: description.name, triedFewerThan: Self.mostReadings)
            }
            let isBusy = !touched.isEmpty || !due.isEmpty || !reviewed.isEmpty
            let isOver = (isRead || refusal != nil) && unread == 0
            if isOver, !isBusy, next == nil { return }
            let now = clock()
            let soon = Instant(seconds: now.seconds + Self.idle)
            let sending = max(next ?? soon, sendingFrom ?? now)
            var wake = isBusy ? now : isOver ? sending : min(sending, soon)
            if let closed = breaker.notBefore(now) { wake = max(wake, closed) }
            if wake >= deadline { return }
            await rest(seconds: min(1, wake.seconds - now.seconds))
        }
    }

    /// Reads what web hooks have named, and sends what can be sent at once.
    private func work() async throws(Stop) {
        try await readTouched()
        try await enrich()
        if sendingFrom.map({ $0 <= clock() }) ?? true { try await send() }
    }

    /// Reads the next page of the feed when it is due.
    private func follow(from start: Instant) async throws(Stop) {
        let isDue = lookedAt.map { clock().seconds - $0.seconds >= system.traits.feedInterval } ?? true
        var hasFailed = false
        if !isRead || isDue {
            let read = try await readFeed(from: start)
            hasFailed = read == nil
            // A look that was given up says nothing.
            if !Task.isCancelled { isRead = read ?? false }
        }
        if isRead { sendingFrom = nil }
        let now = clock()
        if let closed = breaker.notBefore(now) {
            await rest(seconds: min(1, closed.seconds - now.seconds))
        } else if refusal != nil {
            await rest(seconds: system.traits.feedInterval)
        } else if hasFailed {
            await rest(seconds: Self.pause)
        } else if isRead {
            await rest(seconds: Self.idle)
        }
    }

    /// Reads the next of the tickets that could not be read when it was their turn, or are to be read once more.
    private func makeUp() async throws(Stop) {
        guard try await readUnread() else { return await rest(seconds: Self.idle) }
    }

    private func rest(seconds: Double) async {
        // Even nothing is waited for, so that the other work has its turn.
        try? await Task.sleep(for: .milliseconds(Int64(max(0, seconds) * 1_000) + 1))
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
        for link in step.links { order.merge(link.remote) }
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
}
