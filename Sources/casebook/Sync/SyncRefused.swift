import ArgumentParser
import Commands
import Connectors
import Glibc
import Records
import Storage

/// Shows what a system refused, or does not let be read, and has the former sent again.
struct SyncRefused: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refused", abstract: "Show what systems refused, or have it sent again.",
        discussion: """
            Prints one JSON object for each change that was refused, and for each ticket that could not be read and is tried again, \
            with the reason.
            """)

    @OptionGroup
    var sync: SyncOptions

    @Option(help: ArgumentHelp("Send these again, by their numbers.", valueName: "number"))
    var replay: [Int] = []

    @Flag(help: "Send all of them again.")
    var replayAll = false

    private struct Line: Encodable {
        var number: Int
        var system: String
        var ticket: String
        var what: String
        var since: String
        var actor: String
        var reason: String
    }

    /// A ticket of which reading has failed.
    private struct Unread: Encodable {
        var system: String
        var remote: String
        var since: String
        var attempts: Int
        var reason: String
    }

    /// The most tickets that are shown.
    private static let mostUnread = 10_000

    func run() async throws {
        let descriptions = try sync.described(for: "sync refused")
        let store = try sync.options.open(for: "sync refused", .existing)
        for description in descriptions {
            if replayAll || !replay.isEmpty {
                let count = try Program.casebook("sync refused").reporting {
                    try store.replay(replayAll ? nil : replay, in: description.name, by: StoreOptions.entry(.synced))
                }
                let overtaken = count.overtaken == 0 ? "" : ", \(count.overtaken) have got another value since"
                StandardInput.say("casebook sync refused: \(description.name): \(count.waiting) wait again\(overtaken)")
                continue
            }
            let (entries, unread) = try Program.casebook("sync refused").reporting {
                (
                    try store.outbox([.dead], in: description.name),
                    try store.unreadTickets(of: description.name, limit: Self.mostUnread)
                )
            }
            for entry in entries {
                let line = Line(
                    number: entry.number, system: entry.system, ticket: entry.ticket, what: entry.work.summary,
                    since: entry.createdAt.iso8601, actor: entry.actor, reason: entry.fault.string)
                print(try line.jsonLine)
            }
            for ticket in unread where ticket.attempts > 0 {
                let line = Unread(
                    system: description.name, remote: ticket.remote, since: ticket.since.iso8601,
                    attempts: ticket.attempts, reason: ticket.fault.string)
                print(try line.jsonLine)
            }
        }
    }
}

extension OutboxEntry.Work {
    /// For people.
    fileprivate var summary: String {
        switch self {
        case .field(let name, let value): "\(name)=\(value ?? "")"
        case .tags(let added, let removed):
            (added.sorted().map { "+\($0)" } + removed.sorted().map { "-\($0)" }).joined(separator: " ")
        case .message(_, let isPublic): isPublic ? "a reply" : "an internal message"
        case .note: "the note"
        case .link(let other): "a link to \(other)"
        case .opening: "the opening of the ticket"
        case .unreadable: "what cannot be read any more"
        }
    }
}
