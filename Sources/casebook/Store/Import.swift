import ArgumentParser
import Commands
import Glibc
import Records
import Storage

/// Keeps customers, tickets, messages and agents in a tenant's store.
struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keep customers, tickets, messages and agents in a tenant's store.",
        discussion: """
            Reads \(DeskFiles.names.joined(separator: ", ")), each as .ndjson or .csv, from the folders or \
            files that are named; any may be missing. Every fact is kept with its source and date: of several, the latest counts, \
            and the others stay. It may be repeated, and is kept whole or not at all. Names, mail addresses and aliases are sealed \
            with the tenant's key, and texts are redacted. Messages (interactions) need their tickets, in the same files or in \
            the store; others are left out and counted. So are the records of who was erased, of whose tickets the rest stays, \
            and tickets that were removed as too old and are not open again.
            """)

    @Argument(help: "Folders, or files such as accounts.csv.")
    var paths: [String]

    @Option(help: "The system that says so.")
    var source: String

    @Option(help: ArgumentHelp("When it was so, in ISO 8601.", valueName: "time"))
    var date: String

    @Flag(help: "Go on when a row of a file is wrong, and say so.")
    var keepGoing = false

    @Flag(
        help: "Take in what was erased here, or removed as too old, as the people concerned want it: it is known again."
    )
    var again = false

    @OptionGroup
    var options: StoreOptions

    @Flag(help: "Print one JSON object at the end.")
    var json = false

    func validate() throws {
        guard Instant(iso8601: date) != nil else { throw ValidationError("--date is no time in ISO 8601: \(date)") }
        guard !source.isEmpty else { throw ValidationError("--source is empty") }
    }

    func run() throws {
        let store = try options.open(for: "import", .creating)
        let (known, team) = try Program.casebook("import").reporting {
            try store.claimWriting()
            return (try store.customers(), try store.agents())
        }
        let badRows: BadRows = keepGoing ? .areSetAside : .areErrors
        let folders = try DeskFiles.folders(at: paths)
        var report = ImportReport()
        var context = CustomerContext()
        for folder in folders {
            let customers = try Program.casebook("import").reporting {
                try folder.customers(badRows: badRows)
            }
            report.add(customers.rejected)
            context = context.joined(with: customers.context)
        }
        let all = known.joined(with: context)
        let redactor = try options.redaction.redactor(for: "import", knowing: all)
        var tickets: [Ticket] = []
        var interactions: [Interaction] = []
        var agents: [Agent] = []
        for folder in folders {
            let found = try Program.casebook("import").reporting {
                try folder.agents(badRows: badRows)
            }
            report.add(found.rejected)
            agents += found.agents
        }
        let ids = Set((team + agents).map(\.id))
        for folder in folders {
            try Program.casebook("import").reporting {
                let found = try folder.tickets(all, agents: ids, redactor: redactor, badRows: badRows)
                let said = try folder.interactions(agents: ids, redactor: redactor, badRows: badRows)
                report.add(found.rejected + said.rejected)
                tickets += found.tickets
                interactions += said.interactions
            }
        }
        for folder in folders {
            report.add(
                try Program.casebook("import").reporting { try folder.fieldNotes() })
        }
        report.add(context)
        (report.tickets, report.interactions, report.agents) = (tickets.count, interactions.count, agents.count)
        try Program.casebook("import").reporting {
            let leftOut = try store.keep(
                context, tickets: tickets, interactions: interactions, agents: agents, isAgain: again, source: source,
                date: Instant(iso8601: date) ?? StoreOptions.now, by: StoreOptions.entry(.imported))
            (report.interactionsWithoutTicket, report.forgotten) = (
                leftOut.interactionsWithoutTicket, leftOut.forgotten
            )
            report.conflicts = try store.conflicts().count
        }
        if json {
            print(try report.jsonLine)
        } else {
            StandardInput.say("casebook import: " + report.text)
        }
    }
}

extension CustomerContext {
    /// The records of both, in order.
    fileprivate func joined(with other: CustomerContext) -> CustomerContext {
        CustomerContext(
            organizations: organizations + other.organizations, accounts: accounts + other.accounts,
            deployments: deployments + other.deployments, contacts: contacts + other.contacts,
            aliases: aliases + other.aliases, topology: topology + other.topology, releases: releases + other.releases)
    }
}

/// What an import has kept.
private struct ImportReport: Encodable {
    var organizations = 0
    var accounts = 0
    var deployments = 0
    var contacts = 0
    var aliases = 0
    var topology = 0
    var releases = 0
    var tickets = 0
    var interactions = 0
    /// The messages that were left out, since nobody knows their tickets.
    var interactionsWithoutTicket = 0
    var agents = 0
    /// The records that were left out, or lost their words, since they were erased here or removed as too old.
    var forgotten = 0
    var rejectedRows = 0
    /// The fields that nothing reads, and those that rows should have.
    var fieldNotes: [String] = []
    /// The fields on which the sources of the store disagree now.
    var conflicts = 0

    mutating func add(_ context: CustomerContext) {
        organizations += context.organizations.count
        accounts += context.accounts.count
        deployments += context.deployments.count
        contacts += context.contacts.count
        aliases += context.aliases.count
        topology += context.topology.count
        releases += context.releases.count
    }

    /// Says which rows were set aside.
    mutating func add(_ rejected: [RejectedRow]) {
        StandardInput.say(rejected, for: "import")
        rejectedRows += rejected.count
    }

    /// Says what else the files hold.
    mutating func add(_ notes: [FieldNote]) {
        for note in notes { StandardInput.say("casebook import: \(note)") }
        fieldNotes += notes.map(\.description)
    }

    var text: String {
        "\(organizations) organisations, \(accounts) accounts, \(deployments) deployments, \(contacts) contacts, "
            + "\(aliases) aliases, \(topology) topology links, \(releases) releases, \(tickets) tickets, "
            + "\(interactions) interactions, \(agents) agents"
            + (interactionsWithoutTicket > 0
                ? ", \(interactionsWithoutTicket) interactions without a ticket left out" : "")
            + (forgotten > 0
                ? ", \(forgotten) records that were erased or removed as too old left out (--again takes them in)" : "")
            + (rejectedRows > 0 ? ", \(rejectedRows) rows set aside" : "")
            + (conflicts > 0 ? "; sources disagree on \(conflicts) fields" : "")
    }
}
