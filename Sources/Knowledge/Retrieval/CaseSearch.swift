/// What is like a question: the cases around it in the latent space, and those with the best lexical scores.
public struct CaseSearch: Sendable {
    /// The cases, in no order, each once and with a score above 0.
    let matches: [CaseMatch]
    /// The signatures and the environment of the question.
    let marks: AskedMarks
    /// The distinct terms of the question.
    let terms: Int
    /// The place of the question in the latent space.
    let place: [Float]

    /// How like the question the case is that resembles it most.
    var nearest: Double { matches.lazy.map(\.likeness.resemblance).max() ?? 0 }

    /// The best of some cases, the best first.
    ///
    /// - Parameters:
    ///   - count: The most that are given.
    ///   - isAllowed: Whether the case with a number may be given: whether it is early enough, and for whoever asks to see.
    public func best(_ count: Int, where isAllowed: (Int) -> Bool = { _ in true }) -> [CaseMatch] {
        var found: [CaseMatch] = []
        for match in matches {
            guard found.count < count || count > 0 && match < found[count - 1], isAllowed(match.number) else {
                continue
            }
            if found.count == count { found.removeLast() }
            var slot = found.count
            while slot > 0, match < found[slot - 1] { slot -= 1 }
            found.insert(match, at: slot)
        }
        return found
    }
}
