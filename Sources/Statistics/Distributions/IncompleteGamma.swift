import Glibc

/// The regularised incomplete gamma functions P (lower) and Q (upper).
///
/// The series of P below `x = shape + 1` and the continued fraction of Q above, by Lentz's method; both need a number
/// of terms that grows like the square root of the shape.
///
/// Source: M. Abramowitz, I. A. Stegun, "Handbook of Mathematical Functions", 6.5.29 and 6.5.31.
enum IncompleteGamma {
    static func lower(shape: Double, _ x: Double) -> Double {
        guard x > 0 else { return 0 }
        return x < shape + 1 ? series(shape, x) : 1 - continuedFraction(shape, x)
    }

    static func upper(shape: Double, _ x: Double) -> Double {
        guard x > 0 else { return 1 }
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
        guard x.isFinite else { return 0 }
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
}
