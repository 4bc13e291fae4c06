import ArgumentParser
import Incidents
import Logs
import Records

/// Tells which incidents a desk has and which accounts they hurt.
struct Impact: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find the incidents of a desk and the accounts that they hurt.",
        discussion: """
            Reads logs, customers and tickets from the folder of a desk. Each incident is given with its accounts, how likely each is \
            hurt and why, its severity, who suffers in silence, and whether it was detected before the first ticket.
            """)

    @Option(help: ArgumentHelp("The folder of the desk.", valueName: "dir"))
    var desk: String

    @Flag(help: "Print one JSON object.")
    var json = false

    @Flag(help: "Go on when a row of a file is wrong, and say so.")
    var keepGoing = false

    @OptionGroup
    var redaction: RedactionOptions

    func run() throws {
        let found = try DeskImpact(desk, redaction: redaction, command: "impact", setAside: keepGoing)
        let report = ImpactReport(found.analysis, found.signatures, found.tickets)
        print(json ? report.json : report.text, terminator: "")
    }
}
