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

    /// The columns in which two vectors differ: `body` takes the column and both counts, and says whether to go on.
    ///
    /// O(entries of both).
    @inline(__always)
    func forEachDifference(from other: CountVector, _ body: (Int32, Int32, Int32) -> Bool) {
        var (i, j) = (0, 0)
        while i < columns.count || j < other.columns.count {
            let left = i < columns.count ? columns[i] : Int32.max
            let right = j < other.columns.count ? other.columns[j] : Int32.max
            if left == right {
                if counts[i] != other.counts[j], !body(left, counts[i], other.counts[j]) { return }
                (i, j) = (i + 1, j + 1)
            } else if left < right {
                if !body(left, counts[i], 0) { return }
                i += 1
            } else {
                if !body(right, 0, other.counts[j]) { return }
                j += 1
            }
        }
    }
}
