import Glibc
internal import LinearAlgebra

/// A cumulative sum for negative binomial counts whose means have a trend and a season, for a rise by a factor that is not known: the generalised
/// likelihood ratio.
///
/// The means are those of a negative binomial regression, on level, trend and first harmonic, of the counts before the first one that is watched. The
/// statistic of a count is the largest logarithm, over the counts at which a rise may have begun and over all factors of at least 1, of the likelihood
/// ratio of a rise to none since then. After an alarm it begins anew.
///
/// Source: M. Höhle, M. Paul, "Count data regression charts for the monitoring of surveillance time series", Computational Statistics & Data
/// Analysis 52 (2008), doi:10.1016/j.csda.2008.02.015.
public struct LikelihoodRatioSum: Sendable {
    /// The statistic that is an alarm.
    public var decision = 5.0
    /// How many counts before the last one a rise may have begun.
    public var window = 26
    /// The counts in a season.
    public var period = 52.0

    /// Creates the detector for weeks of a year.
    public init() {}

    /// Where the statistic stands at a count.
    public struct Step: Sendable, Equatable {
        /// The largest logarithm of the likelihood ratio, at least 0.
        public let statistic: Double
        /// Whether it has reached the limit.
        public let isAlarm: Bool
    }

    /// A step for each count from an index on.
    ///
    /// - Parameters:
    ///   - start: The first count that is watched.
    ///   - counts: The counts.
    /// - Throws: As ``NegativeBinomialRegression/fit(_:_:offset:)``, when the counts before `start` do not tell the means.
    /// - Complexity: O(counts · window²).
    public func steps(from start: Int, in counts: [Double]) throws(RegressionError) -> [Step] {
        func row(_ place: Int) -> [Double] {
            let angle = 2 * Double.pi * Double(place) / period
            // Seasons before the first count that is watched keep the columns of one size.
            return [1, Double(place - start) / period, cos(angle), sin(angle)]
        }
        let design = Matrix(rowMajor: (0..<start).map(row))
        let fit = try NegativeBinomialRegression().fit(design, Array(counts[..<start]))
        let means = counts.indices.map { exp(zip(row($0), fit.coefficients).reduce(0) { $0 + $1.0 * $1.1 }) }
        var begin = start
        return (start..<counts.count).map { place in
            let statistic =
                (max(begin, place - window)...place).map {
                    Self.logRatio(counts[$0...place], means[$0...place], fit.size)
                }.max() ?? 0
            let isAlarm = statistic >= decision
            if isAlarm { begin = place + 1 }
            return Step(statistic: statistic, isAlarm: isAlarm)
        }
    }

    /// The largest logarithm of the likelihood ratio of means that are `exp(rise)` times as large, for a rise of at least 0.
    private static func logRatio(_ counts: ArraySlice<Double>, _ means: ArraySlice<Double>, _ size: Double)
        -> Double
    {
        /// The slope of the logarithm, which falls as the rise grows.
        func slope(_ rise: Double) -> Double {
            zip(counts, means).reduce(0) { sum, item in
                let mean = item.1 * exp(rise)
                return sum + (item.0 - mean) / (1 + mean / size)
            }
        }
        guard slope(0) > 0 else { return 0 }
        var (low, high) = (0.0, 1.0)
        while slope(high) > 0, high < 512 { (low, high) = (high, 2 * high) }
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if slope(middle) > 0 { low = middle } else { high = middle }
        }
        let rise = (low + high) / 2
        return zip(counts, means).reduce(0) { sum, item in
            let (count, mean) = item
            guard size.isFinite else { return sum + count * rise - mean * (exp(rise) - 1) }
            return sum + count * rise
                - (count + size) * log((size + mean * exp(rise)) / (size + mean))
        }
    }
}
