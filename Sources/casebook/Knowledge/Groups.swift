import ArgumentParser
import Commands
import Glibc
import Knowledge
import Records
import Storage

/// Groups a desk's tickets by the issue that they are about.
struct Groups: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Group tickets by the issue that they are about.",
        discussion: """
            Prints each issue with its label, how it comes at present (new, known, growing, dormant), its tickets, and the category that most of them have. With \
            a store, groups keep their ids from run to run. --together and --apart say for ever of two tickets that they are one issue or two, --undo takes it \
            back, which is needed before something can be said that contradicts it; with --preview what would become of their groups is shown and nothing is kept.
            """)

    @OptionGroup
    var options: KnowledgeOptions

    @Option(help: ArgumentHelp("Two tickets that are one issue.", valueName: "id,id"))
    var together: [String] = []

    @Option(help: ArgumentHelp("Two tickets that are two issues.", valueName: "id,id"))
    var apart: [String] = []

    @Option(help: ArgumentHelp("Two tickets of which nothing is said any more.", valueName: "id,id"))
    var undo: [String] = []

    @Flag(help: "Show what decisions would do, and keep nothing.")
    var preview = false

    @Option(help: ArgumentHelp("Only groups of so many tickets or more.", valueName: "n"))
    var least = 2

    func validate() throws {
        _ = try decisions()
        if preview, together.isEmpty, apart.isEmpty, undo.isEmpty {
            throw ValidationError("--preview needs --together, --apart or --undo")
        }
        if options.asOf != nil, !preview, try !decisions().isEmpty {
            throw ValidationError("--together, --apart and --undo hold from now on: with --as-of they need --preview")
        }
    }

    func run() throws {
        let decisions = try decisions()
        let source = try options.read(for: "groups", preview ? .reading : .existing, deciding: decisions)
        let named = Set(decisions.flatMap { [$0.first, $0.second] })
        let known = Set(source.knowledge.cases.map(\.ticket.id))
        for id in named.sorted() where !known.contains(id) {
            throw Program.casebook("groups").failure("no ticket \(id)", EX_DATAERR)
        }
        let own = Set(decisions)
        let contradictions = source.knowledge.contradictions.filter { !own.isDisjoint(with: $0.together + [$0.apart]) }
        guard contradictions.isEmpty else {
            for contradiction in contradictions {
                StandardInput.say("casebook groups: \(contradiction); take one of these back first with --undo")
            }
            throw ExitCode(EX_DATAERR)
        }
        if let store = source.store, !preview, !source.isPast {
            try Program.casebook("groups").reporting {
                if !decisions.isEmpty { try store.keep(decisions, by: StoreOptions.entry(.decided)) }
                try store.keep(source.knowledge.memberships, by: StoreOptions.entry(.grouped))
            }
        }
        let shown =
            preview
            ? source.knowledge.groups(of: named.sorted()) : source.knowledge.groups.filter { $0.cases.count >= least }
        guard options.json else {
            for group in shown { Swift.print(Self.text(group), terminator: "") }
            return
        }
        let cases = source.knowledge.cases
        JSONLineWriter.print { line in
            line.member("groups", shown) { group, line in
                line.object {
                    $0.member("id", group.id)
                    $0.member("label", group.label) { $1.value($0) }
                    $0.member("status", group.status.rawValue)
                    $0.member("category", group.category)
                    $0.member("categoryShare", group.categoryShare)
                    $0.member("firstAt", group.firstAt)
                    $0.member("lastAt", group.lastAt)
                    $0.member("open", Double(group.openCases))
                    $0.member("tickets", group.cases.map { cases[$0].ticket.id }) { $1.value($0) }
                }
            }
        }
    }

    private static func text(_ group: IssueGroup) -> String {
        """
        \(group.id): \(group.label.joined(separator: " "))
          \(group.status.rawValue); \(group.cases.count) tickets, \(group.openCases) open; \(group.firstAt.iso8601) to \(group.lastAt.iso8601)

        """
            + (group.category.isEmpty
                ? "" : "  category \(group.category), \((group.categoryShare * 100).rounded()) % of those with one\n")
    }

    private func decisions() throws -> [GroupDecision] {
        func read(_ pairs: [String], _ kind: GroupDecision.Kind, _ option: String) throws -> [GroupDecision] {
            try pairs.map { pair in
                let ids = pair.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                guard ids.count == 2, !ids.contains(""), ids[0] != ids[1] else {
                    throw ValidationError("\(option) takes the ids of two tickets with a comma between them")
                }
                return GroupDecision(
                    kind: kind, ids[0], ids[1], time: StoreOptions.now, actor: StoreOptions.entry(.decided).actor)
            }
        }
        return try read(together, .mustLink, "--together") + read(apart, .cannotLink, "--apart")
            + read(undo, .undo, "--undo")
    }
}
