import ArgumentParser
import Commands
import Knowledge
import LinearAlgebra
import Models
import Records
import Storage

/// Fits the model of issue groups.
struct TrainIssueGroups: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue-groups",
        abstract: "Learn from past tickets what grouping and suggestions need.",
        discussion: """
            Tickets come from the folder of a desk, from a store, or from a data set of kind tickets, duplicates or intents. The model holds no ticket, and no word that fewer \
            than --least-customers customers have used; where a data set knows no customers, each row counts as one. The new version becomes the current one.
            """)

    @Option(help: ArgumentHelp("The folder of a desk.", valueName: "dir"))
    var desk: String?

    @Option(help: ArgumentHelp("A tenant's store.", valueName: "file"))
    var store: String?

    @Option(help: ArgumentHelp("The folder of a data set, or its dataset.json.", valueName: "path"))
    var dataset: String?

    @Option(
        help: ArgumentHelp(
            "Use what was opened, said, resolved and decided by this moment, ISO 8601.", valueName: "time"))
    var cutoff: Instant?

    @Option(
        help: ArgumentHelp("The fewest customers that a word must have come from to be learnt.", valueName: "n"))
    var leastCustomers = 3

    @OptionGroup
    var redaction: RedactionOptions

    @Option(help: ArgumentHelp("The folder of the models.", valueName: "dir"))
    var models = "models"

    @Option(help: "The seed of random choices.")
    var seed: UInt64 = 1

    func validate() throws {
        guard [desk, store, dataset].count(where: { $0 != nil }) == 1 else {
            throw ValidationError("give one of --desk, --store and --dataset")
        }
        guard 2...1_000 ~= leastCustomers else { throw ValidationError("--least-customers must be from 2 to 1000") }
    }

    func run() throws {
        // The work is parted among the cores already.
        setLinearAlgebraThreads(1)
        do {
            try program.run(on: desk ?? store ?? dataset, train)
        } catch let error as StorageError {
            throw program.failure(error.description, error.exitCode)
        }
    }

    private func train() throws {
        var history = try history()
        if let cutoff { history.cases = history.cases.compactMap { $0.known(at: cutoff) } }
        let knowledge = DeskKnowledge(
            history.cases, decisions: history.decisions, memberships: history.memberships,
            at: history.cases.last?.ticket.openedAt ?? Instant(seconds: 0), leastCustomers: leastCustomers, seed: seed)
        let model = try IssueGroupModel(
            of: knowledge, existing: history.articles, source: history.name, dataSHA256: history.dataSHA256, seed: seed)
        let version = try model.store(in: ModelRegistry(path: models))
        let facts = model.provenance
        program.report(
            "\(models)/\(IssueGroupModel.name)/\(version): \(facts.tickets) tickets of \(facts.customers) customers, "
                + "\(model.wordCount) words of \(leastCustomers) or more of them")
    }

    private func history() throws -> TicketHistoryFile {
        if let desk {
            let folder = DeskFolder(path: desk)
            let context = try folder.customers().context
            return try TicketHistoryFile(desk: folder, context, redactor: redaction.redactor(knowing: context))
        }
        if let store {
            return try TicketHistoryFile(
                store: TenantStore(path: store, key: redaction.tenantKey(), access: .reading), path: store,
                until: cutoff)
        }
        return try TicketHistoryFile(dataset: dataset ?? "", redactor: redaction.redactor())
    }
}
