import Glibc

/// The normal distribution.
public struct Normal: ContinuousDistribution, Equatable {
    /// The mean.
    public let mean: Double
    /// The standard deviation, above zero.
    public let standardDeviation: Double

    /// Mean 0 and standard deviation 1.
    public static let standard = Normal()

    private init() {
        mean = 0
        standardDeviation = 1
    }

    /// Takes a finite mean and a standard deviation above zero.
    public init(mean: Double, standardDeviation: Double) throws(DistributionError) {
        try DistributionError.check(finite: mean, "mean")
        try DistributionError.check(positive: standardDeviation, "standard deviation")
        self.mean = mean
        self.standardDeviation = standardDeviation
    }

    private func standardized(_ x: Double) -> Double { (x - mean) / standardDeviation }

    /// The density, `exp(-z^2 / 2) / (standardDeviation sqrt(2 pi))` at `z = (x - mean) / standardDeviation`.
    public func density(_ x: Double) -> Double {
        let z = standardized(x)
        return exp(-0.5 * z * z) / (standardDeviation * (2 * Double.pi).squareRoot())
    }

    /// The probability of a value of `x` or less, from the complementary error function.
    public func cumulative(_ x: Double) -> Double { 0.5 * erfc(-standardized(x) * 0.5.squareRoot()) }

    /// The probability of a value above `x`.
    public func survival(_ x: Double) -> Double { 0.5 * erfc(standardized(x) * 0.5.squareRoot()) }

    /// The logarithm of `survival`, finite also where `survival` itself is below the smallest number.
    public func logSurvival(_ x: Double) -> Double {
        let z = standardized(x)
        if z < 5 { return log(0.5 * erfc(z * 0.5.squareRoot())) }
        return -0.5 * z * z - log(Normal.inverseMillsRatio(z)) - 0.5 * log(2 * Double.pi)
    }

    /// The density of the standard normal distribution over its survival, `z + 1 / (z + 2 / (z + 3 / ...))` for large
    /// z.
    static func inverseMillsRatio(_ z: Double) -> Double {
        guard z >= 5 else { return standard.density(z) / standard.survival(z) }
        // From 5 on, 60 terms of Laplace's continued fraction leave no error that a double can hold.
        var tail = z
        for term in stride(from: 60.0, through: 1, by: -1) { tail = z + term / tail }
        return tail
    }

    /// The value that `cumulative` takes to `probability`, with a relative error of about 1e-16.
    ///
    /// Source: M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics
    /// 37 (1988), routine PPND16, doi:10.2307/2347330.
    public func quantile(_ probability: Double) -> Double {
        guard probability >= 0, probability <= 1 else { return .nan }
        return mean + standardDeviation * Normal.standardQuantile(probability)
    }

    private static func standardQuantile(_ probability: Double) -> Double {
        let q = probability - 0.5
        if abs(q) <= 0.425 { return q * center.value(at: 0.180625 - q * q) }
        let tail = min(probability, 1 - probability)
        guard tail > 0 else { return q < 0 ? -.infinity : .infinity }
        let r = (-log(tail)).squareRoot()
        let magnitude = r <= 5 ? middle.value(at: r - 1.6) : farTail.value(at: r - 5)
        return q < 0 ? -magnitude : magnitude
    }

    private static let center = RationalFunction(
        numerator: [
            3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
            4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3,
        ],
        denominator: [
            1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3, 2.1213794301586595867e+4,
            3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3,
        ])
    private static let middle = RationalFunction(
        numerator: [
            1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
            1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
        ],
        denominator: [
            1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
            1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
        ])
    private static let farTail = RationalFunction(
        numerator: [
            6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
            2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
        ],
        denominator: [
            1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
            7.86869131145613259100e-4,
            1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
        ])
}

/// A quotient of polynomials, coefficients in ascending order.
private struct RationalFunction {
    let numerator: [Double]
    let denominator: [Double]

    func value(at x: Double) -> Double { polynomial(numerator, x) / polynomial(denominator, x) }

    private func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
        coefficients.reversed().reduce(0) { $0 * x + $1 }
    }
}
