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
            "As of when: what was opened, said or resolved later is left out. The time of the last record if not given.",
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

    @Flag(help: "Print one JSON object.")
    var json = false

    @OptionGroup
    var redaction: RedactionOptions

    func validate() throws {
        guard (desk == nil) != (store == nil) else { throw ValidationError("one of --desk and --store is needed") }
        guard 2...1_000 ~= leastCustomers else { throw ValidationError("--least-customers must be from 2 to 1000") }
        if version != nil, models == nil { throw ValidationError("--version needs --models") }
        if let asOf, Instant(iso8601: asOf) == nil { throw ValidationError("--as-of is a time in ISO 8601") }
    }

    /// What was read of a desk.
    struct Source {
        var knowledge: DeskKnowledge
        /// The store, where there is one.
        var store: TenantStore?
        /// The newest versions of the articles in the store.
        var articles: [Article] = []
        /// As of when.
        var time: Instant
        /// The customers and what they run.
        var context: CustomerContext
        /// Redacts what is asked.
        var redactor: Redactor
        /// Finds the signatures of log lines in what is asked; nil where no logs are known.
        var pasted: PastedSignatures?
    }

    /// Reads the cases and learns from them.
    ///
    /// - Parameter more: Decisions that are not kept.
    func read(for command: String, _ access: TenantStore.Access = .reading, deciding more: [GroupDecision] = []) throws
        -> Source
    {
        // The work is parted among the cores already.
        setLinearAlgebraThreads(1)
        let model = try model(for: command)
        if let desk {
            let folder = DeskFolder(path: desk)
            let context = try Program.casebook(command).reporting {
                try folder.customers().context
            }
            let redactor = try redaction.redactor(for: command, knowing: context)
            let all = try Program.casebook(command).reporting {
                try SupportCase.all(of: folder, context, redactor: redactor)
            }
            let (cases, time) = known(all)
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
            let (cases, time) = known(
                SupportCase.all(
                    try store.tickets(), interactions: try store.interactions(),
                    reopened: Set(try store.reopenedTickets(until: until)), signatures: try store.ticketSignatures(),
                    pasted: pasted.ids, context: context))
            var memberships: [String: String] = [:]
            for membership in try store.memberships() { memberships[membership.ticket] = membership.group }
            return Source(
                knowledge: DeskKnowledge(
                    cases, decisions: try store.groupDecisions() + more, memberships: memberships, at: time,
                    leastCustomers: leastCustomers, model: model, articleID: { store.articleID(ofGroup: $0) }),
                store: store, articles: try store.articles(), time: time, context: context, redactor: redactor,
                pasted: pasted)
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

    private var until: Instant? { asOf.flatMap { Instant(iso8601: $0) } }

    /// What is known of cases, and as of when.
    private func known(_ cases: [SupportCase]) -> (cases: [SupportCase], time: Instant) {
        // A record of a time that has not come yet makes nothing later than it is.
        guard let until else {
            return (cases, min(cases.map(\.lastAt).max() ?? Instant(seconds: 0), SyncOptions.precise))
        }
        return (cases.compactMap { $0.known(at: until) }, until)
    }
}
