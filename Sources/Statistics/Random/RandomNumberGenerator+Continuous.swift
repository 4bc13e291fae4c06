import Glibc

extension RandomNumberGenerator {
    /// A draw from the uniform distribution on the open interval (0, 1).
    ///
    /// The 2^52 midpoints of a regular grid are equally likely, so that a logarithm of the draw is always finite.
    public mutating func uniform() -> Double {
        (Double(next() >> 12) + 0.5) * 0x1p-52
    }

    /// A draw from the normal distribution.
    ///
    /// One of the two draws of a pair is given up, because a generator has no room to keep it.
    ///
    /// Source: G. Marsaglia, T. A. Bray, "A convenient method for generating normal variables", SIAM Review 6 (1964),
    /// doi:10.1137/1006063.
    ///
    /// - Parameters:
    ///   - mean: any finite value.
    ///   - standardDeviation: zero or more.
    public mutating func normal(mean: Double = 0, standardDeviation: Double = 1) -> Double {
        while true {
            let x = 2 * uniform() - 1
            let y = 2 * uniform() - 1
            let square = x * x + y * y
            if square < 1, square > 0 {
                return mean + standardDeviation * x * (-2 * log(square) / square).squareRoot()
            }
        }
    }

    /// A draw whose logarithm is normal with mean `logMean` and standard deviation `logStandardDeviation` (zero or
    /// more).
    public mutating func logNormal(logMean: Double, logStandardDeviation: Double) -> Double {
        exp(normal(mean: logMean, standardDeviation: logStandardDeviation))
    }

    /// A draw from the exponential distribution with the given rate (events per unit of time, above zero).
    ///
    /// Inversion: one word a draw.
    public mutating func exponential(rate: Double = 1) -> Double {
        -log(uniform()) / rate
    }

    /// A draw from the gamma distribution with mean `shape * scale`; both parameters above zero.
    ///
    /// Source: G. Marsaglia, W. W. Tsang, "A simple method for generating gamma variables", ACM Transactions on
    /// Mathematical Software 26 (2000), doi:10.1145/358407.358414, with the power of a uniform for a shape below 1
    /// (their section 6).
    public mutating func gamma(shape: Double, scale: Double = 1) -> Double {
        if shape < 1 {
            let boost = exp(log(uniform()) / shape)
            return gamma(shape: shape + 1, scale: scale) * boost
        }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let root = 1 + c * x
            guard root > 0 else { continue }
            let v = root * root * root
            if log(uniform()) < 0.5 * x * x + d * (1 - v + log(v)) { return d * v * scale }
        }
    }
}
