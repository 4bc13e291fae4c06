import Glibc

/// For counts as they come, how long it is since their rate changed: Poisson counts whose rate is drawn from a gamma distribution at each change.
///
/// Source: R. P. Adams, D. J. C. MacKay, "Bayesian online changepoint detection", arXiv:0710.3742 (2007).
///
/// Memory is bounded by ``mostRuns``: the least likely run lengths are given up beyond it.
public struct OnlineChangepoints: Sendable {
    /// The most run lengths that are kept.
    public static let mostRuns = 4_096

    /// The chance of a change at each count.
    public let hazard: Double
    /// The logarithm of the probability of all counts so far.
    public private(set) var logEvidence = 0.0
    /// For each count the most probable run length after it, in counts with this one.
    public private(set) var likeliestRuns: [Int] = []

    private struct Run {
        var length: Int
        var probability: Double
        var shape: Double
        var rate: Double
    }

    private let prior: (shape: Double, rate: Double)
    private var runs: [Run]

    /// Takes the shape and the rate of the prior, both above 0, and the chance of a change at each count, above 0 and below 1.
    public init(shape: Double, rate: Double, hazard: Double) {
        prior = (shape, rate)
        self.hazard = hazard
        runs = [Run(length: 0, probability: 1, shape: shape, rate: rate)]
    }

    /// Takes the next count.
    public mutating func add(_ count: Double) {
        var sum = 0.0
        var grown: [Run] = []
        grown.reserveCapacity(runs.count + 1)
        grown.append(Run(length: 0, probability: 0, shape: prior.shape, rate: prior.rate))
        for run in runs {
            let weight = run.probability * exp(Self.logProbability(count, run))
            sum += weight
            grown.append(
                Run(
                    length: run.length + 1, probability: weight * (1 - hazard), shape: run.shape + count,
                    rate: run.rate + 1))
        }
        guard sum > 0 else {
            // A count beyond what doubles can tell begins anew.
            runs = [grown[0]]
            runs[0].probability = 1
            likeliestRuns.append(0)
            return
        }
        grown[0].probability = sum * hazard
        logEvidence += log(sum)
        for index in grown.indices { grown[index].probability /= sum }
        if grown.count > Self.mostRuns,
            let least = grown.indices.dropFirst().min(by: { grown[$0].probability < grown[$1].probability })
        {
            grown.remove(at: least)
        }
        runs = grown
        likeliestRuns.append(runs.max { $0.probability < $1.probability }?.length ?? 0)
    }

    /// The probability that the last change was at most `count` counts ago.
    public func probability(ofRunUpTo count: Int) -> Double {
        runs.reduce(0) { $1.length <= count ? $0 + $1.probability : $0 }
    }

    /// The indexes at which a new rate most probably began, from the last run back.
    public var changes: [Int] {
        var found: [Int] = []
        var place = likeliestRuns.count - 1
        while place >= 0 {
            let start = place - likeliestRuns[place] + 1
            if start > 0, start <= place { found.append(start) }
            place = min(start, place) - 1
        }
        return found.reversed()
    }

    private static func logProbability(_ count: Double, _ run: Run) -> Double {
        lgamma(count + run.shape).0 - lgamma(run.shape).0 - lgamma(count + 1).0
            + run.shape * log(run.rate / (run.rate + 1)) - count * log(run.rate + 1)
    }
}
