import ArgumentParser
import Commands
import Connectors
import FoundationEssentials
import Glibc
import LinearAlgebra
import Models
import Records
import Service
import Storage

/// Reads and sends until both sides are the same, or for good.
struct SyncRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Read and send what has changed.",
        discussion: """
            Ends when nothing is left to be done, or after --seconds. With --follow it goes on until it is told to end, says what goes \
            wrong when it does, and takes customers who are imported meanwhile; with --listen it takes the calls of web hooks at \
            http://127.0.0.1:PORT/hooks/NAME too. It may be killed at any time: what it was sending is looked for before it is sent again. Prints what it did as JSON, one object a system. Ends with 75 when something is \
            left to be done, with 77 when a system refuses the credentials or to be read, and with 65 when a system refused a change \
            (see casebook sync refused).
            """)

    @OptionGroup
    var sync: SyncOptions

    @Option(help: ArgumentHelp("The first time, read changes since then, in ISO 8601.", valueName: "time"))
    var from: String?

    @Option(help: "End after so many seconds at the latest.")
    var seconds: Double?

    @Flag(help: "Go on until told to end.")
    var follow = false

    @Option(
        help: ArgumentHelp(
            "Take the calls of web hooks at this port of this machine; 0 for any that is free.", valueName: "port"))
    var listen: Int?

    @Flag(help: "Read all open tickets again, to find those that were deleted; with --follow it is done every day.")
    var reconcile = false

    @Flag(help: "Write a note with what is known of each open ticket that comes in or changes, for the team alone.")
    var notes = false

    @Option(help: ArgumentHelp("The folder of the models, for the forecasts in notes.", valueName: "dir"))
    var models: String?

    /// The seconds after which what notes are made of, and who the customers are, is read anew.
    private static let refreshing = 600
    /// The seconds between two looks whether customers were imported.
    private static let looking = 2

    func validate() throws {
        if models != nil, !notes { throw ValidationError("--models needs --notes") }
        if let from {
            guard let start = Instant(iso8601: from) else {
                throw ValidationError("--from is no time in ISO 8601: \(from)")
            }
            // What changes before would never be read.
            guard start <= SyncOptions.precise else { throw ValidationError("--from lies in the future: \(from)") }
        }
        if let seconds, !(seconds > 0) { throw ValidationError("--seconds must be above 0") }
        if let listen, !(0...65_535).contains(listen) { throw ValidationError("--listen is no port") }
        if listen != nil, !follow { throw ValidationError("--listen needs --follow") }
    }

    func run() async throws {
        let descriptions = try sync.described(for: "sync")
        let store = try sync.options.open(for: "sync", .creating)
        let context = try Program.casebook("sync").reporting {
            for description in descriptions { try store.claimSync(of: description.name) }
            return try store.customers()
        }
        let redactor = try sync.options.redaction.redactor(for: "sync", knowing: context)
        let briefings = notes ? LiveBriefings(store, forecasts: try forecasts(redactor)) : nil
        try await refresh(briefings)
        var briefing: SyncSession.Briefing?
        if let briefings {
            briefing = { ticket in await briefings.briefing(for: ticket, at: SyncOptions.precise) }
        }
        var sessions: [(SystemDescription, any TicketSystem, SyncSession)] = []
        let customers = KnownCustomers(redactor, context)
        for description in descriptions {
            let system = try SyncOptions.open(description, for: "sync")
            // Who never comes to an end tells what is wrong as it goes.
            let session = Self.session(description, system, store, customers, briefing) { fault in
                if follow { StandardInput.say("casebook sync: \(fault)") }
            }
            sessions.append((description, system, session))
        }
        Stop.watch()
        var outcomes = try await outcomes(sessions, store, customers, briefings)
        // What comes late to a ticket that was moved is for another system, which may be done already.
        let late = try Program.casebook("sync").reporting {
            var late: [(SystemDescription, any TicketSystem, SyncSession)] = []
            for session in sessions where outcomes[session.0.name] == nil {
                let next = try store.nextSending(to: session.0.name)
                if let next, next <= SyncOptions.precise { late.append(session) }
            }
            return late
        }
        if !follow, !Stop.isAsked, seconds == nil, !late.isEmpty {
            outcomes.merge(try await self.outcomes(late, store, customers, briefings)) { first, _ in first }
        }
        var code = EX_OK
        for (description, _, session) in sessions {
            let report = await session.takeReport()
            let (left, unread) = try Program.casebook("sync").reporting {
                (
                    try store.outbox([.waiting, .sending], in: description.name).count,
                    try store.unreadCount(of: description.name)
                )
            }
            try SyncReportLine.print(
                report, system: description.name, left: left, unread: unread, stop: outcomes[description.name])
            if left > 0 || unread > 0 || !report.isRead, code == EX_OK { code = EX_TEMPFAIL }
            if report.refused > 0 { code = EX_DATAERR }
        }
        for (name, stop) in outcomes {
            // One that goes on for good has said it before.
            if !follow { Self.say(stop, of: name) }
            switch stop {
            case .store(let error): throw ExitCode(error.exitCode)
            case .system: code = EX_NOPERM
            }
        }
        if code != EX_OK { throw ExitCode(code) }
    }

    private static func say(_ stop: SyncSession.Stop, of name: String) {
        switch stop {
        case .store(let error): StandardInput.say("casebook sync: \(name): \(error.description)")
        case .system(let fault): StandardInput.say("casebook sync: \(name): \(fault)")
        }
    }

    /// A session by the clock of this machine.
    static func session(
        _ description: SystemDescription, _ system: any TicketSystem, _ store: TenantStore,
        _ customers: KnownCustomers, _ briefing: SyncSession.Briefing? = nil,
        onFault: @escaping @Sendable (String) -> Void = { _ in }
    ) -> SyncSession {
        SyncSession(
            description, system: system, store: store, customers: customers, briefing: briefing,
            clock: { SyncOptions.precise }, random: { Double.random(in: 0..<1) }, onFault: onFault)
    }

    /// Runs all sessions side by side.
    ///
    /// - Returns: Why those that could not go on did not.
    private func outcomes(
        _ sessions: [(SystemDescription, any TicketSystem, SyncSession)], _ store: TenantStore,
        _ customers: KnownCustomers, _ briefings: LiveBriefings?
    ) async throws -> [String: SyncSession.Stop] {
        let start = from.flatMap { Instant(iso8601: $0) } ?? Instant(seconds: 0)
        let now = SyncOptions.precise
        let deadline = Instant(seconds: now.seconds + (seconds ?? 1e9))
        let gates = try gates(sessions.map(\.0))
        return try await withThrowingTaskGroup(of: (String, SyncSession.Stop)?.self) { group in
            for (description, _, session) in sessions {
                group.addTask {
                    do throws(SyncSession.Stop) {
                        if reconcile { try await session.reconcile() }
                        try await session.review()
                        if follow {
                            try await session.run(from: start)
                        } else {
                            try await session.catchUp(from: start, until: deadline)
                        }
                        return nil
                    } catch {
                        if follow, case .store = error { Self.say(error, of: description.name) }
                        return (description.name, error)
                    }
                }
            }
            let workers = sessions.count
            if let listen {
                let byName = Dictionary(sessions.map { ($0.0.name, $0.2) }, uniquingKeysWith: { first, _ in first })
                var clocks: [String: @Sendable () -> Instant] = [:]
                for (description, system, _) in sessions { clocks[description.name] = { system.now } }
                group.addTask { [clocks] in
                    let receiver = HookReceiver(
                        gates: gates, store: store, clock: { SyncOptions.precise }, clocks: clocks
                    ) { name, tickets in
                        for ticket in tickets { await byName[name]?.touch(ticket) }
                    }
                    try await receiver.listen(host: "127.0.0.1", port: listen) { port in
                        StandardInput.say("casebook sync: listening at http://127.0.0.1:\(port)/hooks/")
                    }
                    return nil
                }
            }
            if follow {
                group.addTask { try await Self.renew(customers, from: store) }
                group.addTask {
                    while true {
                        try await Task.sleep(for: .seconds(Self.refreshing))
                        do {
                            customers.renew(try store.customers())
                            try await briefings?.refresh(at: SyncOptions.precise)
                            for (_, _, session) in sessions { try await session.review() }
                        } catch let error as StorageError {
                            // What was known before is told until the store can be read again.
                            StandardInput.say("casebook sync: \(error.description)")
                        } catch SyncSession.Stop.store(let error) {
                            StandardInput.say("casebook sync: \(error.description)")
                        }
                    }
                }
            }
            group.addTask {
                while !Stop.isAsked, SyncOptions.precise < deadline { try await Task.sleep(for: .milliseconds(50)) }
                throw CancellationError()
            }
            var stops: [String: SyncSession.Stop] = [:]
            var ended = 0
            do {
                while ended < workers, let outcome = try await group.next() {
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

    /// Takes customers who were imported while it runs, for good.
    private static func renew(_ customers: KnownCustomers, from store: TenantStore) async throws -> Never {
        // Who was imported since the customers were read is found by the first look.
        var last = 0
        while true {
            try await Task.sleep(for: .seconds(looking))
            // A store that cannot be read is told by what else reads it, and is looked at again.
            guard let news = try? store.customerNews(after: last) else { continue }
            if news.isThere {
                guard let context = try? store.customers() else { continue }
                customers.renew(context)
            }
            last = news.last
        }
    }

    private func refresh(_ briefings: LiveBriefings?) async throws {
        // The work is parted among the cores already.
        setLinearAlgebraThreads(1)
        do throws(StorageError) {
            try await briefings?.refresh(at: SyncOptions.precise)
        } catch {
            throw Program.casebook("sync").failure(error)
        }
    }

    private func forecasts(_ redactor: Redactor) throws -> TicketForecasts? {
        try models.flatMap { try TicketForecasts(models: $0, redactor: redactor, command: "sync") }
    }

    private func gates(_ descriptions: [SystemDescription]) throws -> [String: HookGate] {
        guard listen != nil else { return [:] }
        var gates: [String: HookGate] = [:]
        for description in descriptions {
            guard let secret = description.hookSecret else { continue }
            let value = try Program.casebook("sync").reporting {
                try secret.value(in: ProcessInfo.processInfo.environment)
            }
            gates[description.name] = HookGate(description.kind, secret: value)
        }
        return gates
    }
}
