import ArgumentParser
import Commands
import Glibc
import Knowledge
import LinearAlgebra
import Logs
import Models
import Records
import Storage

/// Where the cases of a desk come from: a folder or a store.
struct KnowledgeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder of the desk.", valueName: "dir"))
    var desk: String?

    @Option(help: ArgumentHelp("The tenant's store.", valueName: "file"))
    var store: String?

    @Option(
        help: ArgumentHelp(
            "As of when: what was opened, said, resolved, decided or written later is left out, and nothing is kept in a store that knows of later. The time of the last record, of those that are not in the future, if not given.",
            valueName: "time"))
    var asOf: String?

    @Option(
        help: ArgumentHelp(
            "The fewest customers that a word must have come from to stand in a label or an article.", valueName: "n"))
    var leastCustomers = 3

    @Option(
        help: ArgumentHelp(
            "Use what train issue-groups learnt, from this folder of models; otherwise it is learnt anew.",
            valueName: "dir"))
    var models: String?

    @Option(help: "The version of the model; the current one by default.")
    var version: Int?

    @Flag(help: "Go on when a row of a file is wrong, and say so.")
    var keepGoing = false

    @Flag(help: "Print one JSON object.")
    var json = false

    @OptionGroup
    var redaction: RedactionOptions

    func validate() throws {
        guard (desk == nil) != (store == nil) else { throw ValidationError("one of --desk and --store is needed") }
        guard 2...1_000 ~= leastCustomers else { throw ValidationError("--least-customers must be from 2 to 1000") }
        if version != nil, models == nil { throw ValidationError("--version needs --models") }
        if keepGoing, desk == nil { throw ValidationError("--keep-going needs --desk") }
        if let asOf, Instant(iso8601: asOf) == nil { throw ValidationError("--as-of is a time in ISO 8601") }
    }

    /// What was read of a desk.
    struct Source {
        var knowledge: DeskKnowledge
        /// The store, where there is one.
        var store: TenantStore?
        /// The newest versions of the articles in the store, of those that were there.
        var articles: [Article] = []
        /// As of when.
        var time: Instant
        /// Whether the store knows of later, so that nothing may be kept in it.
        var isPast = false
        /// The customers and what they run.
        var context: CustomerContext
        /// Redacts what is asked.
        var redactor: Redactor
        /// Finds the signatures of log lines in what is asked; nil where no logs are known.
        var pasted: PastedSignatures?
    }

    /// Reads the cases and learns from them, and says what of them is left out.
    ///
    /// - Parameters:
    ///   - access: What the store is opened for; for more than reading where something is to be kept.
    ///   - more: Decisions that are not kept.
    func read(for command: String, _ access: TenantStore.Access = .reading, deciding more: [GroupDecision] = []) throws
        -> Source
    {
        // The work is parted among the cores already.
        setLinearAlgebraThreads(1)
        let model = try model(for: command)
        if let desk {
            let folder = DeskFolder(path: desk)
            let customers = try Program.casebook(command).reporting { try folder.customers(badRows: badRows) }
            let context = customers.context
            let redactor = try redaction.redactor(for: command, knowing: context)
            let all = try Program.casebook(command).reporting {
                try SupportCase.all(of: folder, context, redactor: redactor, badRows: badRows)
            }
            say(customers.rejected + all.rejected, for: command)
            let (cases, time) = known(all.cases, for: command)
            return Source(
                knowledge: DeskKnowledge(
                    cases, decisions: more, at: time, leastCustomers: leastCustomers, model: model),
                time: time, context: context, redactor: redactor)
        }
        let store = try redaction.openStore(at: store ?? "", for: command, access)
        let context = try Program.casebook(command).reporting { try store.customers() }
        let redactor = try redaction.redactor(for: command, knowing: context)
        return try Program.casebook(command).reporting { () -> Source in
            let pasted = PastedSignatures(shapes: try store.shapes())
            let all = SupportCase.all(
                try store.tickets(), interactions: try store.interactions(),
                reopened: Set(try store.reopenedTickets(until: until)), signatures: try store.ticketSignatures(),
                pasted: pasted.ids, context: context)
            let (cases, time) = known(all, for: command)
            let said = try store.groupDecisions()
            let written = try store.articles()
            let isPast = isPast(all, said.map(\.time) + written.map(\.updatedAt))
            if isPast, access != .reading {
                StandardInput.say(
                    "casebook \(command): nothing is kept in the store, which knows of later than \(time.iso8601)")
            }
            // The group that tickets were in gives one its name, and tells nothing else of later.
            var memberships: [String: String] = [:]
            for membership in try store.memberships() { memberships[membership.ticket] = membership.group }
            return Source(
                knowledge: DeskKnowledge(
                    cases, decisions: said.filter { isKnown($0.time) } + more, memberships: memberships, at: time,
                    leastCustomers: leastCustomers, model: model, articleID: { store.articleID(ofGroup: $0) }),
                store: store, articles: until == nil ? written : try store.articles(until: until), time: time,
                isPast: isPast, context: context, redactor: redactor, pasted: pasted)
        }
    }

    private func model(for command: String) throws -> IssueGroupModel? {
        guard let models else { return nil }
        do {
            return try Program.casebook(command).reporting {
                try IssueGroupModel(from: ModelRegistry(path: models), version: version)
            }
        } catch let error as IssueGroupError {
            throw Program.casebook(command).failure("\(models): \(error.description)", EX_DATAERR)
        }
    }

    /// As of when, where that is given.
    var until: Instant? { asOf.flatMap { Instant(iso8601: $0) } }

    /// Whether something of a time is known as of when.
    func isKnown(_ time: Instant) -> Bool { until.map { time <= $0 } ?? true }

    /// What to do with a row of a desk's file that is wrong.
    var badRows: BadRows { keepGoing ? .areSetAside : .areErrors }

    /// Says which rows were set aside.
    func say(_ rejected: [RejectedRow], for command: String) {
        StandardInput.say(rejected, for: command)
        if !rejected.isEmpty { StandardInput.say("casebook \(command): \(rejected.count) rows set aside") }
    }

    /// What is known of cases, and as of when.
    private func known(_ cases: [SupportCase], for command: String) -> (cases: [SupportCase], time: Instant) {
        if let until { return (cases.compactMap { $0.known(at: until) }, until) }
        let now = SyncOptions.precise
        let early = cases.count { $0.lastAt > now }
        if early > 0 {
            StandardInput.say(
                "casebook \(command): of \(early) tickets what is of times that have not come yet, as of clocks that run ahead, is left out"
            )
        }
        let known = cases.compactMap { $0.known(at: now) }
        return (known, known.lazy.map(\.lastAt).max() ?? Instant(seconds: 0))
    }

    /// Whether cases, or what was changed at some times, tell of later than as of when.
    private func isPast(_ cases: [SupportCase], _ changes: [Instant]) -> Bool {
        guard let until else { return false }
        let last = SupportCase.lastAt(of: cases, by: SyncOptions.precise)
        return changes.contains { $0 > until } || last.map { $0 > until } ?? false
    }
}
