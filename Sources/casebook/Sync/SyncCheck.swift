import ArgumentParser
import Commands
import Connectors
import Glibc
import Incidents
import Records
import Storage

/// Compares the descriptions of systems with the systems.
struct SyncCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Compare the description of each system with the system itself.",
        discussion: """
            Prints one JSON object a system, and ends with 65 when a description does not fit. With --store it also tells how the workflow \
            has drifted: states, priorities and fields that are new, gone or called otherwise since the last check with that store, and \
            fields whose values among the last \(WorkflowDrift.newest) tickets differ from those before (a chi-squared test at \
            \(WorkflowDrift.significance) over all fields, and at least \(Int(WorkflowDrift.distance * 100)) % of the tickets \
            with other values). It ends with 65 then too.
            """)

    @Option(help: ArgumentHelp("The description of the systems.", valueName: "file"))
    var systems: String

    @Option(help: ArgumentHelp("The tenant's store, which knows what was there before.", valueName: "file"))
    var store: String?

    @OptionGroup
    var redaction: RedactionOptions

    private struct Line: Encodable {
        var system: String
        var problems: [String]
        var drift: [String]?
    }

    func run() async throws {
        var isWhole = true
        let store = try store.map { try redaction.openStore(at: $0, for: "sync check", .existing) }
        for description in try described() {
            let system = try SyncOptions.open(description, for: "sync check")
            var line = Line(system: description.name, problems: [])
            switch await words(of: system, agents: description.agents.known) {
            case .success(let (vocabulary, people)):
                line.problems = description.problems(with: vocabulary, people: Set(people.map(\.id)))
                line.drift = try store.map { try drift(of: description.name, vocabulary, $0) }
            case .failure(let fault): line.problems = [fault.description]
            }
            isWhole = isWhole && line.problems.isEmpty && line.drift?.isEmpty != false
            print(try line.jsonLine)
        }
        if !isWhole { throw ExitCode(EX_DATAERR) }
    }

    private func words(
        of system: any TicketSystem, agents: Set<String>
    ) async -> Result<(SystemVocabulary, [RemotePerson]), SystemFault> {
        do throws(SystemFault) {
            return .success((try await system.vocabulary(), try await system.people(agents.sorted())))
        } catch {
            return .failure(error)
        }
    }

    /// What has changed since the last check, of which this is the next one.
    private func drift(
        of name: String, _ vocabulary: SystemVocabulary, _ store: TenantStore
    ) throws -> [String] {
        try Program.casebook("sync check").reporting {
            let (newest, all) = (WorkflowDrift.newest, WorkflowDrift.newest + WorkflowDrift.earlier)
            let words = vocabulary.words
            let drift = WorkflowDrift(
                seen: try store.seenWords(of: name), words: words,
                before: try store.valueCounts(in: name, places: newest..<all, most: WorkflowDrift.mostValues),
                after: try store.valueCounts(in: name, places: 0..<newest, most: WorkflowDrift.mostValues))
            try store.keep(words, of: name, by: StoreOptions.entry(.synced))
            return drift.lines
        }
    }

    private func described() throws -> [SystemDescription] {
        try SyncOptions.described(in: systems, for: "sync check")
    }
}
