import Glibc

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
}
