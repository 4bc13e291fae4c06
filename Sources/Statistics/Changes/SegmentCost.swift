import Glibc

/// What a segment of a series costs that is described by its mean, or by its rate where counts have exposures: twice the negative
/// log-likelihood up to what is the same for every segmentation.
public enum SegmentCost: Sendable, Equatable {
    /// The squares of the distances from the mean, as of normal values with variance 1: a penalty is in units of the variance. Exposures do not matter.
    case squares
    /// Poisson counts: `2 (S - S ln(S / E))` for a sum S in an exposure E.
    case poisson
    /// Negative binomial counts with a known size for each unit of exposure, above 0: a count in an exposure e at a rate λ has mean `λ e`
    /// and size `k e`, so that its variance by its mean is `1 + λ / k` in short and in long exposures, and counts add up.
    case negativeBinomial(size: Double)

    /// The cost of `count` values with a sum, a sum of squares, and exposures that sum up to `exposure`.
    func cost(count: Double, exposure: Double, sum: Double, squares: Double) -> Double {
        let rate = sum / exposure
        switch self {
        case .squares: return squares - sum * (sum / count)
        // Without exposure nothing can come, and nothing is learnt.
        case _ where exposure <= 0: return 0
        case .poisson: return sum > 0 ? 2 * (sum - sum * log(rate)) : 0
        case .negativeBinomial(let k):
            return 2 * ((sum + exposure * k) * log1p(rate / k) - (sum > 0 ? sum * log(rate / k) : 0))
        }
    }
}
