internal import Glibc

/// A folder with what is known of a desk: its customers, its tickets and its logs.
///
/// Files are `organizations`, `accounts`, `deployments`, `contacts`, `aliases`, `topology`, `releases` and `tickets`, each as JSON
/// lines (`.ndjson`) or as CSV with a header (`.csv`, lists parted by `;`), and `logs.ndjson`. Any but the logs may be missing.
public struct DeskFolder: Sendable {
    /// The path of the folder.
    public let path: String
    private let content: [String: RecordFile]?

    /// Takes a folder; nothing is read yet.
    public init(path: String) {
        self.path = path
        content = nil
    }

    /// Takes files that are already in memory; their paths are their names in the folder.
    public init(files: [RecordFile]) {
        path = ""
        content = Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
    }

    /// What was read of a desk's customers.
    public struct Customers: Sendable {
        /// The customers.
        public var context = CustomerContext()
        /// The rows that were set aside.
        public var rejected: [RejectedRow] = []
    }

    /// The file of the logs, packed by gzip or not.
    ///
    /// - Throws: ``RecordError/missingFile(file:)``.
    public func logs() throws(RecordError) -> String {
        for name in ["logs.ndjson", "logs.ndjson.gz"] {
            if RecordFile.exists(at: path + "/" + name) { return path + "/" + name }
        }
        throw .missingFile(file: path + "/logs.ndjson")
    }

    /// Reads the customers.
    ///
    /// - Throws: ``RecordError``.
    public func customers(badRows: BadRows = .areErrors) throws(RecordError) -> Customers {
        var found = Customers()
        func read<Item>(
            _ name: String, _ item: (RecordRow) throws(JSONRefusal) -> Item
        ) throws(RecordError) -> [Item] {
            guard let file = try file(name) else { return [] }
            var items: [Item] = []
            found.rejected += try RecordRows.read(file, badRows: badRows) { row throws(JSONRefusal) in
                items.append(try item(row))
            }
            return items
        }
        found.context.organizations = try read("organizations", Organization.init)
        found.context.accounts = try read("accounts", Account.init)
        found.context.deployments = try read("deployments", Deployment.init)
        found.context.contacts = try read("contacts", Contact.init)
        found.context.aliases = try read("aliases", AccountAlias.init)
        found.context.topology = try read("topology", TopologyLink.init)
        found.context.releases = try read("releases", Release.init)
        return found
    }

    /// Reads the tickets; a ticket without an account gets that of its contact.
    ///
    /// - Parameters:
    ///   - context: The customers.
    ///   - redactor: Redacts texts as they are read.
    ///   - badRows: What to do with a row that is wrong.
    /// - Throws: ``RecordError``.
    public func tickets(
        _ context: CustomerContext, redactor: Redactor, badRows: BadRows = .areErrors
    ) throws(RecordError) -> (tickets: [Ticket], rejected: [RejectedRow]) {
        guard let file = try file("tickets") else { return ([], []) }
        let accounts = Dictionary(context.contacts.map { ($0.id, $0.account) }, uniquingKeysWith: { $1 })
        var tickets: [Ticket] = []
        var ids: Set<String> = []
        let rejected = try RecordRows.read(file, badRows: badRows) { row throws(JSONRefusal) in
            var ticket = try Ticket(row, redactor)
            guard ids.insert(ticket.id).inserted else { throw JSONRefusal("id", excerpt: ticket.id, .duplicateId) }
            if ticket.account == nil, let contact = ticket.contact { ticket.account = accounts[contact] ?? nil }
            tickets.append(ticket)
        }
        return (tickets, rejected)
    }

    private func file(_ name: String) throws(RecordError) -> RecordFile? {
        for suffix in [".ndjson", ".csv"] {
            if let content {
                if let file = content[name + suffix] { return file }
                continue
            }
            let path = path + "/" + name + suffix
            if RecordFile.exists(at: path) { return try RecordFile(reading: path) }
        }
        return nil
    }
}
