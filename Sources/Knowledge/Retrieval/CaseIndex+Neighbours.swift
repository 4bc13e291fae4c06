internal import Features
internal import Statistics

extension CaseIndex {
    /// The neighbours of each case among all, by the mean of both scores, the nearest first.
    ///
    /// - Parameters:
    ///   - count: The most that each has.
    ///   - least: The least score.
    func neighbours(count: Int, least: Double) -> [[Neighbour]] {
        var result = [[Neighbour]](repeating: [], count: lists.count)
        let rarities = postings.indices.map { rarity(of: Int32(truncatingIfNeeded: $0)) }
        let parts = concurrently(vectors.partCount, by: 1) { part in
            vectors.nearest(inPart: part.lowerBound, count: Self.latentCandidates, least: 0).map { number, near in
                let scored = near.compactMap { other -> Neighbour? in
                    let score =
                        (score(of: Int(number), and: Int(other.number), other.product, rarities)
                            + score(of: Int(other.number), and: Int(number), other.product, rarities)) / 2
                    return score >= least ? Neighbour(number: other.number, product: Float(score)) : nil
                }
                return (number: number, neighbours: Array(scored.sorted().prefix(count)))
            }
        }
        for (number, near) in parts.joined() { result[Int(number)] = near }
        return result
    }

    /// The places of the cases in the first directions of the latent space.
    func places(dimensions: Int) -> UnitVectors {
        UnitVectors(
            (0..<lists.count).flatMap { vectors[$0] }, dimensions: vectors.dimensions, keeping: dimensions)
    }

    func score(
        of one: Int, and other: Int, _ latent: Float, _ rarities: [(smooth: Float, probabilistic: Float)]
    ) -> Double {
        let question = lists[one]
        let list = lists[other]
        var likeness = Likeness(latent: latent)
        var (left, right) = (0, 0)
        var most: Float = 0
        while left < question.terms.count {
            let term = question.terms[left]
            while right < list.terms.count, list.terms[right] < term { right += 1 }
            let rarity = rarities[Int(term)]
            most += rarity.probabilistic
            if right < list.terms.count, list.terms[right] == term {
                likeness.cosine +=
                    WordBag.weight(question.counts[left]) * WordBag.weight(list.counts[right])
                    * rarity.smooth * rarity.smooth
                likeness.containment += rarity.probabilistic * saturated(list.counts[right], list.length)
            }
            left += 1
        }
        likeness.cosine /= max(.leastNormalMagnitude, norms[one] * norms[other])
        likeness.containment /= max(.leastNormalMagnitude, most * (Self.saturation + 1))
        let asked = Question(list: question, vector: [], marks: marks[one])
        if !asked.marks.isEmpty { addMarks(asked, other, to: &likeness) }
        return likeness.score(terms: question.terms.count)
    }
}
