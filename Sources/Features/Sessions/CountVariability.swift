internal import Glibc

/// How much it says when the count of a signature differs between two sessions.
///
/// The weight of a signature is `−ln((d + 1) / (n + 2))`, where `d = n − Σ_c n_c² / n` is how many of *n* sessions can be
/// expected to have another count than a session drawn from among them (`n_c` sessions have count *c*). A signature that
/// every session has three times weighs as much as one that no session has; one whose count is different each time weighs
/// next to nothing. Inverse document frequency, in contrast, makes light of the signatures that are always there, which
/// are the ones whose absence says most.
public struct CountVariability: Sendable {
    /// The number of sessions.
    public private(set) var sessions = 0
    /// For each signature, the sessions by count; sessions without it are not written down.
    private var histograms: [[Int: Int]]
    /// For each signature, the sum of the squares of its histogram, and the sessions that have it.
    private var squares: [Double]
    private var present: [Int]

    /// The least weight: a difference is never worth nothing.
    private static let leastWeight = 0.05

    /// Creates the variability of no session.
    ///
    /// - Parameter signatures: The number of signatures.
    public init(signatures: Int) {
        histograms = Array(repeating: [:], count: signatures)
        squares = Array(repeating: 0, count: signatures)
        present = Array(repeating: 0, count: signatures)
    }

    /// Adds a number of sessions that have the same counts.
    public mutating func add(_ counts: SignatureCounts, times: Int) {
        sessions += times
        for (column, count) in zip(counts.columns, counts.counts) {
            let column = Int(column)
            let before = Double(histograms[column][count] ?? 0)
            let after = before + Double(times)
            histograms[column][count] = Int(after)
            squares[column] += after * after - before * before
            present[column] += times
        }
    }

    /// The number of sessions that have a signature.
    public func support(of column: Int32) -> Int { present[Int(column)] }

    /// The weight of a signature that no session has.
    public var weightOfUnseen: Double { Self.weight(differing: 0, of: Double(sessions)) }

    /// The weights of all signatures.
    public var weights: [Double] { weights(leavingOut: nil) }

    /// The weights of all signatures as they would be without one of the sessions.
    public func weights(leavingOut counts: SignatureCounts?) -> [Double] {
        let total = Double(sessions - (counts == nil ? 0 : 1))
        var weights = [Double](repeating: 0, count: histograms.count)
        for column in weights.indices {
            let without = Double(sessions - present[column])
            var squares = squares[column] + without * without
            // A session that has the signature is taken care of below.
            if counts != nil { squares -= 2 * without - 1 }
            weights[column] = Self.weight(differing: total > 0 ? total - squares / total : 0, of: total)
        }
        guard let counts else { return weights }
        for (column, count) in zip(counts.columns, counts.counts) {
            let column = Int(column)
            let without = Double(sessions - present[column])
            let same = Double(histograms[column][count] ?? 1)
            let squares = squares[column] + without * without - (2 * same - 1)
            weights[column] = Self.weight(differing: total > 0 ? total - squares / total : 0, of: total)
        }
        return weights
    }

    private static func weight(differing: Double, of sessions: Double) -> Double {
        max(leastWeight, -log((max(0, differing) + 1) / (sessions + 2)))
    }
}
