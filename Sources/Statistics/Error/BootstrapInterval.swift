/// An interval for the mean of a population, from what samples of the sample say.
///
/// The ends are percentiles of the means of samples drawn from the values with replacement.
///
/// Source: B. Efron, "Nonparametric standard errors and confidence intervals", Canadian Journal of Statistics 9 (1981),
/// doi:10.2307/3314608, the percentile method. It covers a little less than it says when there are few values.
public struct BootstrapInterval: Sendable, Hashable {
    /// The mean of the values; NaN where there is none, and so are the ends.
    public let mean: Double
    /// The lower end.
    public let lower: Double
    /// The upper end.
    public let upper: Double

    /// Draws the samples.
    ///
    /// - Parameters:
    ///   - values: One number an independent case.
    ///   - confidence: The probability that the interval is meant to cover, between 0 and 1.
    ///   - resamples: The number of samples, at least 1.
    ///   - generator: The source of the samples.
    /// - Complexity: O(values · resamples).
    public init(
        ofMean values: [Double], confidence: Double = 0.95, resamples: Int = 2_000,
        using generator: inout some RandomNumberGenerator
    ) {
        precondition(confidence > 0 && confidence < 1, "the confidence lies between 0 and 1")
        precondition(resamples >= 1, "there is a sample")
        mean = ErrorMeasures.mean(values)
        guard !values.isEmpty else {
            (lower, upper) = (.nan, .nan)
            return
        }
        var means: [Double] = []
        means.reserveCapacity(resamples)
        for _ in 0..<resamples {
            var sum = 0.0
            for _ in values.indices { sum += values[Int.random(in: values.indices, using: &generator)] }
            means.append(sum / Double(values.count))
        }
        means.sort()
        lower = Self.quantile(means, (1 - confidence) / 2)
        upper = Self.quantile(means, (1 + confidence) / 2)
    }

    /// A quantile of sorted values, linear between them.
    private static func quantile(_ sorted: [Double], _ level: Double) -> Double {
        let place = level * Double(sorted.count - 1)
        let below = Int(place)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
}
