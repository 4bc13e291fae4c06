import Records
import Testing

@Suite("Ids of new articles")
struct ArticleIDTests {
    @Test func `without a seal it is the beginning of the SHA-256 of the group`() {
        #expect(Article.id(ofGroup: "G-27489", seal: nil) == "K-8e9eb1245982")
    }

    @Test func `with a seal it is another one in each store, and the same in one`() throws {
        let key = try #require(TenantKey(Array("a key of twenty bytes".utf8)))
        let ids = ([1, 2, 1] as [UInt8]).map { Article.id(ofGroup: "G-27489", seal: TextSeal(key, store: [$0])) }
        #expect(ids[0] == ids[2] && ids[0] != ids[1])
        for id in ids {
            #expect(id.hasPrefix("K-") && id.count == 14 && id.dropFirst(2).allSatisfy(\.isHexDigit))
            #expect(id != Article.id(ofGroup: "G-27489", seal: nil))
        }
    }
}
