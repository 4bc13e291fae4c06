import ArgumentParser
import Commands
import Glibc
import Knowledge
import LinearAlgebra
import Records
import Simulation

/// Measures articles that are written about cases.
struct EvaluateArticles: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "articles",
        abstract: "Measure articles: whether they are found, say what was said, and give nobody away.",
        discussion: """
            A data set of kind intents gives the questions that articles are made of, one article a label, and others that look for them; articles are cut \
            at \(ArticleEvaluation.wordBudget) words. The characters that leak are those of values and names that were put into the questions, each into one.
            """)

    @Option(help: ArgumentHelp("The folder of the data set, or its dataset.json.", valueName: "path"))
    var dataset: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        setLinearAlgebraThreads(1)
        try program.run(on: dataset) {
            var report = KeyedReport()
            for set in try LabelledTexts.all(at: dataset) {
                guard case .intents(let train, let test) = set.content else { continue }
                let planted = PlantedQuestions(train)
                let leaked = ArticleFidelity.leakedCharacters(
                    of: planted.plants, in: ArticleEvaluation.articles(about: planted.questions))
                let figures = Self.figures(ArticleEvaluation(known: train, asked: test))
                report.add(set.name, figures + [("leakedCharacters", Double(leaked))])
            }
            if report.isEmpty {
                throw program.failure("articles are measured on data sets of kind intents alone", EX_DATAERR)
            }
            print(try json ? report.json() : report.text, terminator: json ? "\n" : "")
        }
    }

    private static func figures(_ found: ArticleEvaluation) -> [(key: String, value: Double)] {
        [
            ("articles", Double(found.articles)), ("refused", Double(found.refused)),
            ("findabilityAt1", found.findabilityAt1), ("findabilityAt3", found.findabilityAt3),
            ("mrr", found.meanReciprocalRank), ("wordsMean", found.wordsMean), ("lexicalAt1", found.lexicalAt1),
            ("wrongArticleAt1", found.wrongArticleAt1), ("randomQuestionAt1", found.randomQuestionAt1),
            ("allQuestionsAt1", found.allQuestionsAt1), ("faithful", found.faithful),
            ("aurocNoArticle", found.aurocNoArticle), ("duplicateRate", found.duplicateRate),
        ]
    }
}
