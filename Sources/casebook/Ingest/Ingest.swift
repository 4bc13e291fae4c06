import ArgumentParser
import Commands
import Glibc
import Logs
import Service
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
    var name = IngestService.Settings.standardInput

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
        let service = try Program.casebook("ingest").reporting {
            try IngestService(
                into: store, clock: { WallClock.nanoseconds }, isAskedToEnd: { Stop.isAsked }, tell: Self.say)
        }
        let redactor = try options.redaction.redactor(for: "ingest")
        let settings = try settings()
        Stop.watch()
        let report = try Program.casebook("ingest").reporting {
            let report = try service.run(settings, redactor: redactor, by: StoreOptions.entry(.ingested))
            try store.close()
            return report
        }
        if json {
            print(try report.jsonLine)
        } else {
            StandardInput.say("casebook ingest: " + report.text)
        }
        if !report.unreadable.isEmpty { throw ExitCode(EX_NOINPUT) }
    }

    private func settings() throws -> IngestService.Settings {
        let (mapping, zone) = try log.settings(for: "ingest")
        var settings = IngestService.Settings(paths, zone: zone)
        settings.follow = follow
        settings.processors = cpu.map { $0 / 100 }
        settings.rate = rate.map { $0 * 1e6 }
        settings.shed = shed.map { $0 << 20 }
        settings.inputName = name
        settings.format = log.format
        settings.mapping = mapping
        settings.ownFiles = options.redaction.paths + [log.fields].compactMap(\.self)
        return settings
    }

    private static func say(_ news: IngestService.News) {
        switch news {
        case .unreadable(let path, let obstacle): StandardInput.say("casebook ingest: \(path): \(text(of: obstacle))")
        case .leftOut(let path, let obstacle):
            StandardInput.say("casebook ingest: \(path) is left out: it \(text(of: obstacle))")
        }
    }

    private static func text(of obstacle: IngestService.Obstacle) -> String {
        switch obstacle {
        case .refused(let code): String(cString: strerror(code))
        case .noFile(let kind):
            "is \(kind), and of what it holds nothing could be read again; use ingest - < FILE --name NAME"
        case .own: "is a file of this command, and no log"
        case .utf16: "is in UTF-16, in which no place can be kept: pack it with gzip, or write it in UTF-8"
        case .binary: "is binary, and no log"
        case .unknownFormat: "was read before as a format that is not known here"
        }
    }
}
