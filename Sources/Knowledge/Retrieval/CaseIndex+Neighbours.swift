internal import Features
internal import Statistics

extension CaseIndex {
    /// The neighbours of each case among all, by the mean of both scores, the nearest first.
    ///
    /// - Parameters:
    ///   - count: The most that each has.
    ///   - least: The least score.
    func neighbours(count: Int, least: Double) -> [[Neighbour]] {
        let compared = ComparedCases(self)
        let parts = concurrently(vectors.partCount, by: 1) { part in
            var scale = ComparedCases.Scale(compared)
            return vectors.nearest(inPart: part.lowerBound, count: Self.latentCandidates, least: 0).map {
                number, near in
                scale.put(Int(number), of: compared)
                let scored = near.compactMap { other -> Neighbour? in
                    let score = scale.score(Int(other.number), latent: other.product, of: compared)
                    return score >= least ? Neighbour(number: other.number, product: Float(score)) : nil
                }
                return (number: number, neighbours: Array(scored.sorted().prefix(count)))
            }
        }
        var result = [[Neighbour]](repeating: [], count: lists.count)
        for (number, near) in parts.joined() { result[Int(number)] = near }
        return result
    }

    /// The places of the cases in the first directions of the latent space.
    func places(dimensions: Int) -> UnitVectors { vectors.cut(to: dimensions) }
}
