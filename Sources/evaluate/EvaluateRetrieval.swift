import ArgumentParser
import Commands
import Glibc
import Knowledge
import Records
import Statistics

/// Measures how well cases of the past are found again.
struct EvaluateRetrieval: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retrieval",
        abstract: "Measure how well cases of the past are found again.",
        discussion: """
            A data set of kind duplicates asks with each ticket that repeats an earlier one; only earlier tickets are found, and the latent space is \
            learned from what stood there at that time. A data set of kind intents asks with the questions of its second file; those of the first \
            are found, and are learned from without their labels. Without --dataset, all such sets below datasets/ are measured.
            """)

    @Option(help: ArgumentHelp("The folder of the data set, or its dataset.json.", valueName: "path"))
    var dataset: String?

    @Option(help: ArgumentHelp("Write the rankings as CSV: query_id, candidate_id, rank.", valueName: "file"))
    var rankings: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        try program.run {
            for set in try LabelledTexts.all(at: dataset) {
                var csv = "query_id,candidate_id,rank\n"
                let found: [(query: Int, found: [Int], relevant: Set<Int>)]
                let ids: (queries: [String], candidates: [String])
                switch set.content {
                case .duplicates(let tickets):
                    found = RetrievalEvaluation.duplicates(tickets.tickets, groups: tickets.groups)
                    ids = (tickets.tickets.map(\.id), tickets.tickets.map(\.id))
                case .intents(let train, let test):
                    found = RetrievalEvaluation.intents(known: train, asked: test)
                    ids = (test.indices.map { "\($0)" }, train.indices.map { "\($0)" })
                }
                for query in found {
                    for (rank, candidate) in query.found.enumerated() {
                        csv += "\(ids.queries[query.query]),\(ids.candidates[candidate]),\(rank + 1)\n"
                    }
                }
                if let rankings { try program.write(csv, to: rankings) }
            }
        }
    }
}
