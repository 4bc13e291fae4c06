import Statistics
import Testing

/// Span measures, worked by hand.
struct SpanAccuracyTests {
    private func span(_ type: String, _ range: Range<Int>) -> TypedSpan { TypedSpan(type: type, range: range) }

    @Test func `two texts by hand`() {
        let accuracy = SpanAccuracy(
            labelled: [[span("a", 0..<10), span("b", 20..<30)], [span("a", 5..<9)]],
            found: [[span("a", 0..<10), span("a", 22..<26), span("c", 40..<42)], [span("a", 7..<12)]],
            types: ["a", "b"])
        let a = accuracy.byType["a"]
        #expect(a?.labelled == 2 && a?.found == 3 && a?.exact == 1 && a?.touched == 2 && a?.right == 2)
        #expect(a?.characters == 14 && a?.coveredCharacters == 12)
        #expect(a?.recall == 1 && a?.precision == 2.0 / 3 && a?.f1 == 2.0 / 5)
        #expect(accuracy.byType["b"]?.recall == 0 && accuracy.byType["b"]?.precision.isNaN == true)
        #expect(accuracy.byType["c"] == nil)
        #expect(accuracy.total.labelled == 3 && accuracy.total.found == 3)
        #expect(accuracy.hidden == ["a": 12.0 / 14, "b": 0.4])
        #expect(accuracy.strays == 1)
    }

    @Test func `the lower limit of Wilson`() {
        // Eleven of eleven gives .741, as in tables.
        #expect(abs(SpanAccuracy.wilsonLow(11, of: 11) - 0.7412) < 1e-4)
        #expect(abs(SpanAccuracy.wilsonLow(83, of: 136) - 0.5263) < 1e-3)
        #expect(SpanAccuracy.wilsonLow(0, of: 5) == 0 && SpanAccuracy.wilsonLow(0, of: 0).isNaN)
    }
}
