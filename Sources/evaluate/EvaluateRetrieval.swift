import ArgumentParser
import Commands
import Glibc
import Knowledge
import LinearAlgebra
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
        setLinearAlgebraThreads(1)
        try program.run(on: dataset) {
            var report = KeyedReport()
            var csv = "query_id,candidate_id,rank\n"
            for set in try LabelledTexts.all(at: dataset) {
                let found: [RetrievalEvaluation.Query]
                let ids: (queries: [String], candidates: [String])
                switch set.content {
                case .duplicates(let tickets, let groups):
                    found = RetrievalEvaluation.duplicates(tickets, groups: groups)
                    ids = (tickets.map(\.id), tickets.map(\.id))
                case .intents(let train, let test):
                    found = RetrievalEvaluation.intents(known: train, asked: test)
                    ids = (test.indices.map { "\($0)" }, train.indices.map { "\($0)" })
                }
                guard !found.isEmpty else {
                    throw program.failure("\(set.name): no text repeats another, so nothing can be asked", EX_DATAERR)
                }
                for query in found {
                    for (rank, candidate) in query.found.enumerated() {
                        csv += "\(ids.queries[query.number]),\(ids.candidates[candidate]),\(rank + 1)\n"
                    }
                }
                report.add(set.name, Self.figures(found))
            }
            if let rankings { try program.write(csv, to: rankings) }
            print(try json ? report.json() : report.text, terminator: json ? "\n" : "")
        }
    }

    private static func figures(_ found: [RetrievalEvaluation.Query]) -> [(key: String, value: Double)] {
        let measures = RankingMeasures(found.compactMap { RankedAnswers(ranked: $0.found, relevant: $0.relevant) })
        var generator = SplitMix64(seed: 1)
        let interval = measures.interval(using: &generator) { $0.isAnswered(within: 1) ? 1 : 0 }
        return [
            ("queries", Double(measures.queries.count)), ("recallAt1", measures.answeredShare(within: 1)),
            ("recallAt1Lower", interval.lower), ("recallAt1Upper", interval.upper),
            ("recallAt5", measures.answeredShare(within: 5)), ("recallAt10", measures.answeredShare(within: 10)),
            ("mrr", measures.meanReciprocalRank), ("ndcgAt10", measures.normalizedGain(at: 10)),
        ]
    }
}
