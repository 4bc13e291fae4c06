import ArgumentParser
import Connectors
import FoundationEssentials
import Glibc

/// Compares the descriptions of systems with the systems.
struct SyncCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Compare the description of each system with the system itself.",
        discussion: "Prints one JSON object a system, and ends with 65 when a description does not fit.")

    @Option(help: ArgumentHelp("The description of the systems.", valueName: "file"))
    var systems: String

    private struct Line: Encodable {
        var system: String
        var problems: [String]
    }

    func run() async throws {
        var isWhole = true
        for description in try described() {
            let system = try SyncOptions.open(description, for: "sync check")
            let line: Line
            do throws(SystemFault) {
                let vocabulary = try await system.vocabulary()
                line = Line(system: description.name, problems: description.problems(with: vocabulary))
            } catch {
                line = Line(system: description.name, problems: [error.description])
            }
            isWhole = isWhole && line.problems.isEmpty
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(line), as: UTF8.self))
        }
        if !isWhole { throw ExitCode(EX_DATAERR) }
    }

    private func described() throws -> [SystemDescription] {
        try SyncOptions.described(in: systems, for: "sync check")
    }
}
