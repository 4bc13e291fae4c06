import ArgumentParser
import Commands
import Features
import FoundationEssentials
import Simulation
import Statistics

/// Measures what is said of the effect of articles where it is known.
struct EvaluateArticleEffect: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "article-effect",
        abstract: "Measure the intervals of the effect of articles on simulated desks.",
        discussion: """
            Each desk gets articles on issue groups that have just peaked, or on one desk in four because of an outbreak, which fall afterwards without any \
            help. So the tickets since an article are \
            held against what the group's past and the growth of all others let expect, and the interval is as wide as the same contrast strays for \
            comparable groups at times when nothing was done. Reductions are shares of tickets, intervals those of 90 %; "open" is the share of which \
            nobody can tell yet, as the interval holds both no effect and one of more than a fifth. The rivals are the rate after by the rate before, \
            and a Poisson difference in differences.
            """)

    @Option(help: "The first seed.")
    var seed: UInt64 = 1

    @Option(help: "How many seeds, a desk each.")
    var seeds = 100

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard (1...10_000).contains(seeds) else { throw ValidationError("--seeds lies between 1 and 10000") }
    }

    func run() throws {
        let parts = concurrently(seeds, by: 1) { range in range.map { ArticleEffectRun.Desk(seed: seed &+ UInt64($0)) }
        }
        let run = ArticleEffectRun(parts.flatMap(\.self))
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            encoder.nonConformingFloatEncodingStrategy = .convertToString(
                positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "NaN")
            print(String(decoding: try encoder.encode(run), as: UTF8.self))
        } else {
            print(run.text, terminator: "")
        }
    }
}
