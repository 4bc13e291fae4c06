internal import Glibc

/// How good an order is by what stands at its top.
public enum DiscountedGain {
    /// The normalised discounted cumulative gain at k: `Σ gainᵢ / log₂(i + 1)` over the first k places by that of the best order.
    ///
    /// Items of one score share the mean of their gains, so that the order in which they are given makes no difference.
    ///
    /// Source: K. Järvelin, J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM Trans. Inf. Syst. 20 (2002),
    /// doi:10.1145/582415.582418; ties as by F. McSherry, M. Najork (ECIR 2008).
    ///
    /// - Parameters:
    ///   - items: The score and the gain, at least 0, of each item.
    ///   - missed: Gains of what was not ranked at all.
    ///   - k: The places that count, at least 1.
    /// - Returns: 0...1; nil when no gain is above 0.
    public static func normalized(
        _ items: [(score: Double, gain: Double)], missed: [Double] = [], at k: Int
    ) -> Double? {
        precondition(k >= 1, "one place counts")
        var gains: [Double] = []
        var rest = items.sorted { $0.score > $1.score }[...]
        while let first = rest.first {
            let tied = rest.prefix { $0.score == first.score }
            gains += [Double](repeating: tied.reduce(0) { $0 + $1.gain } / Double(tied.count), count: tied.count)
            rest = rest.dropFirst(tied.count)
        }
        let ideal = sum((items.map(\.gain) + missed).sorted(by: >), k)
        return ideal > 0 ? sum(gains, k) / ideal : nil
    }

    private static func sum(_ gains: [Double], _ k: Int) -> Double {
        gains.prefix(k).enumerated().reduce(0) { $0 + $1.element / log2(Double($1.offset) + 2) }
    }
}
