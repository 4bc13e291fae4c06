import ArgumentParser
import Commands
import Simulation

/// Makes a synthetic desk from a seed.
struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a synthetic desk from a seed, with the truth written down.",
        discussion: """
            The scenario desk is about resolution times and has the grades easy and realistic: it writes dataset.json, tickets.csv, truth.csv \
            and, for the realistic grade, signatures.ndjson. The scenario knowledge is about problems that recur, what solves them and the \
            articles about them, and has the grades easy and hard: it writes the files of customers, agents.ndjson, tickets.ndjson, \
            interactions.ndjson, article-uses.ndjson, published.ndjson and truth.json. The other scenarios are about incidents and the \
            accounts that they hurt and have the grades easy and hard: they write logs.ndjson, the files of customers, tickets.ndjson and \
            truth.json. They are:
            \(ImpactScenario.allCases.map(\.rawValue).joined(separator: ", ")).
            The same options give the same bytes.
            """)

    @Option(help: ArgumentHelp("What to simulate: desk, knowledge, or what goes wrong.", valueName: "name"))
    var scenario = "desk"

    @Option(help: ArgumentHelp("How hard it is: easy, realistic or hard.", valueName: "grade"))
    var grade: String?

    @Option(help: "The seed, from 0 to 18446744073709551615.")
    var seed: UInt64 = 1

    @Option(
        help:
            "The number of tickets of the scenarios desk, from 1, and knowledge, from 100, to 1000000; 5000 if not given."
    )
    var tickets: Int?

    @Option(help: ArgumentHelp("The folder to write; it must be empty or not exist yet.", valueName: "dir"))
    var output: String

    private enum Wanted {
        case desk(DeskScenario, DeskGrade)
        case knowledge(KnowledgeScenario)
        case impact(ImpactScenario, ImpactGrade)
    }

    func validate() throws {
        _ = try wanted()
        if output.isEmpty { throw ValidationError("--output needs the name of a folder") }
    }

    func run() throws {
        let files: [DeskFile]
        let what: String
        switch try wanted() {
        case .desk(let desk, let grade):
            let name = grade == .easy ? "synthetic-desk-easy" : "synthetic-desk"
            let command =
                "casebook simulate --scenario desk --grade \(grade.rawValue) --seed \(seed) --tickets \(tickets ?? 5_000)"
            files = desk.simulated(seed: seed).files(named: name, origin: "Made by \(command)")
            what = "\(tickets ?? 5_000) tickets"
        case .knowledge(let scenario):
            files = scenario.simulated(seed: seed).files
            what = "\(scenario.ticketCount) tickets and \(files.count - 1) other files"
        case .impact(let scenario, let grade):
            let desk = SimulatedImpact(scenario, grade: grade, seed: seed)
            files = desk.files
            what = "\(desk.lineCount) log records and \(files.count - 1) other files"
        }
        try Program.casebook("simulate").reporting {
            try NewFolder(path: output).write(files.map { (name: $0.name, contents: $0.contents) })
        }
        StandardInput.say("\(what) written to \(output)")
    }

    private func wanted() throws -> Wanted {
        if scenario == "desk" {
            guard let grade = DeskGrade(rawValue: grade ?? DeskGrade.realistic.rawValue) else {
                throw ValidationError("--grade: the scenario desk has the grades easy and realistic")
            }
            do {
                return .desk(try DeskScenario(grade: grade, ticketCount: tickets ?? 5_000), grade)
            } catch {
                throw ValidationError("--tickets: \(error.description)")
            }
        }
        if scenario == "knowledge" {
            guard let grade = KnowledgeGrade(rawValue: grade ?? KnowledgeGrade.hard.rawValue) else {
                throw ValidationError("--grade: the scenario knowledge has the grades easy and hard")
            }
            do {
                let count = tickets ?? KnowledgeScenario.usualTickets
                return .knowledge(try KnowledgeScenario(grade: grade, ticketCount: count))
            } catch {
                throw ValidationError("--tickets: \(error.description)")
            }
        }
        guard let scenario = ImpactScenario(rawValue: scenario) else {
            let names = ImpactScenario.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--scenario: \"\(self.scenario)\" is none of desk, knowledge, \(names)")
        }
        guard let grade = ImpactGrade(rawValue: grade ?? ImpactGrade.hard.rawValue) else {
            throw ValidationError("--grade: the scenario \(scenario.rawValue) has the grades easy and hard")
        }
        guard tickets == nil else { throw ValidationError("--tickets belongs to the scenarios desk and knowledge") }
        return .impact(scenario, grade)
    }
}
