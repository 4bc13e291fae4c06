import ArgumentParser
import Connectors
import FoundationEssentials
import Glibc
import Records
import Service
import Storage

/// Reads and sends until both sides are the same, or for good.
struct SyncRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Read and send what has changed.",
        discussion: """
            Ends when nothing is left to be done, or after --seconds. With --follow it goes on until it is told to end, and with --listen \
            it takes the calls of web hooks at http://127.0.0.1:PORT/hooks/NAME too. It may be killed at any time: what it was sending \
            is looked for before it is sent again. Prints what it did as JSON, one object a system. Ends with 75 when something is \
            left to be done, with 77 when a system refuses the credentials, and with 65 when a system refused a change \
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

    func validate() throws {
        if let from, Instant(iso8601: from) == nil { throw ValidationError("--from is no time in ISO 8601: \(from)") }
        if let seconds, !(seconds > 0) { throw ValidationError("--seconds must be above 0") }
        if let listen, !(0...65_535).contains(listen) { throw ValidationError("--listen is no port") }
        if listen != nil, !follow { throw ValidationError("--listen needs --follow") }
    }

    func run() async throws {
        let descriptions = try sync.described(for: "sync")
        let store = try sync.options.open(for: "sync", .creating)
        let context = try StoreOptions.reporting("sync") { () throws(StorageError) in
            for description in descriptions { try store.claimSync(of: description.name) }
            return try store.customers()
        }
        let redactor = try sync.options.redaction.redactor(for: "sync", knowing: context)
        var sessions: [(SystemDescription, any TicketSystem, SyncSession)] = []
        for description in descriptions {
            let system = try SyncOptions.open(description, for: "sync")
            sessions.append((description, system, Self.session(description, system, store, redactor)))
        }
        Stop.watch()
        var outcomes = try await outcomes(sessions, store)
        // What comes late to a ticket that was moved is for another system, which may be done already.
        let late = try StoreOptions.reporting("sync") { () throws(StorageError) in
            var late: [(SystemDescription, any TicketSystem, SyncSession)] = []
            for session in sessions where outcomes[session.0.name] == nil {
                let next = try store.nextSending(to: session.0.name)
                if let next, next <= SyncOptions.precise { late.append(session) }
            }
            return late
        }
        if !follow, !Stop.isAsked, seconds == nil, !late.isEmpty {
            outcomes.merge(try await self.outcomes(late, store)) { first, _ in first }
        }
        var code = EX_OK
        for (description, _, session) in sessions {
            let report = await session.takeReport()
            let left = try StoreOptions.reporting("sync") { () throws(StorageError) in
                try store.outbox([.waiting, .sending], in: description.name).count
            }
            try SyncReportLine.print(report, system: description.name, left: left, stop: outcomes[description.name])
            if left > 0, code == EX_OK { code = EX_TEMPFAIL }
            if report.refused > 0 { code = EX_DATAERR }
        }
        for (name, stop) in outcomes {
            switch stop {
            case .store(let error):
                StandardInput.say("casebook sync: \(error.description)")
                throw ExitCode(error.exitCode)
            case .system(let fault):
                StandardInput.say("casebook sync: \(name): \(fault)")
                code = EX_NOPERM
            }
        }
        if code != EX_OK { throw ExitCode(code) }
    }

    /// A session by the clock of this machine.
    static func session(
        _ description: SystemDescription, _ system: any TicketSystem, _ store: TenantStore, _ redactor: Redactor
    ) -> SyncSession {
        SyncSession(
            description, system: system, store: store, redactor: redactor, clock: { SyncOptions.precise },
            random: { Double.random(in: 0..<1) })
    }

    /// Runs all sessions side by side.
    ///
    /// - Returns: Why those that could not go on did not.
    private func outcomes(
        _ sessions: [(SystemDescription, any TicketSystem, SyncSession)], _ store: TenantStore
    ) async throws -> [String: SyncSession.Stop] {
        let start = from.flatMap { Instant(iso8601: $0) } ?? Instant(seconds: 0)
        let now = SyncOptions.precise
        let deadline = Instant(seconds: now.seconds + (seconds ?? 1e9))
        let gates = try gates(sessions.map(\.0))
        return try await withThrowingTaskGroup(of: (String, SyncSession.Stop)?.self) { group in
            for (description, _, session) in sessions {
                group.addTask {
                    do throws(SyncSession.Stop) {
                        if follow {
                            try await session.run(from: start)
                        } else {
                            try await session.catchUp(from: start, until: deadline)
                        }
                        return nil
                    } catch {
                        return (description.name, error)
                    }
                }
            }
            let workers = sessions.count
            if let listen {
                let byName = Dictionary(sessions.map { ($0.0.name, $0.2) }, uniquingKeysWith: { first, _ in first })
                group.addTask {
                    let receiver = HookReceiver(gates: gates, store: store, clock: { SyncOptions.precise }) {
                        name, tickets in
                        for ticket in tickets { await byName[name]?.touch(ticket) }
                    }
                    try await receiver.listen(host: "127.0.0.1", port: listen) { port in
                        StandardInput.say("casebook sync: listening at http://127.0.0.1:\(port)/hooks/")
                    }
                    return nil
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
            while let outcome = try? await group.next() { if let (name, stop) = outcome { stops[name] = stop } }
            return stops
        }
    }

    private func gates(_ descriptions: [SystemDescription]) throws -> [String: HookGate] {
        guard listen != nil else { return [:] }
        var gates: [String: HookGate] = [:]
        for description in descriptions {
            guard let secret = description.hookSecret else { continue }
            let value = try SyncOptions.reporting("sync") { () throws(DescriptionError) in
                try secret.value(in: ProcessInfo.processInfo.environment)
            }
            gates[description.name] = HookGate(description.kind, secret: value)
        }
        return gates
    }
}
