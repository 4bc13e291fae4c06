/// How often each thing occurs in a sequence: a sparse vector of counts.
public struct CountVector: Sendable, Hashable {
    /// The numbers of the things in ascending order, none twice.
    public let columns: [Int32]
    /// How often each occurs, at least 1.
    public let counts: [Int32]

    /// Counts a sequence.
    ///
    /// O(*n* log *n*) for *n* elements.
    public init(of sequence: some Sequence<Int32>) {
        var columns: [Int32] = []
        var counts: [Int32] = []
        for column in sequence.sorted() {
            if columns.last == column {
                counts[counts.count - 1] += 1
            } else {
                columns.append(column)
                counts.append(1)
            }
        }
        self.columns = columns
        self.counts = counts
    }

    /// Creates a vector from its parts; the columns ascend and there is one count for each.
    public init(columns: [Int32], counts: [Int32]) {
        self.columns = columns
        self.counts = counts
    }

    /// How often a thing occurs.
    public func count(of column: Int32) -> Int {
        columns.firstIndex(of: column).map { Int(counts[$0]) } ?? 0
    }
}
