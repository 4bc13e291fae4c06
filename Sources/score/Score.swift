import ArgumentParser
import Commands

/// Answers tickets and sessions with the current version of a model.
@main
struct Score: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Answer what comes on standard input with a stored model.",
        subcommands: [ScoreResolutionTime.self, ScoreAnomaly.self])
}

/// This program, as it speaks on standard error.
let program = Program("score")
