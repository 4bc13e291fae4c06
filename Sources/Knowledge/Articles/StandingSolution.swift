internal import Statistics

/// A solution that cases of one issue tell, with the cases that speak for it now.
///
/// A solution was given up at the place where the shares of the cases that tell it before and after are the furthest apart, if that is more than
/// chance by Fisher's exact test, corrected for the number of places (Bonferroni). What is told most since takes its place. A group may hold another
/// issue that goes on for longer, and its silence means nothing: the other cases are those that are more like the ones that told the solution than
/// half of these are like each other. Some cases of another issue are that, too: nothing is given up where those that tell what would take its place
/// are so alike more seldom than chance explains.
struct StandingSolution: Sendable, Equatable {
    /// The share of false alarms.
    private static let falseAlarmRate = 0.01
    /// The chance from which on what cases tell is of another issue.
    private static let otherIssueRate = 0.05
    /// The fewest cases before and after a change.
    private static let leastCases = 5
    /// The fewest cases that tell what has taken the place of something.
    private static let fewestTellers = 3
    /// What cosines of the same texts differ by, as they are added up in different orders.
    private static let rounding: Float = 1e-4

    /// The number of the solution.
    let solution: Int
    /// The numbers of the cases that tell it, ascending; since it was given up, where it was.
    var tellers: [Int]
    /// The number of cases that speak for it: these, and those that told what it has taken the place of.
    var support: Int

    /// The solutions of an issue, by their numbers.
    ///
    /// - Parameters:
    ///   - tellers: The numbers of the cases that tell each solution, ascending.
    ///   - places: The places of all cases in the latent space.
    static func all(_ tellers: [Int: [Int]], _ places: UnitVectors) -> [StandingSolution] {
        let successors = successors(tellers, places)
        var standing = tellers
        var support = tellers.mapValues(\.count)
        for (solution, own) in tellers {
            guard let successor = successors[solution], let heir = heir(of: solution, successors) else { continue }
            standing[solution] = own.filter { $0 >= successor.start }
            let given = own.count { $0 < successor.start }
            support[solution, default: 0] -= given
            support[heir, default: 0] += given
        }
        return standing.sorted { $0.key < $1.key }.map {
            StandingSolution(solution: $0.key, tellers: $0.value, support: support[$0.key] ?? 0)
        }
    }

    /// What has taken the place of each solution of an issue that was given up, in the end.
    static func heirs(_ tellers: [Int: [Int]], _ places: UnitVectors) -> [Int: Int] {
        let successors = successors(tellers, places)
        return successors.reduce(into: [:]) { heirs, one in heirs[one.key] = heir(of: one.key, successors) }
    }

    private static func successors(
        _ tellers: [Int: [Int]], _ places: UnitVectors
    ) -> [Int: (solution: Int, start: Int)] {
        let order = tellers.flatMap { solution, cases in cases.map { (number: $0, solution: solution) } }
            .sorted { $0.number < $1.number }
        var successors: [Int: (solution: Int, start: Int)] = [:]
        for (solution, own) in tellers where own.count >= leastCases {
            successors[solution] = successor(of: solution, own, order, places)
        }
        return successors
    }

    /// What has taken the place of a solution in the end; nil where that leads back to what was met.
    private static func heir(of solution: Int, _ successors: [Int: (solution: Int, start: Int)]) -> Int? {
        var met: Set<Int> = []
        var place = solution
        while let next = successors[place]?.solution {
            guard met.insert(place).inserted else { return nil }
            place = next
        }
        return place
    }

    private static func successor(
        of solution: Int, _ own: [Int], _ order: [(number: Int, solution: Int)], _ places: UnitVectors
    ) -> (solution: Int, start: Int)? {
        var sum = [Float](repeating: 0, count: places.dimensions)
        for number in own {
            for (place, value) in places[number].enumerated() { sum[place] += value }
        }
        let inner = own.map { number in
            (places.cosine(sum, number) - places.cosine(of: number, and: number)) / Float(own.count - 1)
        }.sorted()
        let least = inner[inner.count / 2] - rounding
        let about = order.filter {
            $0.solution == solution || places.cosine(sum, $0.number) / Float(own.count) >= least
        }
        guard let start = end(about.map { $0.solution == solution }) else { return nil }
        var later: [Int: (count: Int, last: Int)] = [:]
        for one in about[start...] where one.solution != solution {
            later[one.solution] = ((later[one.solution]?.count ?? 0) + 1, one.number)
        }
        guard let most = later.max(by: { ($0.value.count, $0.value.last) < ($1.value.count, $1.value.last) }),
            most.value.count >= fewestTellers
        else { return nil }
        let heirs = order.filter { $0.solution == most.key && $0.number >= about[start].number }
        let alike = (own: inner.count { $0 >= least }, heirs: later[most.key]?.count ?? 0)
        let others = (own: own.count - alike.own, heirs: heirs.count - alike.heirs)
        guard let test = FisherExactTest((alike.own, others.own), (alike.heirs, others.heirs)),
            test.pValueGreater >= otherIssueRate
        else { return nil }
        return (most.key, about[start].number)
    }

    /// The place from which on something is told more seldom than before; nil where chance explains it.
    static func end(_ isTold: [Bool]) -> Int? {
        let all = isTold.count(where: \.self)
        var told = 0
        var best = (place: 0, told: 0, distance: 0.0)
        for (place, isOne) in isTold.enumerated() {
            let left = isTold.count - place
            if place >= leastCases, left >= leastCases {
                let fall = Double(told) / Double(place) - Double(all - told) / Double(left)
                let distance = fall > 0 ? Double(place) * Double(left) * fall * fall : 0
                if distance > best.distance { best = (place, told, distance) }
            }
            if isOne { told += 1 }
        }
        let later = all - best.told
        let others = (best.place - best.told, isTold.count - best.place - later)
        guard best.place > 0, let test = FisherExactTest((best.told, later), others),
            test.pValueGreater * Double(isTold.count - 1) < falseAlarmRate
        else { return nil }
        return best.place
    }
}
