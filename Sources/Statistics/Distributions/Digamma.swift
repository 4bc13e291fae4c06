import Glibc

/// The derivatives of the logarithm of the gamma function.
///
/// Source: M. Abramowitz, I. A. Stegun, "Handbook of Mathematical Functions", 6.3.5, 6.3.18 and 6.4.11: the recurrence up to 12 and the
/// asymptotic series there.
enum Digamma {
    /// The first derivative (digamma) at `x` above 0.
    static func value(_ x: Double) -> Double {
        var x = x
        var sum = 0.0
        while x < 12 {
            sum -= 1 / x
            x += 1
        }
        let square = 1 / (x * x)
        let series =
            square * (1.0 / 12 - square * (1.0 / 120 - square * (1.0 / 252 - square * (1.0 / 240 - square / 132))))
        return sum + log(x) - 0.5 / x - series
    }

    /// The second derivative (trigamma) at `x` above 0.
    static func slope(_ x: Double) -> Double {
        var x = x
        var sum = 0.0
        while x < 12 {
            sum += 1 / (x * x)
            x += 1
        }
        let square = 1 / (x * x)
        let series = 1.0 / 6 - square * (1.0 / 30 - square * (1.0 / 42 - square * (1.0 / 30 - square * 5 / 66)))
        return sum + 1 / x + square / 2 + square / x * series
    }
}
