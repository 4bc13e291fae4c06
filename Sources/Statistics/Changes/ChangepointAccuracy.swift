/// How well changepoints that were found agree with the true ones.
///
/// To say that nothing changed scores well where little does, so that row belongs beside every result.
///
/// Source: G. J. J. van den Burg, C. K. I. Williams, "An evaluation of change point detection algorithms", arXiv:2003.06222 (2020).
public struct ChangepointAccuracy: Sendable, Equatable {
    /// The harmonic mean of precision and recall, where a change may be off by the margin and the start of the series counts as one.
    public let f1: Double
    /// The mean over the true segments, by their length, of the best overlap (Jaccard) with one that was found.
    public let covering: Double

    /// Compares changes.
    ///
    /// - Parameters:
    ///   - found: The indexes of the first values of new segments, above 0.
    ///   - truth: The true ones.
    ///   - count: The values of the series.
    ///   - margin: By how much a change may be off.
    public init(found: [Int], truth: [Int], count: Int, margin: Int = 5) {
        let found = Set(found).filter { $0 > 0 && $0 < count }.sorted()
        let truth = Set(truth).filter { $0 > 0 && $0 < count }.sorted()
        var unused = Set([0] + found)
        var matches = 0
        for change in [0] + truth {
            let near = unused.filter { abs($0 - change) <= margin }
            if let nearest = near.min(by: { (abs($0 - change), $0) < (abs($1 - change), $1) }) {
                unused.remove(nearest)
                matches += 1
            }
        }
        let precision = Double(matches) / Double(found.count + 1)
        let recall = Double(matches) / Double(truth.count + 1)
        f1 = matches > 0 ? 2 * precision * recall / (precision + recall) : 0
        let segments = Self.segments(found, count)
        covering =
            Self.segments(truth, count).reduce(0) { sum, segment in
                let best = segments.map { Self.overlap(segment, $0) }.max() ?? 0
                return sum + Double(segment.count) * best
            } / Double(max(1, count))
    }

    private static func segments(_ changes: [Int], _ count: Int) -> [Range<Int>] {
        zip([0] + changes, changes + [count]).map { $0..<$1 }
    }

    private static func overlap(_ one: Range<Int>, _ other: Range<Int>) -> Double {
        let common = one.clamped(to: other).count
        return Double(common) / Double(one.count + other.count - common)
    }
}
