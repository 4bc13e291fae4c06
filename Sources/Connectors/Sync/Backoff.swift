/// How long to wait before what failed is tried again.
///
/// Twice as long each time, at random between the half and the whole of it, so that many do not come back at once.
/// Source: M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015 (equal jitter).
public enum Backoff {
    /// The longest wait in seconds, but for what a system asks for.
    public static let longest = 300.0

    /// The seconds to wait.
    ///
    /// - Parameters:
    ///   - attempts: How often it has failed, from 1.
    ///   - asked: The seconds the system asks for: the least, and not the most, that is waited; nil or 0 where it does not say.
    ///   - random: A number in 0..<1.
    public static func seconds(after attempts: Int, asked: Double?, random: Double) -> Double {
        let whole = min(longest, Double(sign: .plus, exponent: min(max(0, attempts - 1), 20), significand: 0.5))
        return max(asked ?? 0, whole / 2 + random * whole / 2)
    }
}
