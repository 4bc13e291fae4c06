internal import Glibc

/// A folder with what is known of a desk: its customers, its tickets and its logs.
///
/// Files are `organizations`, `accounts`, `deployments`, `contacts`, `aliases`, `topology`, `releases`, `tickets`, `interactions`,
/// `agents`, `published` and `article-uses`, each as JSON lines (`.ndjson`), as CSV with a header (`.csv`, its fields parted by commas, semicolons or tabs,
/// lists by `;`, in quotes where that parts fields too), or as both, `exposures` likewise, and `logs.ndjson`. Any but the logs may be missing.
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
        /// What each file says.
        public var facts = CustomerFacts()
        /// The customers, by what counts.
        public var context = CustomerContext()
        /// The rows that were set aside.
        public var rejected: [RejectedRow] = []
    }

    /// The file of the logs, packed by gzip or not.
    ///
    /// - Throws: ``RecordError/missingFile(file:others:)``.
    public func logs() throws(RecordError) -> String {
        for name in ["logs.ndjson", "logs.ndjson.gz"] {
            if RecordFile.exists(at: path + "/" + name) { return path + "/" + name }
        }
        throw .missingFile(file: path + "/logs.ndjson")
    }

    /// Reads the customers; each file is a source of its own, and CSV counts after JSON lines.
    ///
    /// - Parameters:
    ///   - date: As of when the folder is.
    ///   - badRows: What to do with a row that is wrong.
    /// - Throws: ``RecordError``, of a path that is no folder ``RecordError/missingFile(file:others:)``.
    public func customers(
        asOf date: Instant = Instant(seconds: 0), badRows: BadRows = .areErrors
    ) throws(RecordError) -> Customers {
        if content == nil, !Self.isFolder(path) { throw .missingFile(file: path) }
        var found = Customers()
        func read<Item>(
            _ name: String, _ list: WritableKeyPath<CustomerContext, [Item]>,
            _ item: (RecordRow) throws(JSONRefusal) -> Item
        ) throws(RecordError) {
            for file in try files(name) {
                var part = CustomerContext()
                found.rejected += try RecordRows.read(file, badRows: badRows) { row throws(JSONRefusal) in
                    part[keyPath: list].append(try item(row))
                }
                found.facts.add(part, from: FactSource(name: file.path, date: date))
            }
        }
        try read("organizations", \.organizations, Organization.init)
        try read("accounts", \.accounts, Account.init)
        try read("deployments", \.deployments, Deployment.init)
        try read("contacts", \.contacts, Contact.init)
        try read("aliases", \.aliases, AccountAlias.init)
        try read("topology", \.topology, TopologyLink.init)
        try read("releases", \.releases, Release.init)
        found.context = found.facts.context
        return found
    }

    /// Reads how much the product was used, where somebody knows it; empty where nobody does.
    ///
    /// - Returns: The exposures, and how many rows say less than nothing, which are set aside.
    /// - Throws: ``RecordError``.
    public func exposures() throws(RecordError) -> (exposures: [Exposure], negative: Int) {
        var exposures: [Exposure] = []
        var negative = 0
        for file in try files("exposures") {
            _ = try RecordRows.read(file, badRows: .areErrors) { row throws(JSONRefusal) in
                guard let exposure = try Exposure(row) else { return negative += 1 }
                exposures.append(exposure)
            }
        }
        return (exposures, negative)
    }

    /// Reads the tickets.
    ///
    /// A ticket without an account gets the one of its contact, else the one that the contact's mail belongs to, else the one that its
    /// words name; see ``TicketAccounts``. An account that nobody knows is kept as it is.
    ///
    /// - Parameters:
    ///   - context: The customers.
    ///   - agents: The ids of agents, which stay as they are.
    ///   - redactor: Redacts texts and words as they are read.
    ///   - badRows: What to do with a row that is wrong.
    /// - Throws: ``RecordError``.
    public func tickets(
        _ context: CustomerContext, agents: Set<String> = [], redactor: Redactor, badRows: BadRows = .areErrors
    ) throws(RecordError) -> (tickets: [Ticket], rejected: [RejectedRow]) {
        try Self.tickets(in: try files("tickets"), context, agents: agents, redactor: redactor, badRows: badRows)
    }

    /// The tickets of some files, JSON lines or CSV, each with its account as far as it is known or can be told.
    ///
    /// - Throws: As ``tickets(_:redactor:badRows:)``.
    public static func tickets(
        in files: [RecordFile], _ context: CustomerContext, agents: Set<String> = [], redactor: Redactor,
        badRows: BadRows = .areErrors
    ) throws(RecordError) -> (tickets: [Ticket], rejected: [RejectedRow]) {
        var tickets: [Ticket] = []
        var rejected: [RejectedRow] = []
        var ids: Set<String> = []
        var accounts: TicketAccounts?
        for file in files {
            rejected += try RecordRows.read(file, badRows: badRows) { row throws(JSONRefusal) in
                var ticket = try Ticket(row, redactor, agents: agents)
                guard ids.insert(ticket.id).inserted else { throw JSONRefusal("id", excerpt: ticket.id, .duplicateId) }
                if ticket.account == nil {
                    // Most desks know the account of each ticket, and need no names.
                    let known = accounts ?? TicketAccounts(context)
                    accounts = known
                    ticket.account = known.account(
                        contact: try row.identifier("contact"),
                        texts: [RawText(try row.words("subject")), RawText(try row.words("body"))])
                }
                tickets.append(ticket)
            }
        }
        return (tickets, rejected)
    }

    /// The files of one name that are there, JSON lines before CSV.
    func files(_ name: String) throws(RecordError) -> [RecordFile] {
        var found: [RecordFile] = []
        for suffix in [".ndjson", ".csv"] {
            if let content {
                if let file = content[name + suffix] { found.append(file) }
                continue
            }
            let path = path + "/" + name + suffix
            if RecordFile.exists(at: path) { found.append(try RecordFile(reading: path)) }
        }
        return found
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
