/// The numbers below a count in sets that are joined two by two.
///
/// Source: R. E. Tarjan, "Efficiency of a good but not linear set union algorithm", J. ACM 22 (1975), doi:10.1145/321879.321884; with path
/// halving. A set is known by its least number.
public struct DisjointSets: Sendable {
    private var parents: [Int]

    /// Creates sets of one number each.
    ///
    /// - Parameter count: How many numbers there are, 0 or more.
    public init(count: Int) {
        parents = Array(0..<count)
    }

    /// The least number of the set of a number.
    ///
    /// - Parameter number: From 0, below the count.
    /// - Complexity: O(log count) on average over many calls, however the sets were joined.
    public mutating func root(of number: Int) -> Int {
        var number = number
        while parents[number] != number {
            parents[number] = parents[parents[number]]
            number = parents[number]
        }
        return number
    }

    /// Joins the sets of two numbers.
    ///
    /// - Returns: The least number of both.
    @discardableResult
    public mutating func join(_ left: Int, _ right: Int) -> Int {
        let (left, right) = (root(of: left), root(of: right))
        parents[max(left, right)] = min(left, right)
        return min(left, right)
    }

    /// Whether a number is the least of its set.
    public func isRoot(_ number: Int) -> Bool { parents[number] == number }

    /// The set of each number; sets are numbered from 0 by their least numbers.
    public var labels: [Int] {
        var labels: [Int] = []
        labels.reserveCapacity(parents.count)
        var next = 0
        // What a number leads to is less than it, and so has its label.
        for (number, parent) in parents.enumerated() {
            labels.append(parent == number ? next : labels[parent])
            if parent == number { next += 1 }
        }
        return labels
    }

    /// The sets, each and all in rising order.
    public var groups: [[Int]] {
        let labels = labels
        var groups = [[Int]](repeating: [], count: labels.max().map { $0 + 1 } ?? 0)
        for (number, label) in labels.enumerated() { groups[label].append(number) }
        return groups
    }
}
