internal import Glibc

/// What is common among cases of which an unknown few are anomalous, and nobody says which.
///
/// The fit goes in turns. Weights and masses come from the cases that count as ordinary; every case is then measured by
/// its distance from what is common, itself left out, and those beyond the threshold count no longer. In the first turn the
/// ``firstTrim`` farthest are left out whatever their distance, as in the first step of robust covariances. Never more
/// than ``largestTrim`` are left out.
///
/// The threshold is `−ln` of the ``share``, which ``RareShare`` finds by fits with different shares: a case is out of the ordinary when it differs from all that is common in a way that
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
    /// A kind of case, or a difference, that a smaller share of the cases has is not taken for a norm.
    public let share: Double

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
    /// - Complexity: O(shares · turns · vectors · min(vectors, 1,024) · entries of a vector) additions, with at most 10 shares and
    ///   6 turns: beyond 1,024 vectors, linear in their number.
    public init(_ vectors: [CountVector], counts: [Int], columns: Int) {
        let cases = Double(max(1, counts.reduce(0, +)))
        var fits: [Double: TrimmedKinds] = [:]
        func fit(_ share: Double) -> TrimmedKinds {
            let fit = fits[share] ?? TrimmedKinds(vectors, counts: counts, columns: columns, share: share)
            fits[share] = fit
            return fit
        }
        let share = RareShare.value(least: min(RareShare.ceiling, 1 / cases)) { share in
            let fit = fit(share)
            return (zip(fit.distances, counts).map { (score: $0, count: $1) }, fit.threshold)
        }
        self = fit(share)
    }

    /// Fits with a share that is given.
    init(_ vectors: [CountVector], counts: [Int], columns: Int, share: Double) {
        self.share = share
        let cases = counts.reduce(0, +)
        let compared = Self.compared(counts)
        let place = Self.places(of: compared, among: vectors.count)
        let rate = Self.tailRate(cases: cases)

        var isOrdinary = [Bool](repeating: true, count: vectors.count)
        var turn = 0
        while true {
            let (kinds, distances) = Self.measure(
                vectors, ordinary: counts.indices.map { isOrdinary[$0] ? counts[$0] : 0 }, compared: compared,
                place: place, columns: columns, share: share)
            let threshold = max(-log(share), TailThreshold.value(distances, counts: counts, rate: rate))
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
                return
            }
            isOrdinary = next
        }
    }

    /// Measures with the ordinary cases given, as another view of them tells.
    ///
    /// - Parameters:
    ///   - vectors: Distinct vectors; their columns are below `columns`.
    ///   - ordinary: The ordinary cases of each, not all 0.
    ///   - columns: The number of columns.
    ///   - rate: The share of ordinary cases beyond the threshold, which is never below `−ln` ``RareShare/ceiling``.
    public init(_ vectors: [CountVector], ordinary: [Int], columns: Int, rate: Double) {
        share = RareShare.ceiling
        let compared = Self.compared(ordinary)
        (kinds, distances) = Self.measure(
            vectors, ordinary: ordinary, compared: compared, place: Self.places(of: compared, among: vectors.count),
            columns: columns, share: share)
        isOrdinary = ordinary.map { $0 > 0 }
        let cases = zip(distances, ordinary).filter { $0.1 > 0 }.map { (score: $0.0, count: $0.1) }
        let all = Double(ordinary.reduce(0, +))
        threshold = max(-log(share), ConformalCalibration(cases).threshold(rate: max(rate, 1 / (all + 1))))
    }

    /// The vectors with the most cases, which are compared with.
    private static func compared(_ counts: [Int]) -> [Int] {
        Array(counts.indices.sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(largestKinds))
    }

    private static func places(of compared: [Int], among count: Int) -> [Int?] {
        var place = [Int?](repeating: nil, count: count)
        for (position, index) in compared.enumerated() { place[index] = position }
        return place
    }

    /// What is common among the ordinary cases, and the distance of each vector from it, one ordinary case of it left out.
    private static func measure(
        _ vectors: [CountVector], ordinary: [Int], compared: [Int], place: [Int?], columns: Int, share: Double
    ) -> (OrdinaryKinds, [Double]) {
        var variability = CountVariability(columns: columns)
        for index in vectors.indices where ordinary[index] > 0 {
            variability.add(vectors[index], times: ordinary[index])
        }
        let kinds = OrdinaryKinds(
            compared.map { vectors[$0] }, masses: compared.map { Double(ordinary[$0]) }, weights: variability.weights,
            otherWeight: variability.weightOfUnseen, share: share)
        let distances = vectors.indices.map { index in
            let vector = vectors[index]
            // Only a vector that nothing else resembles changes the weights noticeably by being left out.
            switch ordinary[index] {
            case 0: return kinds.ball(around: vector).radius
            case 1:
                let own = zip(vector.columns, vector.counts).map { variability.weight(of: $0, leavingOut: $1) }
                return kinds.ball(around: vector, excluding: place[index], own: own).radius
            default: return kinds.ball(around: vector, excluding: place[index]).radius
            }
        }
        return (kinds, distances)
    }

    /// The share of varied ordinary cases that may lie beyond the threshold: 1 %, or what few cases can tell.
    static func tailRate(cases: Int) -> Double { min(0.05, max(0.01, 2 / Double(cases + 1))) }
}
