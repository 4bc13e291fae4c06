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
        guard own > 0, others > 0 else {
            (pValueGreater, midPValueGreater) = (1, 0.5)
            return
        }
        // Binomial terms of one share, which cancels out: that of all events keeps them far from underflow.
        let (x, y) = (Double(inFirst) / Double(own + others), Double(own + others - inFirst) / Double(own + others))
        func term(_ inFirst: Int, of count: Int) -> Double {
            SaddlePoint.binomialTerm(Double(inFirst), Double(count - inFirst), x, y)
        }
        let all = term(inFirst, of: own + others)
        func probability(_ count: Int) -> Double { term(count, of: own) * term(inFirst - count, of: others) / all }
        let equal = probability(first.0)
        let more = (first.0..<max(first.0, min(own, inFirst))).reduce(0) { $0 + probability($1 + 1) }
        pValueGreater = min(1, more + equal)
        midPValueGreater = min(1, more + equal / 2)
    }
}
