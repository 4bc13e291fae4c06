import ArgumentParser
import Commands
import Connectors
import Glibc
import Records
import Storage

/// Moves tickets from one system to another.
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Move tickets from one ticket system to another.",
        discussion: """
            Each ticket that the store knows of the first system is opened in the second: with its messages in order, with author, time and \
            side at the head of each, internal ones internal, with its fields, tags, status, and its links to others that were \
            moved. It keeps its id here, so that its history, incidents, groups and models go on. The descriptions (see casebook help sync) \
            say which words mean the same: two that have the same word of Casebook, for agents and groups too.

            What goes out is what the store holds: names and addresses are hidden. An internal message names the old number and address \
            of each ticket, where the originals and their files stay. The tickets are opened in the name of this program's account: \
            turn mails to customers off in the second system before. What is longer than the second system takes is cut, with the number of \
            characters that are left out (cut: how many texts).

            --dry-run writes nothing, and ends with 65 when something has no counterpart. Without it nothing is moved then either, but \
            with --in-words, which puts such values into the internal message. It may be killed at any time and run again: nothing \
            is done twice. Afterwards nothing is written to the first system; casebook sync run still reads it and carries late \
            answers on. Ends with 75 when something is left to be done, and with 65 when the system refused something, or has \
            refused to open a ticket before, which it does not have since (see casebook sync refused).
            """)

    @Option(help: ArgumentHelp("The description of the systems.", valueName: "file"))
    var systems: String

    @Option(help: ArgumentHelp("The system that tickets leave.", valueName: "name"))
    var from: String

    @Option(help: ArgumentHelp("The system they get to.", valueName: "name"))
    var to: String

    @OptionGroup
    var options: StoreOptions

    @Flag(help: "Only show what would become of each value.")
    var dryRun = false

    @Flag(help: "Move tickets although some values have no counterpart, which are put into words.")
    var inWords = false

    @Option(help: ArgumentHelp("Move so many tickets at most.", valueName: "number"))
    var limit: Int?

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        if from == to { throw ValidationError("--from and --to are the same system") }
        if let limit, limit < 1 { throw ValidationError("--limit must be above 0") }
    }

    func run() async throws {
        let all = try SyncOptions.described(in: systems, for: "migrate")
        let (first, second) = (try described(from, all), try described(to, all))
        let store = try options.open(for: "migrate", dryRun ? .reading : .existing)
        let context = try Program.casebook("migrate").reporting {
            if !dryRun { for name in [from, to] { try store.claimSync(of: name) } }
            return try store.customers()
        }
        let customers = KnownCustomers(
            try options.redaction.redactor(for: "migrate", knowing: context), context)
        let target = try SyncOptions.open(second, for: "migrate")
        guard try await asked({ () async throws(SystemFault) in try await target.hidesInternalMessages(inTicket: nil) })
        else {
            StandardInput.say(
                "casebook migrate: \(to) has no internal messages, so that customers could read those of tickets that are moved; say teamOnly in its description where they cannot"
            )
            throw ExitCode(EX_DATAERR)
        }
        if !dryRun {
            let source = try SyncOptions.open(first, for: "migrate")
            let session = SyncRun.session(first, source, store, customers)
            _ = try await catchUp(session, name: from)
        }
        let migration = Migration(from: from, to: to, store: store)
        let (survey, before) = try Program.casebook("migrate").reporting {
            try migration.survey(target.traits)
        }
        let map = try await map(survey, first, second, target)
        var report = MigrationReport(
            from: from, to: to, dryRun: dryRun, count: before, items: survey.items(map),
            longTexts: survey.longTexts)
        guard !dryRun, report.missing.isEmpty || inWords else {
            report.print(json: json)
            throw report.missing.isEmpty ? ExitCode(EX_OK) : ExitCode(EX_DATAERR)
        }
        let move = TicketMove(
            from: first, to: second, map: map, hasTags: target.traits.hasTags, redactor: customers.redactor)
        let session = SyncRun.session(second, target, store, customers)
        report.count = try Program.casebook("migrate").reporting {
            try migration.move(move, limit: limit, by: StoreOptions.entry(.synced))
        }
        report.refused = report.count.refused
        report.refused += try await catchUp(session, name: to)
        report.links = try Program.casebook("migrate").reporting {
            try migration.link(move, by: StoreOptions.entry(.synced))
        }
        report.refused += try await catchUp(session, name: to)
        let open = try Program.casebook("migrate").reporting { try store.isSending(to: to) }
        report.print(json: json)
        if report.refused > 0 { throw ExitCode(EX_DATAERR) }
        if open || report.count.waiting > 0 { throw ExitCode(EX_TEMPFAIL) }
    }

    private func described(_ name: String, _ all: [SystemDescription]) throws -> SystemDescription {
        guard let one = all.first(where: { $0.name == name }) else {
            throw Program.casebook("migrate").failure("\(systems): there is no system \"\(name)\"", EX_USAGE)
        }
        return one
    }

    /// The words and agents of the system that tickets get to.
    private func map(
        _ survey: MigrationSurvey, _ first: SystemDescription, _ second: SystemDescription, _ target: any TicketSystem
    ) async throws -> ValueMap {
        let ids = ValueMap.agentIDs(survey.agents, from: first, to: second)
        let (vocabulary, people) = try await asked { () async throws(SystemFault) in
            (try await target.vocabulary(), try await target.people(ids.sorted()))
        }
        return ValueMap(
            from: first, to: second, vocabulary: vocabulary, agents: Set(people.filter(\.isAgent).map(\.id)))
    }

    /// What the system that tickets get to answers.
    private func asked<Answer>(_ request: () async throws(SystemFault) -> Answer) async throws -> Answer {
        do throws(SystemFault) {
            return try await request()
        } catch {
            throw Program.casebook("migrate").failure("\(to): \(error)", error.stopsAll ? EX_NOPERM : EX_TEMPFAIL)
        }
    }

    /// Reads and sends until nothing is left.
    ///
    /// - Returns: The number of changes that were refused.
    private func catchUp(_ session: SyncSession, name: String) async throws -> Int {
        do throws(SyncSession.Stop) {
            let now = SyncOptions.precise
            try await session.catchUp(from: now, until: Instant(seconds: now.seconds + 1e9))
        } catch {
            switch error {
            case .store(let error):
                throw Program.casebook("migrate").failure(error)
            case .system(let fault):
                throw Program.casebook("migrate").failure("\(name): \(fault)", EX_NOPERM)
            }
        }
        let report = await session.takeReport()
        for fault in report.faults { StandardInput.say("casebook migrate: \(fault)") }
        return report.refused
    }
}
