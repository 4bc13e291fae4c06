import ArgumentParser
import Commands
import Incidents
import Logs
import Records

/// Lists the accounts of a desk and what is doubtful in what is known of them.
struct Accounts: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the accounts of a desk, and what is contradictory or missing in what is known of them.",
        discussion: """
            Reads the files of customers in the folder of a desk, JSON lines or CSV. Where files contradict each other, the later one \
            counts and the other value is listed. Nothing that is doubtful or missing is an error.
            """)

    @Option(help: ArgumentHelp("The folder of the desk.", valueName: "dir"))
    var desk: String

    @Flag(help: "Read the logs too, and count the lines that name each account.")
    var lines = false

    @Flag(help: "Read the logs too, and tell what is usual of each account.")
    var usage = false

    @Flag(help: "Print one JSON object.")
    var json = false

    @Flag(help: "Go on when a row of a file is wrong, and say so.")
    var keepGoing = false

    func run() throws {
        let folder = DeskFolder(path: desk)
        let customers = try Program.casebook("accounts").reporting {
            try folder.customers(badRows: keepGoing ? .areSetAside : .areErrors)
        }
        StandardInput.say(customers.rejected, for: "accounts")
        let directory = CustomerDirectory(customers.context)
        let sightings = lines || usage ? try sightings(of: directory, in: folder) : nil
        let report = AccountReport(
            directory, ContextReview(customers.facts), lines: lines ? sightings.map { named($0, directory) } : nil,
            usage: usage ? sightings.map { AccountUsage($0, directory) } : nil)
        print(json ? report.json : report.text, terminator: "")
    }

    private func sightings(of directory: CustomerDirectory, in folder: DeskFolder) throws -> LogSightings {
        var log = SightedLog(directory, redactor: nil, observedTime: WallClock.nanoseconds)
        try Program.casebook("accounts").reporting {
            try RecordFile.readChunks(at: folder.logs()) { log.read($0) }
        }
        return log.finish().sightings
    }

    /// For each account the lines that name it.
    private func named(_ sightings: LogSightings, _ directory: CustomerDirectory) -> [Int] {
        var counts = [Int](repeating: 0, count: directory.accounts.count)
        for mention in sightings.mentions where mention.form != .similar { counts[Int(mention.account)] += 1 }
        return counts
    }
}
