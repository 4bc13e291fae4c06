import Glibc

/// The regularised incomplete beta function.
///
/// The continued fraction of M. Abramowitz, I. A. Stegun, "Handbook of Mathematical Functions", 26.5.8, by Lentz's
/// method, on the side of the mean where it converges quickly.
enum IncompleteBeta {
    /// The integral from 0 to `x`; `complement` is `1 - x`, which the caller may know with more digits.
    static func lower(_ a: Double, _ b: Double, _ x: Double, complement: Double) -> Double {
        guard x > 0 else { return 0 }
        guard complement > 0 else { return 1 }
        if x * (a + b + 2) < a + 1 { return fraction(a, b, x, complement) / a }
        return 1 - fraction(b, a, complement, x) / b
    }

    private static func fraction(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
        let tiny = 1e-300
        func away(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var c = 1.0
        var d = 1 / away(1 - (a + b) * x / (a + 1))
        var fraction = d
        for term in 1...100_000 {
            let m = Double(term)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / away(1 + even * d)
            c = away(1 + even / c)
            fraction *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / away(1 + odd * d)
            c = away(1 + odd / c)
            fraction *= d * c
            if abs(d * c - 1) < 0x1p-52 { break }
        }
        return fraction * exp(a * log(x) + b * log(y) + lgamma(a + b).0 - lgamma(a).0 - lgamma(b).0)
    }
}
