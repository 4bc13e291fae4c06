import ArgumentParser
import Commands
import Connectors
import Glibc
import Records
import Storage

/// Does something with a ticket here, and in the systems that have it too.
struct SyncAct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "act", abstract: "Change a ticket here and in the systems that have it too.",
        discussion: "What is done here waits until casebook sync run sends it.")

    @Argument(help: "The ticket: its id, or what one of its systems calls it.")
    var ticket: String

    @Option(
        help: ArgumentHelp(
            "A field and its new value; with nothing behind the equals sign it is emptied.", valueName: "field=value"))
    var set: [String] = []

    @Option(help: ArgumentHelp("A tag to add.", valueName: "tag"))
    var tag: [String] = []

    @Option(help: ArgumentHelp("A tag to take away.", valueName: "tag"))
    var untag: [String] = []

    @Option(help: ArgumentHelp("A message that the team alone can read.", valueName: "text"))
    var note: [String] = []

    @Option(help: ArgumentHelp("A message that the customer can read.", valueName: "text"))
    var reply: [String] = []

    @Option(help: ArgumentHelp("Another ticket or issue of the same system, or an address.", valueName: "id"))
    var link: [String] = []

    @Option(
        help: ArgumentHelp(
            "Another ticket here, such as the issue that engineering has for it: both are linked with each other, wherever they live.",
            valueName: "id"))
    var issue: [String] = []

    @Option(help: ArgumentHelp("The description of the systems, for --issue.", valueName: "file"))
    var systems: String?

    @Option(help: ArgumentHelp("Who does it.", valueName: "agent"))
    var actor: String

    @OptionGroup
    var options: StoreOptions

    func validate() throws {
        for item in set where item.firstIndex(of: "=").map({ $0 == item.startIndex }) ?? true {
            throw ValidationError("--set is a field, an equals sign and a value: \(item)")
        }
        guard !(set + tag + untag + note + reply + link + issue).isEmpty else {
            throw ValidationError("there is nothing to do")
        }
        for (name, texts) in [("note", note), ("reply", reply)]
        where texts.contains(where: { $0.allSatisfy(\.isWhitespace) }) {
            throw ValidationError("--\(name) says nothing")
        }
        guard issue.isEmpty == (systems == nil) else { throw ValidationError("--issue and --systems go together") }
    }

    func run() async throws {
        let store = try options.open(for: "sync", .existing)
        let context = try Program.casebook("sync").reporting { try store.customers() }
        let redactor = try options.redaction.redactor(for: "sync", knowing: context)
        var work: [OutboxEntry.Work] = set.map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return .field(parts[0], value: parts[1].isEmpty ? nil : parts[1])
        }
        if !tag.isEmpty || !untag.isEmpty { work.append(.tags(added: Set(tag), removed: Set(untag))) }
        work += note.map { .message(Document(redactor.redact(RawText($0))), isPublic: false) }
        work += reply.map { .message(Document(redactor.redact(RawText($0))), isPublic: true) }
        work += link.map { .link($0) }
        let described = try systems.map { try SyncOptions.described(in: $0, for: "sync act") } ?? []
        do {
            let actions = SupportActions(store, newKey: SyncOptions.newKey)
            if !work.isEmpty { try actions.perform(work, on: ticket, by: actor, at: SyncOptions.precise) }
            for other in issue {
                try actions.connect(ticket, with: other, in: described, by: actor, at: SyncOptions.precise)
            }
        } catch let error as ActionError {
            throw Program.casebook("sync act").failure("\(error)", EX_DATAERR)
        } catch let error as StorageError {
            throw Program.casebook("sync act").failure(error)
        }
    }
}
