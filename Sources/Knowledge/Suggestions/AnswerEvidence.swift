internal import Glibc
internal import Models
internal import Statistics

/// What speaks for the best answer found for a question.
///
/// The cases found vote for their answers with `exp(12 · (likeness - largest likeness))`; the likeness is the mean of both cosines, as what a question
/// and a case do not share says more of whether there is an answer at all than it does of which one it is. Which one it is, all that was asked of an
/// answer tells too: its votes are multiplied by `exp(o - d² / (2 √p))`, with its odds o by phrases and the distance d of the question from what is asked
/// of it, in p dimensions. Both are logarithms of a likelihood by the root of the number of their summands, which repeat each other.
struct AnswerEvidence: Sendable {
    /// The cases that vote.
    static let voters = 20
    private static let sharpness = 12.0
    /// What is added to shares before they are divided by each other.
    private static let leastShare = 1e-6
    /// The number of values.
    static let count = IssueGroupModel.evidenceCount

    /// The answer with the largest share.
    let answer: Int
    /// Its share of the votes so multiplied.
    let share: Double
    /// The evidence, as ``AnswerModel`` takes it.
    let values: [Double]
    /// The largest likeness of a case that votes.
    var nearest: Double { values[0] }
    /// The answers by their shares, each with the most alike case that votes for it.
    let ranking: [(answer: Int, share: Double, nearest: Int)]

    /// Counts votes.
    ///
    /// - Parameters:
    ///   - matches: The cases found, the best first.
    ///   - answerOfCase: The answer of a case, or nil for one that has none and does not vote.
    ///   - reading: What the words of the question say of some answers.
    ///   - squares: How far the question is from what is asked of some answers, squared, see ``ClassMeans``.
    ///   - dimensions: The dimensions of these distances.
    /// - Returns: nil where no case votes.
    init?(
        _ matches: [CaseMatch], answerOfCase: (Int) -> Int?, reading: ([Int]) -> PhraseOdds.Reading,
        squares: ([Int]) -> [Double], dimensions: Int
    ) {
        var voters = matches.compactMap { match in
            answerOfCase(match.number).map { (likeness: match.likeness.resemblance, answer: $0, match: match) }
        }
        voters.sort { ($1.likeness, $1.match.number) < ($0.likeness, $0.match.number) }
        voters = Array(voters.prefix(Self.voters))
        guard let best = voters.first?.likeness else { return nil }
        var votes: [Int: Double] = [:]
        for voter in voters { votes[voter.answer, default: 0] += exp(Self.sharpness * (voter.likeness - best)) }
        let answers = votes.keys.sorted()
        let reading = reading(answers)
        let squares = squares(answers)
        let root = Double(dimensions).squareRoot()
        let logWeights = answers.enumerated().map { place, answer in
            log(votes[answer] ?? 0) + reading.odds[place] - squares[place] / (2 * root)
        }
        let largest = logWeights.max() ?? 0
        let weights = logWeights.map { exp($0 - largest) }
        let all = weights.reduce(0, +)
        let mostAlike = Dictionary(
            voters.map { ($0.answer, $0.match.number) }, uniquingKeysWith: { first, _ in first })
        let order = answers.indices.sorted { (-weights[$0], $0) < (-weights[$1], $1) }
        ranking = order.map { (answers[$0], weights[$0] / all, mostAlike[answers[$0]] ?? 0) }
        answer = ranking[0].answer
        share = ranking[0].share
        let second = ranking.count > 1 ? ranking[1].share : 0
        let own = voters.filter { [answer] in $0.answer == answer }.map(\.likeness)
        func mean(_ values: some Collection<Double>) -> Double { values.mean ?? 0 }
        let entropy = -ranking.reduce(0) { $0 + ($1.share > 0 ? $1.share * log($1.share) : 0) }
        let sorted = reading.odds.sorted(by: >)
        values = [
            best, mean(voters.prefix(5).map(\.likeness)), mean(voters.map(\.likeness)), share, share - second, entropy,
            own[0], mean(own), Double(own.count), matches.first?.score ?? 0,
            matches.first.map { Double($0.likeness.containment) } ?? 0, sorted[0],
            reading.odds[order[0]], sorted[0] - (sorted.count > 1 ? sorted[1] : 0), reading.coverage[order[0]],
            squares[order[0]].squareRoot(), log((share + Self.leastShare) / (second + Self.leastShare)),
        ]
    }
}
