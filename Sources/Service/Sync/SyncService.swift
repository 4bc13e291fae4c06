public import Connectors
public import Records
public import Storage

/// Keeps the tickets of a store the same in several systems, all side by side.
///
/// What one system waits for keeps none of the others waiting, and one that cannot go on stops none of them.
public struct SyncService: Sendable {
    /// A system whose tickets are kept the same.
    public struct System: Sendable {
        /// Its name, which none of the others has.
        public let name: String
        /// Reads from it and sends to it.
        public let session: SyncSession
        /// Lets in the calls of its web hooks; nil where none are taken.
        public let gate: HookGate?
        /// What time it is there, by which its web hooks are signed; nil where that is not known.
        let now: (@Sendable () -> Instant)?

        /// Takes a system.
        public init(
            name: String, session: SyncSession, gate: HookGate? = nil, now: (@Sendable () -> Instant)? = nil
        ) {
            self.name = name
            self.session = session
            self.gate = gate
            self.now = now
        }
    }

    /// What happens while systems are followed, apart from what their sessions tell.
    public enum News: Sendable {
        /// The calls of web hooks are taken at a port of this machine.
        case listening(port: Int)
        /// A system is followed no longer, as the store failed.
        case left(system: String, StorageError)
        /// What is known of customers and of tickets could not be read anew, and stays as it was.
        case outdated(StorageError)
    }

    /// The seconds after which what notes are made of, and who the customers are, is read anew.
    private static let refreshing = 600
    /// The seconds between two looks whether customers were imported.
    private static let looking = 2
    /// The milliseconds between two looks whether it is time to end.
    private static let noticing = 50

    let systems: [System]
    let store: TenantStore
    private let customers: KnownCustomers
    private let briefings: LiveBriefings?
    private let clock: @Sendable () -> Instant
    private let isAskedToEnd: @Sendable () -> Bool
    private let tell: @Sendable (News) -> Void

    /// Creates a service.
    ///
    /// - Parameters:
    ///   - systems: The systems, with sessions of `store`.
    ///   - store: The tenant's store, with its key.
    ///   - customers: What all sessions know of the customers.
    ///   - briefings: What the notes of tickets are made of; nil where none are written.
    ///   - clock: Tells the time.
    ///   - isAskedToEnd: Whether to end before all is done; asked again and again.
    ///   - tell: Is told what happens while systems are followed.
    public init(
        _ systems: [System], store: TenantStore, customers: KnownCustomers, briefings: LiveBriefings? = nil,
        clock: @escaping @Sendable () -> Instant, isAskedToEnd: @escaping @Sendable () -> Bool,
        tell: @escaping @Sendable (News) -> Void = { _ in }
    ) {
        self.systems = systems
        self.store = store
        self.customers = customers
        self.briefings = briefings
        self.clock = clock
        self.isAskedToEnd = isAskedToEnd
        self.tell = tell
    }

    /// Reads and sends until nothing is left to be done.
    ///
    /// - Parameters:
    ///   - start: What changed before this time is not read of a system of which nothing was ever read.
    ///   - seconds: After how many seconds to end at the latest; nil for as long as it takes.
    ///   - reconciling: Whether all open tickets are read again.
    /// - Returns: Why the systems that could not go on did not, by their names.
    /// - Throws: ``StorageError`` when the store fails between two rounds.
    public func catchUp(
        from start: Instant, seconds: Double?, reconciling: Bool
    ) async throws -> [String: SyncSession.Stop] {
        func round(_ systems: [System]) async throws -> [String: SyncSession.Stop] {
            let deadline = deadline(in: seconds)
            return try await run(systems, until: deadline) { system throws(SyncSession.Stop) in
                try await Self.begin(system.session, reconciling: reconciling)
                try await system.session.catchUp(from: start, until: deadline)
            }
        }
        var stops = try await round(systems)
        guard seconds == nil else { return stops }
        // What comes late to a ticket that was moved is for another system, which may be done already.
        var late: [System] = []
        for system in systems where stops[system.name] == nil {
            if let next = try store.nextSending(to: system.name), next <= clock() { late.append(system) }
        }
        guard !late.isEmpty, !isAskedToEnd() else { return stops }
        stops.merge(try await round(late)) { first, _ in first }
        return stops
    }

