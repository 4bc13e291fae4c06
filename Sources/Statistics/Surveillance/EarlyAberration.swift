import Glibc

/// The early aberration reporting system, for series too young to have seasons: a count against the mean and the spread of seven before it.
///
/// Source: L. Hutwagner et al., "The bioterrorism preparedness and response Early Aberration Reporting System (EARS)", J. Urban Health 80
/// (2003), doi:10.1007/PL00022319.
public struct EarlyAberration: Sendable {
    /// Which counts are compared.
    public enum Kind: Sendable, CaseIterable {
        /// The seven counts just before.
        case c1
        /// Seven counts, after a gap of two so that a rise does not hide itself.
        case c2
        /// What the last two counts lay above their own baselines, less one standard deviation each: an alarm where the sum of both, of which none counts
        /// below 0, is above the quantile of the normal distribution. As in R's surveillance the bound moves with today's count, which cancels out, so that
        /// it is no forecast. The original rule takes today's excess into the sum.
        case c3
    }

    /// Which counts are compared.
    public let kind: Kind
    /// The probability of an alarm when nothing happens, for normal counts.
    public let significance: Double
    /// The least standard deviation; 0 makes any count after seven zeros an alarm.
    public let leastDeviation: Double

    private static let length = 7

    /// Takes the kind, the significance, above 0 and below 1, and the least standard deviation, at least 0.
    public init(_ kind: Kind, significance: Double, leastDeviation: Double = 0) {
        self.kind = kind
        self.significance = significance
        self.leastDeviation = leastDeviation
    }

    /// The threshold for the count at an index; nil when too few counts are before it, and with ``Kind/c3`` where 0 is divided by
    /// 0: a baseline without spread tells nothing of how much is too much.
    public func threshold(at index: Int, in counts: [Double]) -> CountThreshold? {
        let z = Normal.standard.quantile(1 - significance)
        guard let now = baseline(at: index, counts) else { return nil }
        guard kind == .c3 else {
            return CountThreshold(expected: now.mean, bound: now.mean + z * now.deviation)
        }
        guard let last = excess(at: index - 1, counts), let before = excess(at: index - 2, counts) else { return nil }
        let bound = counts[index] + now.deviation * (z - last - before)
        return bound.isNaN ? nil : CountThreshold(expected: now.mean, bound: max(0, bound))
    }

    /// By how many standard deviations more than one a count lay above its own baseline; nil for 0 of 0.
    private func excess(at index: Int, _ counts: [Double]) -> Double? {
        guard let then = baseline(at: index, counts) else { return nil }
        let distance = (counts[index] - then.mean) / then.deviation
        return distance.isNaN ? nil : max(0, distance - 1)
    }

    private func baseline(at index: Int, _ counts: [Double]) -> (mean: Double, deviation: Double)? {
        let end = kind == .c1 ? index : index - 2
        guard end >= Self.length, index < counts.count else { return nil }
        let past = counts[end - Self.length..<end]
        let mean = past.reduce(0, +) / Double(Self.length)
        let squares = past.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (mean, max(leastDeviation, (squares / Double(Self.length - 1)).squareRoot()))
    }
}
