import Glibc

/// Whether events come more often in one exposure than in another, by approximations; ``RateRatio`` is the exact test, which holds its level
/// with few events too.
///
/// Source: K. Gu, H. K. T. Ng, M. L. Tang, W. R. Schucany, "Testing the ratio of two Poisson rates", Biometrical J. 50 (2008),
/// doi:10.1002/bimj.200710403; the unconditional test is that of K. Krishnamoorthy, J. Thomson, J. Statist. Planning Inference 119 (2004),
/// doi:10.1016/S0378-3758(02)00408-1.
public struct RateDifference: Sendable {
    /// The difference of the rates by its standard error when both are equal.
    public let score: Double
    /// The difference of the rates by its standard error at the rates that were seen.
    public let wald: Double
    /// The difference of the square roots of the counts, 3/8 added to each, by its standard error.
    public let squareRoot: Double

    private let means: (first: Double, second: Double)
    private let exposures: (first: Double, second: Double)

    /// Compares two counts.
    ///
    /// - Parameters:
    ///   - events: The events in the first exposure, at least 0.
    ///   - exposure: The first exposure, above 0.
    ///   - otherEvents: The events in the second one, at least 0.
    ///   - otherExposure: The second exposure, above 0, in the same unit.
    /// - Returns: nil when a count or an exposure is out of range, or nothing came in either.
    public init?(events: Int, exposure: Double, otherEvents: Int, otherExposure: Double) {
        guard events >= 0, otherEvents >= 0, events + otherEvents > 0, exposure > 0, otherExposure > 0,
            exposure.isFinite, otherExposure.isFinite
        else { return nil }
        let (first, second) = (Double(events), Double(otherEvents))
        let pooled = (first + second) / (exposure + otherExposure)
        let ratio = exposure / otherExposure
        exposures = (exposure, otherExposure)
        means = (pooled * exposure, pooled * otherExposure)
        score = Self.score(first, second, exposure, otherExposure)
        wald =
            (first / exposure - second / otherExposure)
            / (first / (exposure * exposure) + second / (otherExposure * otherExposure)).squareRoot()
        squareRoot =
            2 * ((first + 0.375).squareRoot() - (ratio * (second + 0.375)).squareRoot()) / (1 + ratio).squareRoot()
    }

    /// The probability of a statistic so far from 0 on either side, where it is normal.
    public static func pValue(_ statistic: Double) -> Double { 2 * Normal.standard.survival(abs(statistic)) }

    /// The probability of a score so far from 0 for two Poisson counts of the pooled rate (the E-test).
    ///
    /// - Complexity: O(counts) for the counts within ten standard deviations, on both sides.
    public var unconditionalPValue: Double {
        func range(_ mean: Double) -> ClosedRange<Int> {
            let spread = 10 * mean.squareRoot() + 20
            return Int(max(0, mean - spread))...Int(mean + spread)
        }
        guard let first = try? Poisson(mean: means.first), let second = try? Poisson(mean: means.second) else {
            return 1
        }
        let others = range(means.second).map { (Double($0), second.probability($0)) }
        return range(means.first).reduce(0) { sum, count in
            let probability = first.probability(count)
            return others.reduce(sum) { sum, other in
                let found = Self.score(Double(count), other.0, exposures.first, exposures.second)
                return abs(found) >= abs(score) - 1e-12 ? sum + probability * other.1 : sum
            }
        }
    }

    private static func score(_ first: Double, _ second: Double, _ exposure: Double, _ otherExposure: Double) -> Double
    {
        guard first + second > 0 else { return 0 }
        let pooled = (first + second) / (exposure + otherExposure)
        return (first / exposure - second / otherExposure) / (pooled * (1 / exposure + 1 / otherExposure)).squareRoot()
    }
}
