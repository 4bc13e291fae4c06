import Glibc

/// The regularised incomplete gamma functions P (lower) and Q (upper).
///
/// The series of P below `x = shape + 1` and the continued fraction of Q above, by Lentz's method. Both need a number of terms that grows like the square
/// root of the shape, so that above 1e8 the first term of the expansion for large shapes takes their place, which is as exact there.
///
/// Source: M. Abramowitz, I. A. Stegun, "Handbook of Mathematical Functions", 6.5.29 and 6.5.31; N. M. Temme, "The asymptotic expansion of the incomplete gamma
/// functions", SIAM Journal on Mathematical Analysis 10 (1979), doi:10.1137/0510071.
enum IncompleteGamma {
    /// Shapes up to this one are summed, in fewer than 100,000 terms.
    private static let largest = 1e8

    static func lower(shape: Double, _ x: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x.isFinite else { return 1 }
        if shape > largest { return 1 - expansion(shape, x) }
        return x < shape + 1 ? series(shape, x) : 1 - continuedFraction(shape, x)
    }

    static func upper(shape: Double, _ x: Double) -> Double {
        guard x > 0 else { return 1 }
        guard x.isFinite else { return 0 }
        if shape > largest { return expansion(shape, x) }
        return x < shape + 1 ? 1 - series(shape, x) : continuedFraction(shape, x)
    }

    private static func series(_ shape: Double, _ x: Double) -> Double {
        var term = 1.0
        var sum = 1.0
        var denominator = shape
        while term > sum * 0x1p-54 {
            denominator += 1
            term *= x / denominator
            sum += term
        }
        return sum * SaddlePoint.poissonTerm(shape, x)
    }

    private static func continuedFraction(_ shape: Double, _ x: Double) -> Double {
        let tiny = 1e-300
        var b = x + 1 - shape
        var c = 1 / tiny
        var d = 1 / b
        var fraction = d
        for term in 1...100_000 {
            let k = Double(term)
            let a = -k * (k - shape)
            b += 2
            d = a * d + b
            if abs(d) < tiny { d = tiny }
            c = b + a / c
            if abs(c) < tiny { c = tiny }
            d = 1 / d
            let ratio = d * c
            fraction *= ratio
            if abs(ratio - 1) < 0x1p-52 { break }
        }
        return fraction * shape * SaddlePoint.poissonTerm(shape, x)
    }

    /// Q of a large shape: the normal tail at the signed root of the deviance, and one correction.
    ///
    /// What is left out is `1 / (540 shape)` of the correction.
    private static func expansion(_ shape: Double, _ x: Double) -> Double {
        let deviance = SaddlePoint.deviance(shape, x)
        let distance = (x - shape) / shape
        let root = (2 * deviance / shape).squareRoot() * (distance < 0 ? -1 : 1)
        // Close to the shape both parts cancel.
        let correction =
            abs(root) < 1e-3 ? -1.0 / 3 + root / 12 - 2 * root * root / 135 : 1 / distance - 1 / root
        let tail = 0.5 * erfc(root * (shape / 2).squareRoot())
        return tail + exp(-deviance) / (2 * Double.pi * shape).squareRoot() * correction
    }
}
