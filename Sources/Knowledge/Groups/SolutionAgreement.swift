internal import Features
internal import Statistics

/// What the solutions of cases tell of the issues that these are about.
///
/// How much a solution tells is learnt: it is the share of the similar cases of those that tell it which tell it too, of all that tell any, corrected for chance as Cohen's
/// kappa is (1960): `(share - s) / (1 - s)` for a solution that the share `s` of all cases tell. That of a remedy for anything, such as a restart, is near 0, as its cases are
/// like others as often; nor does one that a single case tells tell anything.
///
/// A solution may resolve two issues, as an upgrade does: cases that tell it are one only where their words, or those of cases between them that tell it too, are alike.
struct SolutionAgreement: Sendable {
    /// The part of the way to complete likeness, or to none, that one solution or two take cases if they tell all; as much as signatures do, see ``Likeness``.
    private static let share: Float = 0.5
    /// The directions of the latent space that stand for solutions.
    private static let directions = 32

    /// The solution of each case, from 0; nil where none is known.
    private let ofCase: [Int?]
    /// How much each solution tells, 0 to 1.
    let weights: [Double]
    /// Cases of one solution that lead to each other over neighbours, by a number from 0; nil for a case whose solution tells nothing.
    private let circles: [Int?]

    /// Learns how much solutions tell.
    ///
    /// - Parameters:
    ///   - ofCase: The solution of each case, from 0; nil where none is known.
    ///   - neighbours: The cases that are like each, by how much they are.
    /// - Returns: nil where they tell nothing.
    init?(_ ofCase: [Int?], neighbours: [[Neighbour]]) {
        self.ofCase = ofCase
        let count = ofCase.reduce(0) { max($0, ($1 ?? -1) + 1) }
        var tellers = [Double](repeating: 0, count: count)
        var (same, all) = (tellers, tellers)
        for (own, near) in zip(ofCase, neighbours) {
            guard let own else { continue }
            tellers[own] += 1
            for neighbour in near {
                guard let other = ofCase[Int(neighbour.number)] else { continue }
                all[own] += Double(neighbour.product)
                if other == own { same[own] += Double(neighbour.product) }
            }
        }
        let sum = tellers.reduce(0, +)
        let weights: [Double] = (0..<count).map { solution in
            guard all[solution] > 0, tellers[solution] < sum else { return 0 }
            let byChance = tellers[solution] / sum
            return max(0, (same[solution] / all[solution] - byChance) / (1 - byChance))
        }
        guard weights.contains(where: { $0 > 0 }) else { return nil }
        self.weights = weights
        var sets = DisjointSets(count: ofCase.count)
        for (number, near) in neighbours.enumerated() where ofCase[number] != nil {
            for neighbour in near where ofCase[Int(neighbour.number)] == ofCase[number] {
                sets.join(number, Int(neighbour.number))
            }
        }
        var numbers: [Int: Int] = [:]
        circles = zip(ofCase, sets.labels).map { own, set in
            guard let own, weights[own] > 0 else { return nil }
            let number = numbers[set] ?? numbers.count
            numbers[set] = number
            return number
        }
    }

    /// Likenesses with what the solutions tell: raised by a common one as by an independent reason, lowered by two different ones.
    func judged(_ candidates: [[Neighbour]]) -> [[Neighbour]] {
        concurrently(each: candidates.count, by: 512) { number in
            candidates[number].map { neighbour in
                var judged = neighbour
                judged.product = likeness(neighbour.product, of: number, and: Int(neighbour.number))
                return judged
            }.sorted()
        }
    }

    private func likeness(_ likeness: Float, of one: Int, and other: Int) -> Float {
        guard let own = ofCase[one], let its = ofCase[other] else { return likeness }
        if own == its { return 1 - (1 - likeness) * (1 - Self.share * Float(weights[own])) }
        return likeness * (1 - Self.share * Float((weights[own] * weights[its]).squareRoot()))
    }

    /// Places in the latent space, drawn together by neighbours as what the solutions tell has it.
    func drawn(_ places: UnitVectors, by neighbours: [[Neighbour]], steps: Int) -> UnitVectors {
        var ofCircle = [Double](repeating: 0, count: circles.reduce(0) { max($0, ($1 ?? -1) + 1) })
        for (circle, own) in zip(circles, ofCase) {
            if let circle, let own { ofCircle[circle] = weights[own] }
        }
        return places.beside(ofCase, weights: weights, directions: Self.directions)
            .drawnTogether(by: neighbours, steps: steps)
            .drawn(toMeansOf: circles, weights: ofCircle)
    }
}
