import ArgumentParser

/// Answers tickets with the current version of a model.
@main
struct Score: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Answer tickets from standard input with a stored model.",
        subcommands: [ScoreResolutionTime.self])
}
