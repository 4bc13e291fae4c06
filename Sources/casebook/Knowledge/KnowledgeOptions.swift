import ArgumentParser
import Knowledge
import LinearAlgebra
import Records
import Storage

/// Where the cases of a desk come from: a folder or a store.
struct KnowledgeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder of the desk.", valueName: "dir"))
    var desk: String?

    @Option(help: ArgumentHelp("The tenant's store.", valueName: "file"))
    var store: String?

    @Option(help: ArgumentHelp("As of when; the opening of the last ticket if not given.", valueName: "time"))
    var asOf: String?

    @Option(
        help: ArgumentHelp(
            "The fewest customers that a word must have come from to stand in a label or an article.", valueName: "n"))
    var leastCustomers = 3

    @Flag(help: "Print one JSON object.")
    var json = false

    @OptionGroup
    var redaction: RedactionOptions

    func validate() throws {
        guard (desk == nil) != (store == nil) else { throw ValidationError("one of --desk and --store is needed") }
        guard 2...1_000 ~= leastCustomers else { throw ValidationError("--least-customers must be from 2 to 1000") }
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
        /// Redacts what is asked.
        var redactor: Redactor
    }

    /// Reads the cases and learns from them.
    ///
    /// - Parameter more: Decisions that are not kept.
    func read(for command: String, _ access: TenantStore.Access = .reading, deciding more: [GroupDecision] = []) throws
        -> Source
    {
        // The work is parted among the cores already.
        setLinearAlgebraThreads(1)
        if let desk {
            let (cases, redactor) = try StandardInput.reporting(command) {
                () throws(RecordError) -> ([SupportCase], Redactor) in try read(DeskFolder(path: desk))
            }
            let time = time(of: cases)
            return Source(
                knowledge: DeskKnowledge(cases, decisions: more, at: time, leastCustomers: leastCustomers), time: time,
                redactor: redactor)
        }
        let store = try redaction.openStore(at: store ?? "", for: command, access)
        return try StoreOptions.reporting(command) { () throws(StorageError) -> Source in
            let context = try store.customers()
            let tickets = try store.tickets()
            let cases = SupportCase.all(
                tickets, interactions: try store.interactions(), reopened: Set(try store.reopenedTickets()),
                context: context)
            let time = time(of: cases)
            var memberships: [String: String] = [:]
            for membership in try store.memberships() { memberships[membership.ticket] = membership.group }
            return Source(
                knowledge: DeskKnowledge(
                    cases, decisions: try store.groupDecisions() + more, memberships: memberships, at: time,
                    leastCustomers: leastCustomers),
                store: store, articles: try store.articles(), time: time,
                redactor: redactor(knowing: context))
        }
    }

    private func read(_ folder: DeskFolder) throws(RecordError) -> ([SupportCase], Redactor) {
        let context = try folder.customers().context
        var generator = SystemRandomNumberGenerator()
        let files = RedactionFiles(
            rules: redaction.rules, contacts: redaction.contacts, keyFile: redaction.keyFile,
            environment: RedactionFiles.processEnvironment)
        let redactor = try files.redactor(keyedBy: &generator, knowing: context)
        let tickets = try folder.tickets(context, redactor: redactor).tickets
        let interactions = try folder.interactions(redactor: redactor).interactions
        return (SupportCase.all(tickets, interactions: interactions, context: context), redactor)
    }

    private func redactor(knowing context: CustomerContext) -> Redactor {
        var generator = SystemRandomNumberGenerator()
        var rules = RedactionRules()
        rules.add(context)
        return Redactor(rules: rules, keyedBy: &generator)
    }

    private func time(of cases: [SupportCase]) -> Instant {
        asOf.flatMap { Instant(iso8601: $0) } ?? cases.last?.ticket.openedAt ?? Instant(seconds: 0)
    }
}
