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
    let customers: KnownCustomers
    /// The tenant's redactor, which knows the people of all systems too, as far as tickets have named them.
    var redactor: Redactor { customers.redactor }
    let clock: @Sendable () -> Instant
    let random: @Sendable () -> Double
    var report = SyncReport()
    var breaker = CircuitBreaker()
    var people: KnownPeople
    let briefing: Briefing?
    private let onFault: @Sendable (String) -> Void
    private var recentFaults = RecentFaults()
    /// The tickets that web hooks have named and that were not read since, each once.
    private(set) var touched: [String] = []
    private var isTouched: Set<String> = []
    /// The tickets whose notes are due, by their ids here.
    var due: Set<String> = []
    /// The tickets whose notes are looked at again when nothing else is due, the newest last.
    var reviewed: [String] = []
    /// When the feed was read last.
    var lookedAt: Instant?
    var order = ReadingOrder()
    /// How the feed has shown the tickets that could not be read before.
    var shown: [String: String] = [:]
    /// The numbers of the entries of the outbox whose requests have not been answered yet.
    var underWay: Set<Int> = []
    /// The numbers of messages whose writing was answered and that were not read since, as the journal has them too.
    var unseen: Set<Int> = []
    /// Whether the feed had nothing more when it was read last.
    var isRead = false
    /// Whether what web hooks have named, or notes, are under way.
    var isServing = false
    /// Whether something is being sent, the opening of a ticket included.
    var isSending = false
    /// Whether it is to come to an end by itself.
    var isCatchingUp = false
    /// Whether the session comes to its end, so that nothing more is to be begun.
    var isEnding = false
    /// When it began to catch up.
    var begunAt = Instant(seconds: 0)
    /// Why the feed was refused when it was asked for last; nil when it was not.
    var refusal: SystemFault?
    /// Why nothing can be asked of the system; nil once it has answered something.
    private(set) var lockout: SystemFault?
    /// When sending begins at the latest; nil once the feed has been read to its end.
    var sendingFrom: Instant?
    var reconciledAt: Instant?
    private(set) var hasAsked = false

    /// Creates a session.
    ///
    /// - Parameters:
    ///   - description: The system.
    ///   - system: The way to it.
    ///   - store: The tenant's store, with its key.
    ///   - customers: What is known of the customers, the same for all systems.
    ///   - briefing: What stands in the notes of tickets; nil where no notes are written.
    ///   - clock: Tells the time.
    ///   - random: Numbers in 0..<1.
    ///   - onFault: Is told each fault when it is noted, but not as long as it goes on, and each word that nobody has named.
    public init(
        _ description: SystemDescription, system: any TicketSystem, store: TenantStore, customers: KnownCustomers,
        briefing: Briefing? = nil, clock: @escaping @Sendable () -> Instant,
        random: @escaping @Sendable () -> Double, onFault: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.description = description
        self.system = system
        self.store = store
        self.customers = customers
        self.briefing = briefing
        self.clock = clock
        self.random = random
        self.onFault = onFault
        people = KnownPeople(clock())
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

    /// What was done since the last time that it was asked for.
    public func takeReport() -> SyncReport {
        defer { report = SyncReport() }
        report.isRead = isRead
        return report
    }

    /// What was answered; nil when nothing was, of which note is taken.
    func asked<Value>(_ answer: Result<Value, SystemFault>) throws(Stop) -> Value? {
        switch answer {
        case .success(let value):
            succeeded()
            hasAsked = true
            return value
        case .failure(let fault):
            try failed(fault)
            return nil
        }
    }

    /// Takes note that the system has answered.
    func succeeded() {
        breaker.succeed()
        lockout = nil
    }

    /// Takes note that a request failed.
    ///
    /// - Throws: ``Stop/system(_:)`` when nothing else can succeed either.
    func failed(_ fault: SystemFault) throws(Stop) {
        note(fault)
        // What was given up from here is no fault of the system.
        if Task.isCancelled { return }
        breaker.fail(fault, at: clock(), random: random())
        if fault.stopsAll {
            lockout = fault
            throw .system(fault)
        }
    }

    func note(_ fault: SystemFault) {
        if !Task.isCancelled { note(redactor.redact(RawText("\(description.name): \(fault)"))) }
    }

    /// Takes note of what went wrong.
    func note(_ fault: RedactedText) {
        report.note(fault)
        if recentFaults.isNew(fault.string, at: clock()) { onFault(fault.string) }
    }

    /// Takes note of a word whose meaning nobody has said, and tells it the first time.
    func tellUnknown(_ word: String) {
        guard report.unknownWords.insert(word).inserted else { return }
        onFault(redactor.redact(RawText("\(description.name): nobody has said what \"\(word)\" means")).string)
    }

    func count(_ progress: [SyncStep.Progress]) { report.add(progress) }

    func keep(_ step: SyncStep, isNews: Bool) throws(Stop) {
        guard !step.isEmpty else { return }
        for link in step.links { order.merge(link.remote) }
        unseen.subtract(step.progress.filter { $0.state != .sending }.map(\.number))
        for item in step.progress where item.state == .dead {
            note(RedactedText(joining: [redactor.redact(RawText("\(description.name):")), item.fault]))
        }
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
