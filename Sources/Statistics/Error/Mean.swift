extension Sequence<Double> {
    /// The mean; nil where there is none.
    ///
    /// - Complexity: O(n).
    public var mean: Double? {
        let (sum, count) = reduce(into: (0.0, 0)) { $0 = ($0.0 + $1, $0.1 + 1) }
        return count == 0 ? nil : sum / Double(count)
    }
}
