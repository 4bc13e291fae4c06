/// The numbers below a count in sets that are joined two by two.
///
/// Source: R. E. Tarjan, "Efficiency of a good but not linear set union algorithm", J. ACM 22 (1975), doi:10.1145/321879.321884; with path
/// halving.
struct DisjointSets {
    private var parents: [Int]

    init(count: Int) {
        parents = Array(0..<count)
    }

    /// The least number of the set of a number.
    mutating func root(of number: Int) -> Int {
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
    mutating func join(_ left: Int, _ right: Int) -> Int {
        let (left, right) = (root(of: left), root(of: right))
        parents[max(left, right)] = min(left, right)
        return min(left, right)
    }

    /// The sets, each and all in rising order.
    var groups: [[Int]] {
        var sets = self
        var groups: [Int: [Int]] = [:]
        for number in parents.indices { groups[sets.root(of: number), default: []].append(number) }
        return groups.keys.sorted().compactMap { groups[$0] }
    }
}
