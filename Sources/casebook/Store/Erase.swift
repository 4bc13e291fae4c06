import ArgumentParser
import Commands
import Glibc
import Records
import Storage

/// Forgets a contact, an account or a tenant.
struct Erase: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Forget a contact, an account or a whole tenant.",
        discussion: """
            Removes all rows, the counts, shapes and scopes that came from an account alone, and its names in the texts of others, \
            overwrites free pages and the log, and prints a receipt as JSON, which holds kinds and numbers and nothing of what they \
            said. After any end, kill -9 included, the same command finishes. With --tenant the files of the store are \
            overwritten and removed; destroy the key file then, and copies of the store lose what was sealed too. Models that were \
            trained before, exports and the files that were imported are not in the store: train the models again.
            """)

    @OptionGroup
    var options: StoreOptions

    @Option(help: ArgumentHelp("The id of a contact.", valueName: "id"))
    var contact: String?

    @Option(help: ArgumentHelp("The id of an account.", valueName: "id"))
    var account: String?

    @Flag(help: "The whole store.")
    var tenant = false

    func validate() throws {
        let asked = [contact != nil, account != nil, tenant].filter { $0 }.count
        guard asked == 1 else { throw ValidationError("give one of --contact, --account and --tenant") }
    }

    func run() throws {
        let receipt: ErasureReceipt
        if let subject = contact.map(ErasureSubject.contact) ?? account.map(ErasureSubject.account) {
            let redactor = try options.redaction.redactor(for: "erase")
            let store = try options.open(for: "erase", .existing)
            receipt = try Program.casebook("erase").reporting {
                try store.erase(subject, redactor: redactor, by: StoreOptions.entry(.erased))
            }
        } else {
            receipt = try Program.casebook("erase").reporting {
                try TenantStore.destroy(path: options.store, at: StoreOptions.now)
            }
        }
        print(try receipt.jsonLine)
    }
}
