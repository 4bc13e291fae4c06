/// How often each signature occurs in a session: a sparse vector of counts.
public struct SignatureCounts: Sendable, Hashable {
    /// The numbers of the signatures in ascending order.
    public let columns: [Int32]
    /// How often each occurs, at least 1.
    public let counts: [Int]

    /// Counts the signatures of a session.
    ///
    /// O(*n* + *k* log *k*) for *n* lines of *k* signatures.
    public init(of session: some Sequence<Int32>) {
        var counts: [Int32: Int] = [:]
        for signature in session { counts[signature, default: 0] += 1 }
        columns = counts.keys.sorted()
        self.counts = columns.map { counts[$0] ?? 0 }
    }

    /// Creates a vector from its parts; the columns ascend and there is one count for each.
    public init(columns: [Int32], counts: [Int]) {
        self.columns = columns
        self.counts = counts
    }

    /// How often a signature occurs.
    ///
    /// O(log *k*).
    public func count(of column: Int32) -> Int {
        var (low, high) = (0, columns.count)
        while low < high {
            let middle = (low + high) / 2
            if columns[middle] < column { low = middle + 1 } else { high = middle }
        }
        return low < columns.count && columns[low] == column ? counts[low] : 0
    }
}