    /// Reads and sends until it is asked to end, and takes customers who are imported meanwhile.
    ///
    /// - Parameters:
    ///   - start: What changed before this time is not read of a system of which nothing was ever read.
    ///   - seconds: After how many seconds to end at the latest; nil for never.
    ///   - reconciling: Whether all open tickets are read again at once.
    ///   - port: The port of this machine at which the calls of web hooks are taken, 0 for any that is free; nil for none.
    /// - Returns: Why the systems that could not go on, or were refused to the last, did not, by their names.
    /// - Throws: What keeps the port from being listened at.
    public func follow(
        from start: Instant, seconds: Double?, reconciling: Bool, listeningAt port: Int?
    ) async throws -> [String: SyncSession.Stop] {
        var companions: [@Sendable () async throws -> Void] = []
        if let port { companions.append { try await listen(at: port) } }
        companions.append { try await renewCustomers() }
        companions.append { try await refreshKnowledge() }
        return try await run(systems, until: deadline(in: seconds), beside: companions) {
            system throws(SyncSession.Stop) in
            do throws(SyncSession.Stop) {
                try await Self.begin(system.session, reconciling: reconciling)
                try await system.session.run(from: start)
            } catch {
                if case .store(let fault) = error { tell(.left(system: system.name, fault)) }
                throw error
            }
        }
    }

    private func deadline(in seconds: Double?) -> Instant {
        Instant(seconds: clock().seconds + (seconds ?? 1e9))
    }

    private static func begin(_ session: SyncSession, reconciling: Bool) async throws(SyncSession.Stop) {
        if reconciling { try await session.reconcile() }
        try await session.review()
    }

    /// Does the same with all systems at a time, until all are done, it is asked to end, or the deadline is there.
    private func run(
        _ systems: [System], until deadline: Instant, beside companions: [@Sendable () async throws -> Void] = [],
        _ work: @escaping @Sendable (System) async throws(SyncSession.Stop) -> Void
    ) async throws -> [String: SyncSession.Stop] {
        try await withThrowingTaskGroup(of: (name: String, stop: SyncSession.Stop)?.self) { group in
            for system in systems {
                group.addTask {
                    do throws(SyncSession.Stop) {
                        try await work(system)
                        return nil
                    } catch {
                        return (system.name, error)
                    }
                }
            }
            for companion in companions {
                group.addTask {
                    try await companion()
                    return nil
                }
            }
            group.addTask {
                while !isAskedToEnd(), clock() < deadline { try await Task.sleep(for: .milliseconds(Self.noticing)) }
                throw CancellationError()
            }
            var stops: [String: SyncSession.Stop] = [:]
            var ended = 0
            do {
                while ended < systems.count, let outcome = try await group.next() {
                    ended += 1
                    if let (name, stop) = outcome { stops[name] = stop }
                }
            } catch is CancellationError {}
            group.cancelAll()
            // What only waits is cut short, which is no reason to leave a session that has not ended yet.
            while !group.isEmpty {
                if case (let name, let stop)?? = try? await group.next() { stops[name] = stop }
            }
            return stops
        }
    }

    private func listen(at port: Int) async throws {
        var gates: [String: HookGate] = [:]
        var sessions: [String: SyncSession] = [:]
        var clocks: [String: @Sendable () -> Instant] = [:]
        for system in systems {
            clocks[system.name] = system.now
            gates[system.name] = system.gate
            sessions[system.name] = system.session
        }
        let receiver = HookReceiver(gates: gates, store: store, clock: clock, clocks: clocks) {
            [sessions] name, tickets in
            for ticket in tickets { await sessions[name]?.touch(ticket) }
        }
        try await receiver.listen(host: "127.0.0.1", port: port) { tell(.listening(port: $0)) }
    }

    /// Takes customers who were imported while it runs, for good.
    private func renewCustomers() async throws -> Never {
        // Who was imported since the customers were read is found by the first look.
        var last = 0
        while true {
            try await Task.sleep(for: .seconds(Self.looking))
            // A store that cannot be read is told by what else reads it, and is looked at again.
            guard let news = try? store.customerNews(after: last) else { continue }
            if news.isThere {
                guard let context = try? store.customers() else { continue }
                customers.renew(context)
            }
            last = news.last
        }
    }

    /// Reads anew, again and again, what notes are made of, for good.
    private func refreshKnowledge() async throws -> Never {
        while true {
            try await Task.sleep(for: .seconds(Self.refreshing))
            do {
                customers.renew(try store.customers())
                try await briefings?.refresh(at: clock())
                for system in systems { try await system.session.review() }
            } catch let error as StorageError {
                // What was known before is told until the store can be read again.
                tell(.outdated(error))
            } catch SyncSession.Stop.store(let error) {
                tell(.outdated(error))
            }
        }
    }
}
