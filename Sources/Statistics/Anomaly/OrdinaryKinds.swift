internal import Glibc

/// Count vectors with the number of cases of each, and how far a case is from what is common among them.
///
/// The distance of two vectors is `Σ_j w_j log₂(1 + |a_j − b_j|)`: the first difference in a column counts in full, the
/// hundredth hardly, because counts of repeated things have long tails. A vector's distance from what is common is the
/// radius of the smallest ball around it that holds a given mass of cases. So a rare kind is far from what is common however
/// often its like has been seen, unless it differs from a common kind in little that matters.
///
/// Source: the distance to a measure of Chazal, Cohen-Steiner, Mérigot 2011, *Foundations of Computational Mathematics*
/// 11(6), with the radius itself in place of its mean square.
public struct OrdinaryKinds: Sendable, Equatable {
    /// The vectors, those with the most cases first.
    public let vectors: [CountVector]
    /// The cases of each vector, none negative.
    public let masses: [Double]
    /// The weight of each column.
    public let weights: [Double]
    /// The weight of the columns beyond ``weights``.
    public let otherWeight: Double
    /// The mass that a ball has to hold.
    public let mass: Double
    /// Tells which vectors need not be compared.
    private let estimate: DistanceEstimate
    /// How far an estimate may be wrong, in parts of the distances that go into it: see ``DistanceEstimate``.
    private static let rounding = 1e-9

    /// What lies in the ball around a vector.
    public struct Ball: Sendable, Equatable {
        /// The radius.
        public var radius: Double
        /// The places of the vectors in it, the nearest first.
        public var members: [Int]
    }

    /// `log₂(1 + k)` for the small counts that nearly all are.
    private static let logarithms = (0..<256).map { log2(1 + Double($0)) }

    /// Takes kinds.
    ///
    /// - Parameters:
    ///   - vectors: The vectors, best those with the most cases first, which makes the search fast.
    ///   - masses: The cases of each vector, not negative.
    ///   - weights: The weight of each column, not negative.
    ///   - otherWeight: The weight of the columns beyond `weights`.
    ///   - share: The share of all cases that a ball has to hold; never less than one case.
    public init(
        _ vectors: [CountVector], masses: [Double], weights: [Double], otherWeight: Double, share: Double
    ) {
        self.init(
            vectors, masses: masses, weights: weights, otherWeight: otherWeight,
            mass: max(1, share * masses.reduce(0, +)))
    }

    /// Takes kinds and the mass that a ball has to hold.
    public init(_ vectors: [CountVector], masses: [Double], weights: [Double], otherWeight: Double, mass: Double) {
        self.vectors = vectors
        self.masses = masses
        self.weights = weights
        self.otherWeight = otherWeight
        self.mass = mass
        estimate = DistanceEstimate(vectors) { column, count in
            Self.weight(of: column, weights, otherWeight) * Self.logarithm(count, 0)
        }
    }

    /// What a difference in a column is worth.
    public func cost(_ column: Int32, _ left: Int32, _ right: Int32) -> Double {
        Self.weight(of: column, weights, otherWeight) * Self.logarithm(left, right)
    }

    /// The ball around a vector; its radius is the distance from the empty vector where there are no kinds.
    ///
    /// - Parameters:
    ///   - query: The vector.
    ///   - excluded: The place of a vector of which one case does not count.
    ///   - own: The weights that replace those of the columns of `query`, one for each of them.
    /// - Complexity: O(entries of all kinds) additions; only kinds that the estimate does not put outside are compared entry by
    ///   entry, and they alone decide.
    public func ball(around query: CountVector, excluding excluded: Int? = nil, own: [Double]? = nil) -> Ball {
        let own = own ?? query.columns.map { Self.weight(of: $0, weights, otherWeight) }
        let (empty, estimates) = estimate.distances(from: query) { own[$0] * Self.logarithm($1, $2) }
        var found: [(radius: Double, place: Int, mass: Double)] = []
        var held = 0.0
        var bound = Double.infinity
        for place in vectors.indices where estimates[place] <= bound + Self.rounding * (empty + bound) {
            let cases = masses[place] - (place == excluded ? 1 : 0)
            guard cases > 0 else { continue }
            let radius = distance(query, vectors[place], bound: bound, own: own)
            guard radius < bound else { continue }
            var spot = found.count
            while spot > 0, found[spot - 1].radius > radius { spot -= 1 }
            found.insert((radius, place, cases), at: spot)
            held += cases
            while let last = found.last, held - last.mass >= mass { held -= found.removeLast().mass }
            if held >= mass, let last = found.last { bound = last.radius }
        }
        guard let last = found.last else {
            let empty = CountVector(columns: [], counts: [])
            return Ball(radius: distance(query, empty, bound: .infinity, own: own), members: [])
        }
        return Ball(radius: last.radius, members: found.map(\.place))
    }

    @inline(__always)
    private static func weight(of column: Int32, _ weights: [Double], _ otherWeight: Double) -> Double {
        Int(column) < weights.count ? weights[Int(column)] : otherWeight
    }

    @inline(__always)
    private static func logarithm(_ left: Int32, _ right: Int32) -> Double {
        let difference = (Int(left) - Int(right)).magnitude
        return difference < 256 ? logarithms[Int(difference)] : log2(1 + Double(difference))
    }

    /// The distance, or infinity once it is certain to exceed `bound`; `own` has the weights of the columns of `a`.
    private func distance(_ a: CountVector, _ b: CountVector, bound: Double, own: [Double]) -> Double {
        var sum = 0.0
        var (i, j) = (0, 0)
        while i < a.columns.count || j < b.columns.count, sum <= bound {
            let left = i < a.columns.count ? a.columns[i] : Int32.max
            let right = j < b.columns.count ? b.columns[j] : Int32.max
            if left == right {
                sum += own[i] * Self.logarithm(a.counts[i], b.counts[j])
                (i, j) = (i + 1, j + 1)
            } else if left < right {
                sum += own[i] * Self.logarithm(a.counts[i], 0)
                i += 1
            } else {
                sum += cost(right, 0, b.counts[j])
                j += 1
            }
        }
        return sum <= bound ? sum : .infinity
    }
}
