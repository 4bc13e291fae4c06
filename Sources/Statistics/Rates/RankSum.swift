/// Whether values of one sample tend to lie below those of another, by their ranks alone.
///
/// The normal approximation with ties and continuity corrected, good from about five values each.
///
/// Source: H. B. Mann, D. R. Whitney, Annals of Mathematical Statistics 18 (1947), doi:10.1214/aoms/1177730491.
public struct RankSum: Sendable, Equatable {
    /// The probability that a value of the first sample lies above one of the second, ties counting half.
    public let superiority: Double
    /// The probability of so small a ``superiority`` or a smaller one when both samples are alike.
    public let pValueLess: Double

    /// Compares two samples.
    ///
    /// - Returns: nil when a sample is empty or all values are equal.
    /// - Complexity: O(n log n).
    public init?(_ first: [Double], _ second: [Double]) {
        guard !first.isEmpty, !second.isEmpty else { return nil }
        let all = (first.map { ($0, true) } + second.map { ($0, false) }).sorted { $0.0 < $1.0 }
        let (m, n, total) = (Double(first.count), Double(second.count), Double(all.count))
        var (rankSum, ties) = (0.0, 0.0)
        var start = 0
        while start < all.count {
            let end = all[start...].firstIndex { $0.0 != all[start].0 } ?? all.count
            let equal = Double(end - start)
            rankSum += Double(all[start..<end].count { $0.1 }) * Double(start + end + 1) / 2
            ties += equal * equal * equal - equal
            start = end
        }
        let wins = rankSum - m * (m + 1) / 2
        let variance = m * n / 12 * (total + 1 - ties / (total * max(1, total - 1)))
        guard variance > 0 else { return nil }
        superiority = wins / (m * n)
        pValueLess = Normal.standard.cumulative((wins + 0.5 - m * n / 2) / variance.squareRoot())
    }
}
