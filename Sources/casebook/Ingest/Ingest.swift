import ArgumentParser
import Commands
import Glibc
import Logs
import Records
import Storage

/// Counts the records of logs by signature into a tenant's store.
struct Ingest: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Count the records of logs by signature, scope, severity and minute.",
        discussion: """
            Reads files, the files in folders, or standard input as -, and keeps counts in the tenant's store together with \
            how far each log was read, in one transaction every two seconds. After any end, kill -9 included, the same command \
            goes on there: no line is lost and none is counted twice. Files are known again when they were renamed, \
            packed by gzip, or copied and emptied; standard input when it is sent again from its start under the same name. \
            A copy of a kilobyte or more beside its log waits until the log is emptied or gone, so that no line of it counts twice; \
            a copy that somebody has changed is a log of its own. Pipes, sockets and devices are read as standard input only. \
            Only shapes of messages and the values that tell a scope are kept, both redacted; in shapes, names and aliases of the \
            customers whom the store knows become variables. The account of a record is the value of a key that says so, such as tenant, \
            customer.id or accountId, or that --fields gives as account; of customers whom the store knows it is kept by its id. \
            Where the rules list attributes, values of other keys are hidden whole.
            """)

    @Argument(help: "Files, folders, or - for standard input.")
    var paths: [String]

    @Flag(help: "Go on as files grow, rotate and appear, until SIGINT or SIGTERM.")
    var follow = false

    @Option(help: ArgumentHelp("Use at most so many percent of one processor.", valueName: "percent"))
    var cpu: Double?

    @Option(help: ArgumentHelp("Read at most so many megabytes a second.", valueName: "MB"))
    var rate: Double?

    @Option(
        help: ArgumentHelp(
            "Of a log that is behind by more than this only every sixteenth block is read, and of the others the lines are "
                + "counted.", valueName: "MB"))
    var shed: Int64?

    @Option(help: "The name of standard input.")
    var name = LogFile.standardInput

    @OptionGroup
    var log: LogOptions

    @OptionGroup
    var options: StoreOptions

    @Flag(help: "Print one JSON object at the end.")
    var json = false

    func validate() throws {
        for (name, value) in [("--cpu", cpu), ("--rate", rate), ("--shed", shed.map(Double.init))] {
            if let value, !(value > 0) { throw ValidationError("\(name) must be more than 0") }
        }
    }

    func run() throws {
        let store = try options.open(for: "ingest", .creating)
        let customers = try Program.casebook("ingest").reporting {
            try store.claimWriting()
            guard store.hasKey else {
                if try store.isSealed() { throw StorageError.noKey(file: store.path) }
                return CustomerContext()
            }
            return try store.customers()
        }
        let redactor = try options.redaction.redactor(for: "ingest")
        // What the store seals must not come in by messages: names, and what else accounts go by.
        let messages = redactor.knowing(
            people: customers.contacts.map(\.name),
            companies: customers.organizations.map(\.name) + customers.accounts.map(\.name)
                + customers.aliases.map(\.value))
        let accountKeys = try log.mapping(for: "ingest").account
        try Program.casebook("ingest").reporting {
            try store.record(StoreOptions.entry(.ingested))
            let directory = CustomerDirectory(customers)
            let counter = EventCounter(
                redactor: redactor, messages: messages, customers: directory, accountKeys: accountKeys,
                shapes: try store.shapes(), scopes: try store.scopes())
            var run = IngestRun(self, known: try store.sources(), hasAccounts: !directory.accounts.isEmpty)
            Stop.watch()
            try run.run(into: store, counter)
            try store.close()
            if json {
                print(try run.report.jsonLine)
            } else {
                StandardInput.say("casebook ingest: " + run.report.text)
            }
            if !run.report.unreadable.isEmpty { throw ExitCode(EX_NOINPUT) }
        }
    }
}
