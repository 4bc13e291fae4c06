import ArgumentParser
import Commands
import Incidents
import Logs
import Records
import Storage

/// Tells which incidents a desk has and which accounts they hurt.
struct Impact: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find the incidents of a desk and the accounts that they hurt.",
        discussion: """
            Reads logs, customers and tickets from the folder of a desk. Each incident is given with its accounts, how likely each is \
            hurt and why, its severity, who suffers in silence, and whether it was detected before the first ticket. What people say of \
            links stands as they say it, and the weights of the evidence are learnt from it.
            """)

    @Option(help: ArgumentHelp("The folder of the desk.", valueName: "dir"))
    var desk: String

    @Option(
        help: ArgumentHelp(
            "The tenant's store, which keeps the incidents and what people say of them.", valueName: "file"))
    var store: String?

    @Option(
        help: ArgumentHelp(
            "What people say of links: JSON lines or CSV with incident, account and hurt.", valueName: "file"))
    var decisions: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    @Flag(help: "Go on when a row of a file is wrong, and say so.")
    var keepGoing = false

    @OptionGroup
    var redaction: RedactionOptions

    func run() throws {
        let desk = try DeskImpact(desk, redaction: redaction, command: "impact", setAside: keepGoing)
        let store = try store.map { try redaction.openStore(at: $0, for: "impact", .creating) }
        var analysis = desk.analysis()
        if analysis.strays > 0 {
            StandardInput.say(
                "casebook impact: \(analysis.strays) lines are of times far from all others, as those without a time are, or of a beginning with hardly a line, and are left out"
            )
        }
        let said = try LinkMemory(store, decisions: decisions)
        said.reportUnknown(analysis)
        if !said.decisions.isEmpty {
            let model = try said.model(with: analysis)
            analysis = desk.analysis(model: model, decisions: said.decisions)
        }
        try said.keep(analysis, desk)
        let report = ImpactReport(analysis, desk.signatures, desk.tickets)
        print(json ? report.json : report.text, terminator: "")
    }
}
