import ArgumentParser
import Commands
import Knowledge
import LinearAlgebra
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
        setLinearAlgebraThreads(1)
        try program.run(on: dataset) {
            var report = KeyedReport()
            for set in try LabelledTexts.all(at: dataset) {
                let texts: [CaseText]
                let labels: [Int]
                switch set.content {
                case .duplicates(let tickets, let groups):
                    texts = tickets.map { CaseText(title: $0.subject, message: $0.body) }
                    labels = groups
                case .intents(_, let test):
                    texts = test.map { CaseText(body: $0.text) }
                    var numbers: [String: Int] = [:]
                    labels = test.map { question in
                        let number = numbers[question.label] ?? numbers.count
                        numbers[question.label] = number
                        return number
                    }
                }
                report.add(set.name, Self.figures(GroupingEvaluation(texts, labels: labels)))
            }
            print(try json ? report.json() : report.text, terminator: json ? "\n" : "")
        }
    }

    private static func figures(_ found: GroupingEvaluation) -> [(key: String, value: Double)] {
        func of(_ agreement: ClusterAgreement, _ prefix: String = "") -> [(key: String, value: Double)] {
            func key(_ name: String) -> String {
                prefix.isEmpty ? name : prefix + name.prefix(1).uppercased() + name.dropFirst()
            }
            return [
                (key("ari"), agreement.pairs.adjustedRandIndex), (key("nmi"), agreement.normalizedMutualInformation),
                (key("ami"), agreement.adjustedMutualInformation), (key("pairF1"), agreement.pairs.f1),
                (key("pairPrecision"), agreement.pairs.precision), (key("pairRecall"), agreement.pairs.recall),
                (key("bCubedF1"), agreement.pairs.bCubedF1),
            ]
        }
        return [("cases", Double(found.count)), ("groups", Double(found.groups))] + of(found.agreement)
            + of(found.online, "online")
            + [("reorderingChange", found.reorderingChange), ("stability", found.stability)]
            + of(found.alone, "alone").filter { !$0.key.contains("Pair") }
            + of(found.together, "together").filter { !$0.key.contains("Pair") }
    }
}
