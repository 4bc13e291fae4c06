import ArgumentParser
import Commands

/// Fits models offline and writes them as new versions.
@main
struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Fit a model and write it as a new version.",
        subcommands: [TrainResolutionTime.self, TrainAnomaly.self, TrainIssueGroups.self])
}

/// This program, as it speaks on standard error.
let program = Program("train")
