internal import Glibc

/// What is common among cases of which an unknown few are anomalous, and nobody says which.
///
/// The fit goes in turns. Weights and masses come from the cases that count as ordinary; every case is then measured by
/// its distance from what is common, itself left out, and those beyond the threshold count no longer. In the first turn the
/// ``firstTrim`` farthest are left out whatever their distance, as in the first step of robust covariances. Never more
/// than ``largestTrim`` are left out.
///
/// The threshold is `−ln` ``share``: a case is out of the ordinary when it differs from all that is common in a way that
/// fewer than that share of the ordinary cases do. Where cases are so varied that ordinary ones differ by more, it is
/// what ``TailThreshold`` gives.
///
/// Source: after the reweighted estimators of Rousseeuw, Van Driessen 1999, *Technometrics* 41(3).
public struct TrimmedKinds: Sendable {
    /// What is common.
    public let kinds: OrdinaryKinds
    /// The distance of each case from what is common, leaving it out, in the order given.
    public let distances: [Double]
    /// The distance from which a case is out of the ordinary.
    public let threshold: Double
    /// Which cases count as ordinary, in the order given.
    public let isOrdinary: [Bool]
    /// The turns that the fit took.
    public let turns: Int

    /// A kind of case, or a difference, that a smaller share of the cases has is not taken for a norm.
    public static let share = 0.02
    /// The share of the cases that the first turn leaves out.
    public static let firstTrim = 0.05
    /// The largest share of the cases that is left out.
    public static let largestTrim = 0.1
    /// The largest number of vectors that are compared with.
    public static let largestKinds = 1_024
    private static let largestTurns = 6

    /// Fits.
    ///
    /// - Parameters:
    ///   - vectors: Distinct vectors, not empty; their columns are below `columns`.
    ///   - counts: The cases of each, positive.
    ///   - columns: The number of columns.
    /// - Complexity: O(turns · vectors · min(vectors, 1,024) · entries).
    public init(_ vectors: [CountVector], counts: [Int], columns: Int) {
        let cases = counts.reduce(0, +)
        let byMass = vectors.indices.sorted { (counts[$1], $0) < (counts[$0], $1) }
        let compared = Array(byMass.prefix(Self.largestKinds))
        var place = [Int?](repeating: nil, count: vectors.count)
        for (position, index) in compared.enumerated() { place[index] = position }
        let rate = Self.tailRate(cases: cases)

        var isOrdinary = [Bool](repeating: true, count: vectors.count)
        var turn = 0
        while true {
            var variability = CountVariability(columns: columns)
            for index in vectors.indices where isOrdinary[index] {
                variability.add(vectors[index], times: counts[index])
            }
            let kinds = OrdinaryKinds(
                compared.map { vectors[$0] }, masses: compared.map { isOrdinary[$0] ? Double(counts[$0]) : 0 },
                weights: variability.weights, otherWeight: variability.weightOfUnseen, share: Self.share)
            let distances = vectors.indices.map { index in
                guard isOrdinary[index] else { return kinds.ball(around: vectors[index]).radius }
                let vector = vectors[index]
                // Only a vector that nothing else resembles changes the weights noticeably by being left out.
                guard counts[index] == 1 else { return kinds.ball(around: vector, excluding: place[index]).radius }
                let own = zip(vector.columns, vector.counts).map { variability.weight(of: $0, leavingOut: $1) }
                return kinds.ball(around: vector, excluding: place[index], own: own).radius
            }
            let threshold = max(-log(Self.share), TailThreshold.value(distances, counts: counts, rate: rate))
            let farthest = vectors.indices.sorted { (distances[$1], $0) < (distances[$0], $1) }
            var next = [Bool](repeating: true, count: vectors.count)
            var trimmed = 0
            for index in farthest {
                trimmed += counts[index]
                let limit = turn == 0 ? Self.firstTrim : Self.largestTrim
                guard Double(trimmed) <= limit * Double(cases), turn == 0 || distances[index] >= threshold else {
                    break
                }
                next[index] = false
            }
            turn += 1
            if (next == isOrdinary && turn > 1) || turn == Self.largestTurns {
                self.kinds = kinds
                self.distances = distances
                self.threshold = threshold
                self.isOrdinary = isOrdinary
                turns = turn
                return
            }
            isOrdinary = next
        }
    }

    /// The share of varied ordinary cases that may lie beyond the threshold: 1 %, or what few cases can tell.
    static func tailRate(cases: Int) -> Double { min(0.05, max(0.01, 2 / Double(cases + 1))) }
}
