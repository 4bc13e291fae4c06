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
        let customers = KnownCustomers(redactor, context)
        let opened = try descriptions.map { try SyncOptions.open($0, for: "sync") }
        let gates = try gates(descriptions)
        let systems = zip(descriptions, opened).map { description, system in
            // Who never comes to an end tells what is wrong as it goes.
            let session = Self.session(description, system, store, customers, briefing) { fault in
                if follow { StandardInput.say("casebook sync: \(fault)") }
            }
            return SyncService.System(
                name: description.name, session: session, gate: gates[description.name], now: { system.now })
        }
        Stop.watch()
        let service = SyncService(
            systems, store: store, customers: customers, briefings: briefings, clock: { SyncOptions.precise },
            isAskedToEnd: { Stop.isAsked }, tell: Self.say)
        try await report(systems, of: service, stops: try await stops(service))
    }

    /// Reads and sends, until nothing is left or for good.
    private func stops(_ service: SyncService) async throws -> [String: SyncSession.Stop] {
        let start = from.flatMap { Instant(iso8601: $0) } ?? Instant(seconds: 0)
        do {
            return if follow {
                try await service.follow(
                    from: start, seconds: seconds, reconciling: reconcile, listeningAt: listen)
            } else {
                try await service.catchUp(from: start, seconds: seconds, reconciling: reconcile)
            }
        } catch let error as StorageError {
            throw Program.casebook("sync").failure(error)
        }
    }

    /// Prints what was done, and says why systems were left.
    ///
    /// - Throws: The exit code where something is left to be done.
    private func report(
        _ systems: [SyncService.System], of service: SyncService, stops: [String: SyncSession.Stop]
    ) async throws {
        var code = EX_OK
        for system in systems {
            let outcome: SyncOutcome
            do throws(StorageError) {
                outcome = try await service.outcome(of: system, stoppedBy: stops[system.name])
            } catch {
                throw Program.casebook("sync").failure(error)
            }
            try SyncReportLine.print(outcome)
            if !outcome.isComplete, code == EX_OK { code = EX_TEMPFAIL }
            if outcome.report.refused > 0 { code = EX_DATAERR }
        }
        for system in systems {
            guard let stop = stops[system.name] else { continue }
            // One that goes on for good has said it before.
            if !follow { Self.say(stop, of: system.name) }
            switch stop {
            case .store(let error): throw ExitCode(error.exitCode)
            case .system: code = EX_NOPERM
            }
        }
        if code != EX_OK { throw ExitCode(code) }
    }

    private static func say(_ news: SyncService.News) {
        switch news {
        case .listening(let port): StandardInput.say("casebook sync: listening at http://127.0.0.1:\(port)/hooks/")
        case .left(let system, let error): say(.store(error), of: system)
        case .outdated(let error): StandardInput.say("casebook sync: \(error.description)")
        }
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
