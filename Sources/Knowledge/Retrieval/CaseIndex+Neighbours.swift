internal import Features
internal import Statistics

extension CaseIndex {
    /// The neighbours of each case among all, by the mean of both scores, the nearest first.
    ///
    /// Cases of the same words are looked for once: an alert may have come a thousand times, and would have no other neighbours than itself.
    ///
    /// - Parameters:
    ///   - count: The most that each has.
    ///   - least: The least score.
    func neighbours(count: Int, least: Double) -> [[Neighbour]] {
        let firsts = vectors.firsts()
        let numbers = firsts.indices.filter { Int(firsts[$0]) == $0 }
        let vectors = numbers.count == firsts.count ? vectors : vectors.among(numbers)
        let compared = ComparedCases(self)
        let parts = concurrently(vectors.partCount, by: 1) { part in
            var scale = ComparedCases.Scale(compared)
            return vectors.nearest(inPart: part.lowerBound, count: Self.latentCandidates, least: 0).map {
                place, near in
                scale.put(numbers[Int(place)], of: compared)
                let scored = near.compactMap { other -> Neighbour? in
                    let number = firsts[numbers[Int(other.number)]]
                    let score = scale.score(Int(number), latent: other.product, of: compared)
                    return score >= least ? Neighbour(number: number, product: Float(score)) : nil
                }
                return (number: numbers[Int(place)], neighbours: Array(scored.sorted().prefix(count)))
            }
        }
        var result = [[Neighbour]](repeating: [], count: lists.count)
        for (number, near) in parts.joined() { result[number] = near }
        for (number, first) in firsts.enumerated() where Int(first) != number {
            result[number] = Array(([Neighbour(number: first, product: 1)] + result[Int(first)]).prefix(count))
        }
        return result
    }

    /// The cases of the same words as an earlier one, each with the first of these.
    func copies() -> [AverageLinkage.Pair] {
        vectors.firsts().enumerated().compactMap { number, first in
            Int(first) == number ? nil : AverageLinkage.Pair(Int(first), number)
        }
    }

    /// The places of the cases in the first directions of the latent space.
    func places(dimensions: Int) -> UnitVectors { vectors.cut(to: dimensions) }
}
