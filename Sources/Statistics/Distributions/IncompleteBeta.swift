import Glibc

/// The regularised incomplete beta function.
///
/// A continued fraction by Lentz's method, on the side of the mean where it converges quickly. Its terms know `x` and `1 - x` apart and hardly cancel, also
/// where one parameter is so much larger that the function is nearly the incomplete gamma function. It needs a number of terms that grows like the square root
/// of the smaller parameter, so that above 1e8 the first term of the expansion for large parameters takes its place, which is as exact there.
///
/// Source: A. R. DiDonato, A. H. Morris, "Algorithm 708: significant digit computation of the incomplete beta function ratios", ACM Transactions on
/// Mathematical Software 18 (1992), doi:10.1145/131766.131776, the continued fraction; N. M. Temme, "Uniform asymptotic expansions of the incomplete gamma
/// functions and the incomplete beta function", Mathematics of Computation 29 (1975), in the form of NIST's Digital Library of Mathematical Functions,
/// 8.18.9.
enum IncompleteBeta {
    /// Parameters of which the smaller one is at most this are summed, in fewer than 10,000 terms.
    private static let largest = 1e8
    /// Ends the loop where a parameter is no number.
    private static let mostTerms = 100_000

    /// The integral from 0 to `x`; `complement` is `1 - x`, which the caller may know with more digits.
    static func lower(_ a: Double, _ b: Double, _ x: Double, complement: Double) -> Double {
        guard x > 0 else { return 0 }
        guard complement > 0 else { return 1 }
        if min(a, b) > largest {
            return a <= b ? expansion(a, b, x, complement) : 1 - expansion(b, a, complement, x)
        }
        return (a + 1) * complement > (b + 1) * x
            ? fraction(a, b, x, complement) : 1 - fraction(b, a, complement, x)
    }

    /// `x^a y^b gamma(a + b) / (gamma(a) gamma(b))` where `y` is `1 - x`: the slope of the integral by the logit of `x`.
    static func slope(_ a: Double, _ b: Double, _ x: Double, complement: Double) -> Double {
        SaddlePoint.binomialTerm(a, b, x, complement) * (a / (a + b)) * b
    }

    private static func fraction(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
        let tiny = 1e-300
        func away(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        let distance = a * y - b * x
        var fraction = away(a * (distance + 1) / (a + 1))
        var c = fraction
        var d = 0.0
        for term in 1...mostTerms {
            let m = Double(term)
            let odd = a + 2 * m - 1
            let numerator = (a + m - 1) / odd * ((a + b + m - 1) * x / odd) * m * ((b - m) * x)
            let denominator = m + m * (b - m) * x / odd + (a + m) * (distance + 1 + m * (1 + y)) / (odd + 2)
            d = 1 / away(denominator + numerator * d)
            c = away(denominator + numerator / c)
            fraction *= c * d
            if abs(c * d - 1) < 0x1p-51 { break }
        }
        return slope(a, b, x, complement: y) / fraction
    }

    /// For large parameters, the first one being the smaller: the normal tail at the signed root of the deviance, and one correction.
    ///
    /// What is left out is about `1 / (540 a)` of the correction.
    private static func expansion(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
        let n = a + b
        let (mean, rest) = (a / n, b / n)
        let deviance = SaddlePoint.deviance(a, n * x) + SaddlePoint.deviance(b, n * y)
        let spread = (mean * rest).squareRoot()
        let distance = (n * x - a) / n / spread
        let root = (2 * deviance / n).squareRoot() * (distance < 0 ? -1 : 1)
        var correction = 1 / root - 1 / distance
        // Close to the mean both parts cancel.
        if abs(distance) < 1e-4 * spread {
            let skewness = (rest - mean) / spread
            let curvature = 1 / (spread * spread) - 3
            correction = skewness / 3 + (skewness * skewness / 6 - curvature / 4) * distance
        }
        let tail = 0.5 * erfc(-root * (n / 2).squareRoot())
        return tail + exp(-deviance) / (2 * Double.pi * n).squareRoot() * correction
    }
}
