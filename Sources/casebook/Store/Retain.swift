import ArgumentParser
import Commands
import Glibc
import Records
import Storage

/// Removes what is older than a store should hold.
struct Retain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Remove what is older than so many days.",
        discussion: """
            Tickets count from their resolution and stay while they are open, counts of log records from their minute, incidents from \
            their end, uses of articles from their time, agents from the day they left. With a ticket its messages go, and what \
            articles have from it alone; as a keyed hash of it stays, by which no import brings it back, this takes the tenant's key, \
            and nothing else does. What is removed is overwritten, as by `casebook erase`, and a receipt is printed as JSON.
            """)

    @OptionGroup
    var options: StoreOptions

    @Option(help: ArgumentHelp("The days to keep, up to now.", valueName: "days"))
    var olderThan: Double

    @Option(
        help: "What to remove: \(names); may be given again, and is everything otherwise.",
        transform: { text in
            guard let kind = RetainedKind(rawValue: text) else { throw ValidationError("one of \(names) is needed") }
            return kind
        })
    var kind: [RetainedKind] = []

    private static let names = RetainedKind.allCases.map(\.rawValue).joined(separator: ", ")

    func validate() throws {
        guard olderThan >= 0, olderThan < 1e6 else { throw ValidationError("--older-than must be 0 to a million days") }
    }

    func run() throws {
        let store = try options.open(for: "retain", .existing)
        let time = Instant(seconds: StoreOptions.now.seconds - olderThan * 86_400)
        let kinds = Set(kind.isEmpty ? RetainedKind.allCases : kind)
        let receipt = try Program.casebook("retain").reporting {
            try store.removeOlder(than: time, kinds, by: StoreOptions.entry(.removedOld))
        }
        print(try receipt.jsonLine)
    }
}
