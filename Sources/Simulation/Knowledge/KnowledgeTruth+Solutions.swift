public import Records

extension KnowledgeTruth {
    /// Whether one of some sentences that is long enough to tell anything stands in one of the ways in which a solution, by its id, is written down.
    public var says: @Sendable ([RedactedText], String) -> Bool {
        let texts = Dictionary(solutions.map { ($0.id, $0.texts) }, uniquingKeysWith: { first, _ in first })
        return { sentences, solution in
            let known = texts[solution] ?? []
            return sentences.contains { sentence in
                let words = sentence.string
                return words.utf8.count >= 15 && known.contains { $0.contains(words) || words.contains($0) }
            }
        }
    }

    /// Whether sentences tell what solves a problem, by its id, before or after it changed.
    public func solves(_ sentences: [RedactedText], problem id: String) -> Bool {
        guard let problem = problems.first(where: { $0.id == id }) else { return false }
        return says(sentences, problem.solution) || problem.laterSolution.map { says(sentences, $0) } ?? false
    }
}
