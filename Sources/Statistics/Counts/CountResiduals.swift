/// Where each count of a series lies in the distribution that is expected of it, so that series can be compared that share a rhythm.
///
/// A count y is replaced by its mid-distribution value `F(y - 1) + f(y) / 2 - 1/2`, and the mean of each place of the season is taken off. Its
/// mean is 0 whatever is expected, so a rhythm of the exposure makes no two series alike, as it does with counts, their logarithms and their ranks; and it
/// lies within a half, so one burst that fell on the same day does not outweigh all others, as it does with residuals by their standard deviation.
///
/// Source: E. Parzen, "Quantile probability and statistical data modeling", Statist. Sci. 19 (2004), doi:10.1214/088342304000000387.
public struct CountResiduals: Sendable {
    /// One each, centred in each place of the season and of length 1 together.
    private let values: [Double]
    private let period: Int
    /// The correlation of each value with the one before it.
    private let persistence: Double

    /// Takes a series.
    ///
    /// - Parameters:
    ///   - counts: The counts, at least 0.
    ///   - expected: What was expected of each, at least 0.
    ///   - dispersion: Their variance by their mean, at least 1.
    ///   - period: The counts of a season, at least 1.
    /// - Returns: nil when the residuals are all alike.
    public init?(_ counts: [Double], expected: [Double], dispersion: Double, period: Int) {
        precondition(counts.count == expected.count, "there is one expectation a count")
        var values = zip(counts, expected).map { Self.place($0, mean: $1, dispersion) }
        for phase in 0..<min(period, values.count) {
            let places = stride(from: phase, to: values.count, by: period)
            let mean = places.reduce(0) { $0 + values[$1] } / Double((values.count - phase + period - 1) / period)
            for place in places { values[place] -= mean }
        }
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard length > 1e-9 else { return nil }
        let scaled = values.map { $0 / length }
        self.values = scaled
        self.period = period
        persistence = zip(scaled, scaled.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// The correlation with another series of the same length, in -1...1.
    public func correlation(with other: CountResiduals) -> Double {
        zip(values, other.values).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// The probability that independent series correlate so much or more.
    ///
    /// Student's t with a degree of freedom less for each place of the season. Series that both stay high or low for long look alike by chance: n of
    /// their values tell as much as `n (1 - ab) / (1 + ab)` do that come and go, a and b being their correlations with the day before.
    ///
    /// Source: M. S. Bartlett, "Some aspects of the time-correlation problem in regard to tests of significance", J. R. Statist. Soc. 98 (1935),
    /// doi:10.2307/2342284.
    ///
    /// - Returns: 1 when the series are too short to tell.
    public func pValue(ofCorrelation correlation: Double, with other: CountResiduals) -> Double {
        let common = persistence > 0 && other.persistence > 0 ? persistence * other.persistence : 0
        let free = Double(values.count) * (1 - common) / (1 + common) - Double(period) - 1
        guard free >= 1, let student = try? StudentT(degreesOfFreedom: free) else { return 1 }
        let rest = max(1e-15, 1 - correlation * correlation)
        return student.survival(correlation * (free / rest).squareRoot())
    }

    private static func place(_ count: Double, mean: Double, _ dispersion: Double) -> Double {
        guard mean > 0 else { return 0 }
        let count = Int(min(count, 1e15))
        if dispersion > 1 + 1e-6, let counts = try? NegativeBinomial(mean: mean, size: mean / (dispersion - 1)) {
            return (counts.cumulative(count) + counts.cumulative(count - 1)) / 2 - 0.5
        }
        guard let counts = try? Poisson(mean: mean) else { return 0 }
        return (counts.cumulative(count) + counts.cumulative(count - 1)) / 2 - 0.5
    }
}
