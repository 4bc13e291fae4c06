import ArgumentParser
import Commands
import Knowledge
import Records
import Statistics

/// Measures how well cases are put into groups.
struct EvaluateGrouping: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grouping", abstract: "Measure how well cases are put into groups by what they are about.")

    @Option(help: ArgumentHelp("The folder of the data set, or its dataset.json.", valueName: "path"))
    var dataset: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        try program.run {
            for set in try LabelledTexts.all(at: dataset) {
                let texts: [CaseText]
                let labels: [String]
                switch set.content {
                case .duplicates(let tickets):
                    texts = tickets.tickets.map { CaseText(title: $0.subject, body: $0.body) }
                    labels = tickets.groups.map { "\($0)" }
                case .intents(_, let test):
                    texts = test.map { CaseText(body: $0.text) }
                    labels = test.map(\.label)
                }
                let groups = IssueGroups(CaseIndex(texts))
                for (label, group) in zip(labels, groups.ofCase) { print("\(set.name),\(label),\(group)") }
            }
        }
    }
}
