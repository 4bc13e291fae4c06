import ArgumentParser
import Commands

/// Measures models on cases that they had not seen.
@main
struct Evaluate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Measure a model on held-out cases.",
        subcommands: [
            EvaluateResolutionTime.self, EvaluateAnomaly.self, EvaluateSignatures.self, EvaluateRedaction.self,
            EvaluateImpact.self, EvaluateEarlyWarning.self, EvaluateRegressions.self, EvaluateRetrieval.self,
            EvaluateGrouping.self, EvaluateArticles.self, EvaluateArticleEffect.self, EvaluateKnowledge.self,
            EvaluateKnowledgeSpeed.self, EvaluateSync.self,
        ])
}

/// This program, as it speaks on standard error.
let program = Program("evaluate")
