import Glibc

/// The gamma distribution with mean `shape * scale`.
public struct Gamma: ContinuousDistribution, Equatable {
    /// The power of the density plus one, above zero.
    public let shape: Double
    /// The unit of the variable, above zero.
    public let scale: Double

    /// Takes two parameters above zero.
    public init(shape: Double, scale: Double) throws(DistributionError) {
        try DistributionError.check(positive: shape, "shape")
        try DistributionError.check(positive: scale, "scale")
        self.shape = shape
        self.scale = scale
    }

    /// The density; zero below zero.
    public func density(_ x: Double) -> Double {
        guard x >= 0 else { return 0 }
        guard x > 0 else { return shape < 1 ? .infinity : shape == 1 ? 1 / scale : 0 }
        return SaddlePoint.poissonTerm(shape, x / scale) * shape / x
    }

    /// The probability of a value of `x` or less, from the regularised incomplete gamma function.
    public func cumulative(_ x: Double) -> Double { IncompleteGamma.lower(shape: shape, x / scale) }

    /// The probability of a value above `x`.
    public func survival(_ x: Double) -> Double { IncompleteGamma.upper(shape: shape, x / scale) }

    /// The value that `cumulative` takes to `probability`.
    ///
    /// Newton's method in the logarithm of the value, kept between bounds that close in, from the cube-root
    /// transformation of E. B. Wilson and M. M. Hilferty, PNAS 17 (1931), doi:10.1073/pnas.17.12.684.
    public func quantile(_ probability: Double) -> Double {
        guard probability > 0, probability < 1 else {
            return probability == 0 ? 0 : probability == 1 ? .infinity : .nan
        }
        var lower = -Double.infinity
        var upper = Double.infinity
        var logValue = firstLogValue(probability)
        for _ in 0..<200 {
            let x = exp(logValue)
            // The smaller tail keeps its digits.
            let excess =
                probability < 0.5
                ? IncompleteGamma.lower(shape: shape, x) - probability
                : (1 - probability) - IncompleteGamma.upper(shape: shape, x)
            if excess > 0 { upper = logValue } else { lower = logValue }
            let slope = SaddlePoint.poissonTerm(shape, x) * shape
            let step = excess / slope
            if abs(step) <= 0x1p-52 * max(1, abs(logValue)) { break }
            let next = logValue - step
            if next > lower, next < upper {
                logValue = next
            } else {
                logValue = lower.isInfinite ? logValue - 1 : upper.isInfinite ? logValue + 1 : 0.5 * (lower + upper)
            }
        }
        return scale * exp(logValue)
    }

    private func firstLogValue(_ probability: Double) -> Double {
        let z = Normal.standard.quantile(probability)
        let cubeRoot = 1 - 1 / (9 * shape) + z / (3 * shape.squareRoot())
        if cubeRoot > 0.1 { return log(shape) + 3 * log(cubeRoot) }
        return (log(probability) + lgamma(shape + 1).0) / shape
    }
}
