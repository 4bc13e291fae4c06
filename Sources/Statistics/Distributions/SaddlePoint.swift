import Glibc

/// The terms of the Poisson and of the binomial distribution, at whole and other numbers, without the cancellation of large logarithms.
///
/// Source: C. Loader, "Fast and accurate computation of binomial probabilities" (2000); the routines `dpois_raw` and `dbinom_raw` of R.
enum SaddlePoint {
    /// `x^a exp(-x) / gamma(a + 1)` for `a` and `x` of zero or more.
    static func poissonTerm(_ a: Double, _ x: Double) -> Double {
        if x == 0 { return a == 0 ? 1 : 0 }
        if a == 0 { return exp(-x) }
        return exp(-stirlingError(a) - deviance(a, x)) / (2 * Double.pi * a).squareRoot()
    }

    /// `gamma(a + b + 1) / (gamma(a + 1) gamma(b + 1)) x^a y^b` for `a` and `b` of zero or more, not both zero, where `y` is `1 - x`.
    static func binomialTerm(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
        if a == 0 { return exp(b * (x < 0.5 ? log1p(-x) : log(y))) }
        if b == 0 { return exp(a * (y < 0.5 ? log1p(-y) : log(x))) }
        guard x > 0, y > 0 else { return 0 }
        let n = a + b
        let correction = stirlingError(n) - stirlingError(a) - stirlingError(b)
        return exp(correction - deviance(a, n * x) - deviance(b, n * y)) * (n / a / b / (2 * Double.pi)).squareRoot()
    }

    /// `log gamma(a + 1)` less Stirling's `(a + 1/2) log a - a + log(2 pi) / 2`, for `a` above zero.
    static func stirlingError(_ a: Double) -> Double {
        guard a > 15 else { return lgamma(a + 1).0 - (a + 0.5) * log(a) + a - 0.5 * log(2 * Double.pi) }
        let s = 1 / (a * a)
        return (1.0 / 12 - s * (1.0 / 360 - s * (1.0 / 1260 - s * (1.0 / 1680 - s / 1188)))) / a
    }

    /// `a log(a / x) + x - a`, by its series where `a` is close to `x`.
    static func deviance(_ a: Double, _ x: Double) -> Double {
        guard abs(a - x) < 0.1 * (a + x) else { return a * log(a / x) + x - a }
        let v = (a - x) / (a + x)
        var sum = (a - x) * v
        var power = 2 * a * v
        for term in 1...1000 {
            power *= v * v
            let next = sum + power / Double(2 * term + 1)
            if next == sum { break }
            sum = next
        }
        return sum
    }
}
