internal import Glibc

/// What speaks for the best answer found for a question.
///
/// The cases found vote for their answers with `exp(12 · (likeness - largest likeness))`.
struct AnswerEvidence: Sendable {
    /// The cases that vote.
    static let voters = 20
    private static let sharpness = 12.0
    /// The number of values.
    static let count = 9

    /// The answer with the most votes.
    let answer: Int
    /// Its share of the votes.
    let share: Double
    /// The evidence, as ``AnswerModel`` takes it.
    let values: [Double]
    /// The answers by their votes.
    let ranking: [(answer: Int, share: Double)]

    /// Counts votes.
    ///
    /// - Parameters:
    ///   - matches: The cases found, the best first.
    ///   - answerOfCase: The answer of a case, or nil for one that has none and does not vote.
    /// - Returns: nil where no case votes.
    init?(_ matches: [CaseMatch], answerOfCase: (Int) -> Int?) {
        var voters: [(match: CaseMatch, answer: Int)] = []
        for match in matches where voters.count < Self.voters {
            if let answer = answerOfCase(match.number) { voters.append((match, answer)) }
        }
        guard let best = voters.first?.match else { return nil }
        var votes: [Int: Double] = [:]
        for voter in voters {
            votes[voter.answer, default: 0] += exp(Self.sharpness * (voter.match.score - best.score))
        }
        let all = votes.values.reduce(0, +)
        ranking = votes.map { ($0.key, $0.value / all) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
        answer = ranking[0].answer
        share = ranking[0].share
        let second = ranking.count > 1 ? ranking[1].share : 0
        let own = voters.filter { [answer] in $0.answer == answer }.map(\.match)
        func mean(_ matches: some Collection<CaseMatch>) -> Double {
            matches.reduce(0) { $0 + $1.score } / Double(max(1, matches.count))
        }
        let entropy = -ranking.reduce(0) { $0 + ($1.share > 0 ? $1.share * log($1.share) : 0) }
        values = [
            best.score, mean(voters.prefix(5).map(\.match)), mean(voters.map(\.match)), share, share - second, entropy,
            own[0].score, mean(own), Double(best.likeness.containment),
        ]
    }
}
