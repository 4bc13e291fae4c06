/// What helps against a problem, or what agents wrongly think does, in the words that agents have for it.
struct SolutionTexts: Sendable {
    var texts: [String]

    /// Draws up to `count` different texts of some steps.
    init(steps: [[Pattern]], words: Words, count: Int, _ draw: inout Draw) {
        var texts: [String] = []
        for _ in 0..<count {
            // Agents leave out what they take for granted, but never the first step.
            let said = steps.enumerated().filter { $0.offset == 0 || draw.chance(0.75) }.map(\.element)
            let text = said.map { Prose.sentence(draw.one(of: $0).filled(words, &draw)) }.joined(separator: " ")
            if !texts.contains(text) { texts.append(text) }
        }
        self.texts = texts
    }

    /// The steps of a solution: one that hardly another problem has, and up to three more.
    static func steps(for mode: FailureMode, _ draw: inout Draw) -> [[Pattern]] {
        [draw.one(of: mode.remedies).forms] + draw.some(draw.number(0...3), of: SolutionSteps.supporting)
    }
}
