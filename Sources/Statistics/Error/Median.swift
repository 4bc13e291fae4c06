extension Sequence where Element: Comparable {
    /// The median, of an even number the larger of the two middle ones, so that it is one of the elements; nil where there is none.
    ///
    /// - Complexity: O(n log n).
    public var upperMedian: Element? {
        let sorted = sorted()
        return sorted.isEmpty ? nil : sorted[sorted.count / 2]
    }
}

extension Sequence<Double> {
    /// The median, of an even number the mean of the two middle ones; nil where there is none.
    ///
    /// - Complexity: O(n log n).
    public var median: Double? {
        let sorted = sorted()
        return sorted.isEmpty ? nil : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
}
