import Glibc

/// How strange it is that something that used to come has not come for so long.
///
/// If gaps are exponential, `n` of them that add up to `S` are followed by one longer than `w` with probability `(S / (S + w))ⁿ`, whatever the rate is; so
/// a silence is too long at a rate `α` of false alarms when it lasts longer than `n (α^(-1/n) - 1)` usual gaps, which are about seven for many gaps and
/// α = 0.001. What comes in clumps has longer gaps than that, so a silence no longer than the longest gap before is never strange.
public struct Silence: Sendable, Equatable {
    /// The mean of the gaps.
    public let usualGap: Double
    /// The longest of them.
    public let longestGap: Double
    /// The time since it last came, not negative.
    public let length: Double
    /// The probability of a gap that is longer than that, while it still goes on: 1 when one was as long before.
    public let probability: Double

    /// Looks at a silence.
    ///
    /// - Parameters:
    ///   - times: When it came, in any unit and order; times that are equal count once, and those after `now` not at all.
    ///   - now: Now, in the same unit.
    /// - Returns: nil when it came fewer than two times.
    /// - Complexity: O(n log n).
    public init?(times: [Double], now: Double) {
        let seen = Set(times.filter { $0 <= now }).sorted()
        guard seen.count >= 2, let first = seen.first, let last = seen.last else { return nil }
        let gaps = zip(seen.dropFirst(), seen).map { $0 - $1 }
        usualGap = (last - first) / Double(gaps.count)
        longestGap = gaps.max() ?? 0
        length = now - last
        let share = (last - first) / (now - first)
        probability = length <= longestGap ? 1 : exp(Double(gaps.count) * log(share))
    }
}
