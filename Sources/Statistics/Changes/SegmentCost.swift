import Glibc

/// What a segment of a series costs that is described by its mean: twice the negative log-likelihood up to a constant.
public enum SegmentCost: Sendable, Equatable {
    /// The squares of the distances from the mean.
    case squares
    /// Poisson counts.
    case poisson
    /// Negative binomial counts with a known dispersion, above 0.
    case negativeBinomial(dispersion: Double)

    /// The cost of `count` values with a sum and a sum of squares.
    func cost(count: Double, sum: Double, squares: Double) -> Double {
        let mean = sum / count
        switch self {
        case .squares: return squares - sum * mean
        case .poisson: return sum > 0 ? 2 * (sum - sum * log(mean)) : 0
        case .negativeBinomial(let k):
            return 2 * ((sum + count * k) * log1p(mean / k) - (sum > 0 ? sum * log(mean / k) : 0))
        }
    }
}
