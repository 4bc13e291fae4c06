internal import Records
internal import Statistics

/// Groups of cases that one article is about, as what resolved them is the same and what they are about is too.
///
/// Groups follow the words of the customers, who call one issue by many names. Where two groups tell one solution in half of their cases that tell one, they are one issue if their telling terms overlap, or if most of the
/// cases of both have one category, that solution is hardly told in others, and most of the desk has others. A remedy that agents tell about anything, such as a restart, joins
/// none, as neither holds.
struct JointGroups: Sendable {
    /// The cosine of the weights of their telling terms from which two groups are about the same.
    private static let leastCosine = 0.2
    /// The terms that are compared.
    private static let terms = 20
    /// The fewest cases that tell the solution of a group.
    private static let fewestTellers = 2

    /// The share of the cases of a group that tell a solution from which it is one of the group's.
    private static let leastShare = 0.5

    /// The share of the cases with a solution that have one category, from which it belongs to that.
    private static let specificShare = 0.75

    /// The groups that are one, each the largest first; those alone stand by themselves.
    private let sets: [[Int]]

    /// Joins groups.
    ///
    /// - Parameters:
    ///   - groups: The cases of each.
    ///   - solution: The solution that a case told.
    ///   - category: The category of a case, or nothing.
    ///   - weights: The weights of the terms of some cases.
    init(
        _ groups: [[Int]], solution: (Int) -> Int?, category: (Int) -> String, weights: ([Int]) -> GroupTerms
    ) {
        let categories = groups.map { Self.common($0.map(category).filter { !$0.isEmpty }, share: 0.5).first }
        let all = groups.joined().map(category).filter { !$0.isEmpty }
        // What most of the desk has in common tells no issues apart.
        let most = Self.common(all, share: 0.5, atLeast: all.count / 2 + 1).first
        var tellers: [Int: [Int]] = [:]
        var ofSolution: [Int: [String]] = [:]
        for (group, cases) in groups.enumerated() {
            let told = cases.compactMap { one in solution(one).map { (one: one, solution: $0) } }
            for (one, solution) in told where !category(one).isEmpty {
                ofSolution[solution, default: []].append(category(one))
            }
            let common = Self.common(told.map(\.solution), share: Self.leastShare, atLeast: Self.fewestTellers)
            for solution in common { tellers[solution, default: []].append(group) }
        }
        var terms: [Int: [Int32: Double]] = [:]
        var joined = DisjointSets(count: groups.count)
        for (solution, tellers) in tellers where tellers.count > 1 {
            let own = Self.common(ofSolution[solution] ?? [], share: Self.specificShare).first
            let isOfOne = tellers.map { own != nil && own != most && categories[$0] == own }
            for group in tellers where terms[group] == nil {
                terms[group] = weights(groups[group]).largest(Self.terms)
            }
            for (place, one) in tellers.enumerated() {
                for (before, other) in tellers[..<place].enumerated() {
                    let isSame = isOfOne[place] && isOfOne[before]
                    if isSame || Self.cosine(terms[one] ?? [:], terms[other] ?? [:]) >= Self.leastCosine {
                        joined.join(one, other)
                    }
                }
            }
        }
        let labels = joined.labels
        sets = Dictionary(grouping: groups.indices) { labels[$0] }.values.map { set in
            set.sorted { (-groups[$0].count, $0) < (-groups[$1].count, $1) }
        }
    }

    /// For each group the one whose article is about it too.
    ///
    /// - Parameters:
    ///   - owning: Groups that have articles of their own; these stay theirs.
    ///   - apart: Groups that are to have none.
    func leaders(owning: Set<Int>, apart: Set<Int> = []) -> [Int] {
        var leaders = [Int](repeating: 0, count: sets.reduce(0) { $0 + $1.count })
        for set in sets {
            // What a person has put away is not to come back under another name of the issue.
            let leader = set.first(where: owning.contains) ?? set.first(where: apart.contains) ?? set[0]
            for group in set {
                leaders[group] = apart.contains(group) || owning.contains(group) ? group : leader
            }
        }
        return leaders
    }

    /// What makes up such a share of a list, the most frequent first.
    private static func common<Item: Hashable & Comparable>(
        _ items: [Item], share: Double, atLeast least: Int = 1
    ) -> [Item] {
        var counts: [Item: Int] = [:]
        for item in items { counts[item, default: 0] += 1 }
        return counts.filter { $0.value >= least && Double($0.value) >= share * Double(items.count) }
            .sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }.map(\.key)
    }

    private static func cosine(_ first: [Int32: Double], _ second: [Int32: Double]) -> Double {
        func square(_ weights: [Int32: Double]) -> Double { weights.values.sorted().reduce(0) { $0 + $1 * $1 } }
        let shared = first.keys.filter { second[$0] != nil }.sorted().reduce(0) {
            $0 + (first[$1] ?? 0) * (second[$1] ?? 0)
        }
        return shared / max(.leastNormalMagnitude, (square(first) * square(second)).squareRoot())
    }
}

extension GroupTerms {
    /// The largest weights.
    fileprivate func largest(_ count: Int) -> [Int32: Double] {
        let terms = leading(count) { _ in true }
        return Dictionary(uniqueKeysWithValues: terms.map { ($0, weights[$0] ?? 0) })
    }
}

extension ArticleWriter {
    /// Which of some groups of cases one article is to be about.
    func joint(_ groups: [[Int]]) -> JointGroups {
        JointGroups(
            groups, solution: { solutions.ofCase[$0] }, category: { cases[$0].ticket.category },
            weights: { GroupTerms($0.map(index.terms), holders: index.holders, count: index.count) })
    }
}
