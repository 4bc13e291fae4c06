import Logs
import Testing

@Suite("The accuracy of signatures")
struct SignatureAccuracyTests {
    @Test("is worked by hand for a small case")
    func worked() {
        // Labels: A A A B B C. Found: A A X B B B.
        // Groups: no label has exactly the lines of a text, for A is torn and B has swallowed C.
        // Texts: A is given to lines of A only and so is right; X and B are not.
        let accuracy = SignatureAccuracy(
            found: ["A", "A", "X", "B", "B", "B"], labels: ["A", "A", "A", "B", "B", "C"])
        #expect(accuracy.groupingAccuracy == 0)
        #expect(accuracy.groupingF1 == 0)
        #expect(accuracy.parsingAccuracy == 4.0 / 6)
        #expect(accuracy.templateF1 == 2.0 * 1 / (3 + 3))
        #expect(accuracy.lines == 6)
        #expect(accuracy.distinct == 3)
    }

    @Test("counts a group whose text is another one for grouping, not for text")
    func otherText() {
        let accuracy = SignatureAccuracy(found: ["a <*>", "a <*>", "b"], labels: ["a", "a", "b"])
        #expect(accuracy.groupingAccuracy == 1)
        #expect(accuracy.groupingF1 == 1)
        #expect(accuracy.parsingAccuracy == 1.0 / 3)
        #expect(accuracy.templateF1 == 0.5)
    }

    @Test("is averaged with equal weights")
    func mean() throws {
        let perfect = SignatureAccuracy(found: ["a"], labels: ["a"])
        let wrong = SignatureAccuracy(found: ["a", "b"], labels: ["x", "x"])
        let mean = try #require(SignatureAccuracy(meanOf: [perfect, wrong]))
        #expect(mean.groupingAccuracy == 0.5)
        #expect(mean.parsingAccuracy == 0.5)
        #expect(mean.lines == 3)
        #expect(SignatureAccuracy(meanOf: []) == nil)
    }
}
