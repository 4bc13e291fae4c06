public import ArgumentParser
import Glibc
public import Simulation

extension DeskGrade: ExpressibleByArgument {}

/// Makes a synthetic desk from a seed.
struct Simulate: ParsableCommand {
    enum Scenario: String, CaseIterable, ExpressibleByArgument {
        case desk
    }

    static let configuration = CommandConfiguration(
        abstract: "Make a synthetic desk from a seed, with the truth written down.",
        discussion: """
            Writes dataset.json, tickets.csv, truth.csv and, for the realistic grade, signatures.ndjson. The same options \
            give the same bytes.
            """)

    @Option(help: "What to simulate.")
    var scenario = Scenario.desk

    @Option(help: "How hard the resolution times are to predict.")
    var grade = DeskGrade.realistic

    @Option(help: "The seed, from 0 to 18446744073709551615.")
    var seed: UInt64 = 1

    @Option(help: "The number of tickets, from 1 to 1000000.")
    var tickets = 5_000

    @Option(help: ArgumentHelp("The folder to write; it must be empty or not exist yet.", valueName: "dir"))
    var output: String

    func validate() throws {
        _ = try desk()
        if output.isEmpty { throw ValidationError("--output needs the name of a folder") }
    }

    func run() throws {
        let files: [DeskFile]
        switch scenario {
        case .desk:
            let name = grade == .easy ? "synthetic-desk-easy" : "synthetic-desk"
            files = try desk().simulated(seed: seed).files(named: name, origin: "Made by \(command)")
        }
        do {
            try NewFolder(path: output).write(files.map { (name: $0.name, contents: $0.contents) })
        } catch {
            report("casebook simulate: \(error.description)")
            throw ExitCode(error.exitCode)
        }
        report("\(tickets) tickets written to \(output)")
    }

    private var command: String {
        "casebook simulate --scenario \(scenario.rawValue) --grade \(grade.rawValue) --seed \(seed) --tickets \(tickets)"
    }

    private func desk() throws -> DeskScenario {
        do {
            return try DeskScenario(grade: grade, ticketCount: tickets)
        } catch {
            throw ValidationError("--tickets: \(error.description)")
        }
    }

    private func report(_ message: String) {
        let line = message + "\n"
        write(STDERR_FILENO, line, line.utf8.count)
    }
}
