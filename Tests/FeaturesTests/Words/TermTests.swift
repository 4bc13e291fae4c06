import Features
@_spi(Stored) import Records
import Testing

struct TermTests {
    private func terms(_ text: String) -> [String] {
        var terms: [String] = []
        RedactedText(stored: text).forEachTerm { terms.append(String(decoding: $0, as: UTF8.self)) }
        return terms
    }

    @Test func `terms are runs of letters and digits in lower case`() {
        #expect(terms("The EXPORT of v2 fails, twice!") == ["the", "export", "of", "v2", "fails", "twice"])
        #expect(terms("a-b_c/d@e[f`g{h") == ["a", "b", "c", "d", "e", "f", "g", "h"])
        #expect(terms("AZaz09") == ["azaz09"])
        #expect(terms("") == [])
        #expect(terms(" .,;\n") == [])
    }

    @Test func `bytes beyond ASCII are letters and stay as they are`() {
        #expect(terms("Größe ÄNDERN") == ["größe", "Ändern"])
        #expect(terms("не работает") == ["не", "работает"])
        #expect(terms("ログイン できない") == ["ログイン", "できない"])
    }

    @Test func `a token is one term of its kind under every key`() {
        #expect(terms("Mail <email:0123456789abcdef0123>!") == ["mail", "<email>"])
        #expect(terms("x<person:aaaaaaaaaaaaaaaaaaaa>y") == ["x", "<person>", "y"])
        #expect(terms("<email:0123456789abcdef0123><email:ffffffffffffffffffff>") == ["<email>", "<email>"])
        #expect(terms("<email:0123>") == ["email", "0123"])
    }
}
