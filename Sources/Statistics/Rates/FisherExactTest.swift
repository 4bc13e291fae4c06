import Glibc

/// Whether events of a first kind fall into the first of two classes more often than others do, exactly: given the sums of both rows and columns, the events of
/// the first kind in the first class are hypergeometric.
///
/// Source: R. A. Fisher, "The Design of Experiments", 1935, section 11.
public struct FisherExactTest: Sendable {
    /// The probability of so many events or more of the first kind in the first class when the kind does not matter.
    public let pValueGreater: Double
    /// The same with half the probability of exactly so many, which is less careful and right on average.
    public let midPValueGreater: Double

    /// Compares two kinds of events.
    ///
    /// - Parameters:
    ///   - first: The events of the first kind in the first class and in the second one.
    ///   - second: The events of the second kind in the same classes.
    /// - Returns: nil when a count is below 0.
    /// - Complexity: O(the events of the first kind).
    public init?(_ first: (Int, Int), _ second: (Int, Int)) {
        guard min(first.0, first.1, second.0, second.1) >= 0 else { return nil }
        let (own, others, inFirst) = (first.0 + first.1, second.0 + second.1, first.0 + second.0)
        let all = Self.logCombinations(own + others, inFirst)
        func probability(_ count: Int) -> Double {
            exp(Self.logCombinations(own, count) + Self.logCombinations(others, inFirst - count) - all)
        }
        let equal = probability(first.0)
        let more = (first.0..<max(first.0, min(own, inFirst))).reduce(0) { $0 + probability($1 + 1) }
        pValueGreater = min(1, more + equal)
        midPValueGreater = min(1, more + equal / 2)
    }

    private static func logCombinations(_ count: Int, _ chosen: Int) -> Double {
        let (n, k) = (Double(count), Double(chosen))
        return lgamma(n + 1).0 - lgamma(k + 1).0 - lgamma(n - k + 1).0
    }
}
