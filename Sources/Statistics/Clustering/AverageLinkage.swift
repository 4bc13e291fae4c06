internal import LinearAlgebra

/// Groups of vectors by average linkage: two groups become one while the mean cosine between their members is large enough.
///
/// Of unit vectors the mean cosine between two groups is the product of their sums over the product of their sizes, so that a group is known by its sum. In
/// every round each group finds its nearest among those that it has a neighbour in, and pairs that are each other's nearest join; as the linkage is
/// reducible, this is what joining the nearest pair of all again and again gives (Bruynooghe 1977; Murtagh and Contreras 2012). The order of the
/// vectors decides between equals and nothing else.
public struct AverageLinkage: Sendable {
    /// Two vectors by their numbers.
    public struct Pair: Sendable, Hashable {
        /// One of them.
        public var first: Int
        /// The other.
        public var second: Int

        /// Creates a pair.
        public init(_ first: Int, _ second: Int) {
            self.first = first
            self.second = second
        }
    }

    private let least: Double

    /// Creates an estimator.
    ///
    /// - Parameter least: The least mean cosine at which two groups become one, -1 to 1.
    public init(least: Double) {
        precondition(-1...1 ~= least, "a cosine is from -1 to 1")
        self.least = least
    }

    /// Groups vectors.
    ///
    /// - Parameters:
    ///   - vectors: Vectors of unit length; one of zeros stays alone.
    ///   - neighbours: The neighbours of each; only groups with neighbours in each other are compared.
    ///   - copies: Pairs of which the second vector is one more of the first, each named once: they are one group unless one of them is in a pair of `apart`.
    ///   - together: Pairs that are in one group whatever their cosine is. What they hold together is held together even where `apart` says otherwise.
    ///   - apart: Pairs that are never in one group.
    /// - Returns: The group of each vector, numbered from 0 by their first members.
    /// - Complexity: O(neighbours · columns) a round, of which there are some tens.
    public func groups(
        _ vectors: UnitVectors, neighbours: [[Neighbour]], copies: [Pair] = [], together: [Pair] = [],
        apart: [Pair] = []
    ) -> [Int] {
        precondition(neighbours.count == vectors.count, "each vector has its neighbours")
        var state = Joining(vectors.rows, neighbours, copies, together, apart)
        while state.joinReciprocal(least: least) {}
        return state.labels
    }
}

/// Groups on their way.
private struct Joining {
    private var sets: DisjointSets
    private var sums: FloatRows
    private var sizes: [Double]
    /// The groups that a group has neighbours in, by any of their members: some more than once, and some by what is no longer a root.
    private var near: [[Int32]]
    /// The last list in which a group was met, so that it is taken once.
    private var lists: [Int]
    private var listCount = 0
    private var apart: [Set<Int>]
    private var alive: [Int]
    /// The nearest group of each, found when something near it had changed.
    private var nearest: [(group: Int, cosine: Double)?]
    private var isStale: [Bool]

    init(
        _ vectors: FloatRows, _ neighbours: [[Neighbour]], _ copies: [AverageLinkage.Pair],
        _ together: [AverageLinkage.Pair], _ apart: [AverageLinkage.Pair]
    ) {
        let count = vectors.count
        sets = DisjointSets(count: count)
        sums = vectors
        sizes = Array(repeating: 1, count: count)
        near = Array(repeating: [], count: count)
        lists = Array(repeating: 0, count: count)
        self.apart = Array(repeating: [], count: count)
        nearest = Array(repeating: nil, count: count)
        isStale = Array(repeating: true, count: count)
        alive = []
        // A vector of zeros has no cosine with any other.
        let isZero = (0..<count).map { vectors[$0].allSatisfy { $0 == 0 } }
        for pair in apart {
            self.apart[pair.first].insert(pair.second)
            self.apart[pair.second].insert(pair.first)
        }
        // All at once: one after the other they would be joined with one of very many neighbours.
        for pair in copies where self.apart[pair.first].isEmpty && self.apart[pair.second].isEmpty {
            let (one, other) = (sets.root(of: pair.first), sets.root(of: pair.second))
            guard one != other else { continue }
            let (kept, gone) = (min(one, other), max(one, other))
            sets.join(kept, gone)
            sums.replace(kept, by: zip(sums[kept], sums[gone]).map { $0 + $1 })
            sizes[kept] += sizes[gone]
        }
        for (number, list) in neighbours.enumerated() where !isZero[number] {
            let own = sets.root(of: number)
            for neighbour in list where !isZero[Int(neighbour.number)] {
                let other = sets.root(of: Int(neighbour.number))
                guard other != own else { continue }
                near[own].append(Int32(truncatingIfNeeded: other))
                near[other].append(Int32(truncatingIfNeeded: own))
            }
        }
        for pair in together { join(sets.root(of: pair.first), sets.root(of: pair.second)) }
        alive = (0..<count).filter { sets.isRoot($0) }
    }

    private mutating func join(_ one: Int, _ other: Int) {
        guard one != other else { return }
        let (kept, gone) = (min(one, other), max(one, other))
        sets.join(kept, gone)
        sums.replace(kept, by: zip(sums[kept], sums[gone]).map { $0 + $1 })
        sizes[kept] += sizes[gone]
        near[kept] += near[gone]
        near[gone] = []
        settleNear(kept)
        for group in apart[gone] {
            apart[group].remove(gone)
            apart[group].insert(kept)
        }
        apart[kept].formUnion(apart[gone])
        apart[gone] = []
        isStale[kept] = true
        // The union tells those to which it is nearer than what they have.
        for group in near[kept].lazy.map({ Int($0) })
        where nearest[group].map({ $0.group == kept || $0.group == gone }) ?? false {
            isStale[group] = true
        }
    }

    /// Names each group near another by its root, once.
    private mutating func settleNear(_ group: Int) {
        listCount += 1
        // It is not near itself.
        lists[group] = listCount
        var settled = near[group]
        near[group] = []
        var count = 0
        for place in settled.indices {
            let other = sets.root(of: Int(settled[place]))
            guard lists[other] != listCount else { continue }
            lists[other] = listCount
            settled[count] = Int32(truncatingIfNeeded: other)
            count += 1
        }
        settled.removeSubrange(count...)
        near[group] = settled
    }

    /// Joins the pairs that are each other's nearest; whether there were any.
    mutating func joinReciprocal(least: Double) -> Bool {
        for group in alive where isStale[group] {
            isStale[group] = false
            findNearest(of: group, least)
        }
        let pairs = alive.compactMap { group -> (Int, Int)? in
            guard let other = nearest[group]?.group, other > group, nearest[other]?.group == group else { return nil }
            return (group, other)
        }
        for (one, other) in pairs { join(one, other) }
        alive.removeAll { !sets.isRoot($0) }
        return !pairs.isEmpty
    }

    /// Looks for the nearest of a group, and tells those to which it is nearer than what they have.
    private mutating func findNearest(of group: Int, _ least: Double) {
        var best: (group: Int, cosine: Double)?
        settleNear(group)
        for other in near[group].lazy.map({ Int($0) }) where apart[group].isEmpty || !apart[group].contains(other) {
            let cosine = Double(sums.product(of: group, and: other)) / (sizes[group] * sizes[other])
            guard cosine >= least else { continue }
            if best.map({ ($0.cosine, -$0.group) < (cosine, -other) }) ?? true { best = (other, cosine) }
            if nearest[other].map({ ($0.cosine, -$0.group) < (cosine, -group) }) ?? true {
                nearest[other] = (group, cosine)
            }
        }
        nearest[group] = best
    }

    var labels: [Int] { sets.labels }
}
