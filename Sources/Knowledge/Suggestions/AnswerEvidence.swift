internal import Glibc
internal import Models
internal import Statistics

/// What speaks for the best answer found for a question.
///
/// The cases found vote for their answers with `exp(12 · (likeness - largest likeness))`; the likeness is the mean of both cosines, as what a question
/// and a case do not share says more of whether there is an answer at all than it does of which one it is.
struct AnswerEvidence: Sendable {
    /// The cases that vote.
    static let voters = 20
    private static let sharpness = 12.0
    /// The number of values.
    static let count = IssueGroupModel.evidenceCount

    /// The answer with the most votes.
    let answer: Int
    /// Its share of the votes.
    let share: Double
    /// The evidence, as ``AnswerModel`` takes it.
    let values: [Double]
    /// The largest likeness of a case that votes.
    var nearest: Double { values[0] }
    /// The answers by their votes, each with the most alike case that votes for it.
    let ranking: [(answer: Int, share: Double, nearest: Int)]

    /// Counts votes.
    ///
    /// - Parameters:
    ///   - matches: The cases found, the best first.
    ///   - answerOfCase: The answer of a case, or nil for one that has none and does not vote.
    ///   - reading: What the words of the question say of some answers.
    ///   - distance: How far the question is from what is asked of an answer, see ``ClassMeans``.
    /// - Returns: nil where no case votes.
    init?(
        _ matches: [CaseMatch], answerOfCase: (Int) -> Int?, reading: ([Int]) -> PhraseOdds.Reading,
        distance: (Int) -> Double
    ) {
        var voters = matches.compactMap { match in
            answerOfCase(match.number).map { (likeness: match.likeness.resemblance, answer: $0, match: match) }
        }
        voters.sort { ($1.likeness, $1.match.number) < ($0.likeness, $0.match.number) }
        voters = Array(voters.prefix(Self.voters))
        guard let best = voters.first?.likeness else { return nil }
        var votes: [Int: Double] = [:]
        for voter in voters { votes[voter.answer, default: 0] += exp(Self.sharpness * (voter.likeness - best)) }
        let all = votes.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value }
        let mostAlike = Dictionary(
            voters.map { ($0.answer, $0.match.number) }, uniquingKeysWith: { first, _ in first })
        ranking = votes.map { ($0.key, $0.value / all, mostAlike[$0.key] ?? 0) }
            .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
        answer = ranking[0].answer
        share = ranking[0].share
        let second = ranking.count > 1 ? ranking[1].share : 0
        let own = voters.filter { [answer] in $0.answer == answer }.map(\.likeness)
        func mean(_ values: some Collection<Double>) -> Double { values.mean ?? 0 }
        let entropy = -ranking.reduce(0) { $0 + ($1.share > 0 ? $1.share * log($1.share) : 0) }
        let reading = reading(ranking.map(\.answer))
        let sorted = reading.odds.sorted(by: >)
        values = [
            best, mean(voters.prefix(5).map(\.likeness)), mean(voters.map(\.likeness)), share, share - second, entropy,
            own[0], mean(own), Double(own.count), matches.first?.score ?? 0,
            matches.first.map { Double($0.likeness.containment) } ?? 0, sorted[0],
            reading.odds[0], sorted[0] - (sorted.count > 1 ? sorted[1] : 0), reading.coverage, distance(answer),
        ]
    }
}
