import ArgumentParser
import Commands

/// Measures models on cases that they had not seen.
@main
struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Measure a model on held-out cases.",
        subcommands: [
            EvaluateArticleEffect.self, EvaluateEarlyWarning.self, EvaluateImpact.self,
            EvaluateRegressions.self,
            EvaluateResolutionTime.self, EvaluateAnomaly.self, EvaluateRedaction.self, EvaluateSignatures.self,
        ])
}

/// This program, as it speaks on standard error.
let program = Program("evaluate")
