import Glibc
internal import LinearAlgebra

/// A one-sided cumulative sum of standardised counts.
///
/// `C = max(0, C + (y - m) / √m - k)`, an alarm where C reaches h. It is not set back after an alarm, so that a large outbreak goes on.
///
/// Source: E. S. Page, "Continuous inspection schemes", Biometrika 41 (1954), doi:10.1093/biomet/41.1-2.100; with the limits of
/// G. Rossi, L. Lampugnani, M. Marchi, Statistics in Medicine 18 (1999).
public struct CumulativeSum: Sendable {
    /// What is taken off each standardised count.
    public let reference: Double
    /// The sum that is an alarm.
    public let decision: Double

    /// Takes the reference value k and the decision limit h, both above 0.
    public init(reference: Double = 1.04, decision: Double = 2.26) {
        self.reference = reference
        self.decision = decision
    }

    /// Where the sum stands at a count.
    public struct Step: Sendable, Equatable {
        /// The least whole count with which the sum reaches the limit, at least 0.
        public let bound: Double
        /// Whether it has reached the limit.
        public let isAlarm: Bool
    }

    /// A step for each count from an index on.
    ///
    /// - Parameters:
    ///   - start: The first count that is watched; the mean is that of those before it.
    ///   - counts: The counts.
    /// - Returns: None when the counts before it are all 0.
    public func steps(from start: Int, in counts: [Double]) -> [Step] {
        let mean = counts[..<start].reduce(0, +) / Double(max(1, start))
        guard mean > 0 else { return [] }
        let root = mean.squareRoot()
        var sum = 0.0
        return counts[start...].map { count in
            let bound = max(0, (root * (decision + reference - sum) + mean).rounded(.up))
            sum = max(0, sum + (count - mean) / root - reference)
            return Step(bound: bound, isAlarm: sum >= decision)
        }
    }

    /// Whether the sum stands at the limit or above, for each count from an index on, where the mean follows a season.
    ///
    /// The means are those of a Poisson regression, on the level and the first harmonic of the season, of the counts before `start`; a count y of mean m
    /// is standardised by `(y - 3m + 2 √(my)) / (2 √m)`, which is nearer to normal for small means (Rossi et al.).
    ///
    /// - Parameters:
    ///   - start: The first count that is watched.
    ///   - counts: The counts.
    ///   - period: The counts in a season, above 2.
    /// - Returns: Nowhere an alarm when the counts before `start` do not tell the means.
    public func seasonalAlarms(from start: Int, in counts: [Double], period: Double) -> [Bool] {
        func row(_ place: Int) -> [Double] {
            let angle = 2 * Double.pi * Double(place) / period
            return [1, cos(angle), sin(angle)]
        }
        let design = Matrix(rowMajor: (0..<start).map(row))
        let ones = [Double](repeating: 1, count: start)
        guard let fit = QuasiPoissonFit(design, Array(counts[..<start]), weights: ones) else {
            return counts[start...].map { _ in false }
        }
        var sum = 0.0
        return (start..<counts.count).map { place in
            let mean = exp(zip(row(place), fit.coefficients).reduce(0) { $0 + $1.0 * $1.1 })
            let excess = counts[place] - 3 * mean + 2 * (mean * counts[place]).squareRoot()
            sum = max(0, sum + excess / (2 * mean.squareRoot()) - reference)
            return sum >= decision
        }
    }
}
