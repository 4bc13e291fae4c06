import Foundation
import Models
import Testing

@testable import Knowledge

struct AnswerEvidenceTests {
    /// Three cases: the first is of the answer 7, the others, which are less like the question, of the answer 3.
    private static let likenesses: [Float] = [0.6, 0.5, 0.4]

    private func evidence(odds: [Int: Double] = [:], squares: [Int: Double] = [:]) throws -> AnswerEvidence {
        let matches = Self.likenesses.enumerated().map { number, likeness in
            CaseMatch(
                number: number, score: Double(likeness), likeness: Likeness(cosine: likeness, latent: likeness))
        }
        return try #require(
            AnswerEvidence(
                matches, answerOfCase: { $0 == 0 ? 7 : 3 },
                reading: { answers in
                    PhraseOdds.Reading(
                        odds: answers.map { odds[$0] ?? 0 }, coverage: answers.map { $0 == 7 ? 0.25 : 0.75 })
                }, squares: { answers in answers.map { squares[$0] ?? 0 } }, dimensions: 16))
    }

    @Test func `where nothing else is known the votes of the cases decide`() throws {
        let found = try evidence()
        let others = exp(-1.2) + exp(-2.4)
        #expect(found.answer == 7 && found.ranking.map(\.nearest) == [0, 1])
        #expect(abs(found.share - 1 / (1 + others)) < 1e-5)
        #expect(found.values.count == IssueGroupModel.evidenceCount)
    }

    @Test func `votes are multiplied by what phrases say of an answer, and by how near what is asked of it is`() throws
    {
        let others = exp(-1.2) + exp(-2.4)
        let byPhrases = try evidence(odds: [3: 2])
        #expect(byPhrases.answer == 3 && byPhrases.values.contains(0.75) && !byPhrases.values.contains(0.25))
        #expect(abs(byPhrases.share - exp(2) * others / (exp(2) * others + 1)) < 1e-5)
        // An eighth of the difference of the squares in 16 dimensions.
        let byPlace = try evidence(squares: [3: 9, 7: 25])
        #expect(byPlace.answer == 3 && byPlace.values.contains(3))
        #expect(abs(byPlace.share - byPhrases.share) < 1e-5)
    }

    @Test func `no case, no evidence`() {
        let found = AnswerEvidence(
            [], answerOfCase: { $0 }, reading: { _ in PhraseOdds.Reading(odds: [], coverage: []) },
            squares: { _ in [] },
            dimensions: 1)
        #expect(found == nil)
    }
}
