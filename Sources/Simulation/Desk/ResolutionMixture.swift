import Glibc
import Statistics

/// The distribution of a ticket's hours of work: log-normal on the slow path, and on the fast path where there is one.
struct ResolutionMixture: Sendable {
    var fastProbability: Double
    /// The medians of ln(hours of work) on either path.
    var fastLogMedian: Double
    var slowLogMedian: Double
    /// The standard deviation of ln(hours of work) on either path.
    var sigma: Double

    /// A draw, in hours of work.
    func draw(using generator: inout some RandomNumberGenerator) -> Double {
        let isFast = generator.uniform() < fastProbability
        return generator.logNormal(logMean: isFast ? fastLogMedian : slowLogMedian, logStandardDeviation: sigma)
    }

    /// The median, in hours of work, by bisection between the medians of the paths to the last bit.
    var median: Double {
        guard fastProbability > 0 else { return exp(slowLogMedian) }
        var low = min(fastLogMedian, slowLogMedian)
        var high = max(fastLogMedian, slowLogMedian)
        while true {
            let middle = (low + high) / 2
            guard middle > low, middle < high else { return exp(middle) }
            let below =
                fastProbability * Normal.standard.cumulative((middle - fastLogMedian) / sigma)
                + (1 - fastProbability) * Normal.standard.cumulative((middle - slowLogMedian) / sigma)
            if below < 0.5 { low = middle } else { high = middle }
        }
    }
}
