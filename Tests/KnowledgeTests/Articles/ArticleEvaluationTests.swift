import Knowledge
import Records
import Testing

struct ArticleEvaluationTests {
    private static let questions = DeskOfTests.cases.enumerated().map { number, one in
        IntentDescriptor.Question(text: one.ticket.body, label: "\(number % DeskOfTests.issues.count)")
    }

    @Test func `questions whose label nothing is known of count among those without an answer alone`() {
        let other = IntentDescriptor.Question(text: "Why was value added tax charged twice?", label: "tax")
        let known = Array(Self.questions.prefix(36))
        let asked = Array(Self.questions.suffix(18))
        let measured = ArticleEvaluation(known: known, asked: asked)
        let with = ArticleEvaluation(known: known, asked: asked + [other, other])
        #expect(with.articles == 3 && with.findabilityAt1 == measured.findabilityAt1)
        #expect(with.findabilityAt3 == measured.findabilityAt3 && with.lexicalAt1 == measured.lexicalAt1)
        #expect(
            with.meanReciprocalRank == measured.meanReciprocalRank && with.allQuestionsAt1 == measured.allQuestionsAt1)
        #expect(with.findabilityAt1 > 0.5)
    }
}
