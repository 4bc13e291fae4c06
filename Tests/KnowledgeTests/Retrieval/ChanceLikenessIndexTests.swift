import Models
import Testing

@testable import Knowledge

struct ChanceLikenessIndexTests {
    @Test(arguments: 0..<3)
    func `what a desk has met is told from words that stand together by chance`(issue: Int) throws {
        let index = CaseIndex(DeskOfTests.texts)
        let chance = try #require(ChanceLikeness(index))
        let asked = index.look(for: CaseText(body: DeskOfTests.issues[issue].sentences[0]))
        let other = index.look(for: CaseText(body: "Where can visitors park their cars near your offices?"))
        #expect(chance.probabilityMet(resemblance: asked.nearest, terms: asked.terms) > 0.5)
        #expect(chance.probabilityMet(resemblance: other.nearest, terms: other.terms) < 0.5)
    }

    @Test
    func `the same cases and seed give the same`() {
        let index = CaseIndex(DeskOfTests.texts)
        #expect(ChanceLikeness(index) == ChanceLikeness(index))
    }

    @Test
    func `cases without words tell nothing of chance`() {
        #expect(ChanceLikeness(CaseIndex([])) == nil)
        #expect(ChanceLikeness(CaseIndex([CaseText()])) == nil)
    }
}
