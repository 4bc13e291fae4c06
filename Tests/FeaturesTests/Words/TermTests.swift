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

    @Test func `letters of every script have no case`() {
        #expect(terms("Größe ÄNDERN Łódź ŽLUTÝ") == ["größe", "ändern", "łódź", "žlutý"])
        #expect(terms("ОШИБКА Не работает Ёлка ΣΦΆΛΜΑ") == ["ошибка", "не", "работает", "ёлка", "σφάλμα"])
        #expect(terms("İstanbul ȺȾ") == ["istanbul", "ⱥⱦ"])
        #expect(terms("ＡＰＩ１２") == ["api12"])
        #expect(terms("한국어 नमस्ते مرحبا") == ["한국어", "नमस्ते", "مرحبا"])
    }

    @Test func `blanks, quotes and other signs of every script part words`() {
        #expect(terms("a\u{A0}b\u{2009}c\u{3000}d\u{85}e\u{2028}f\u{200B}g") == ["a", "b", "c", "d", "e", "f", "g"])
        #expect(
            terms("“quoted” ‘word’ wait…now save—nothing «da» ¿qué?") == [
                "quoted", "word", "wait", "now", "save", "nothing", "da", "qué",
            ])
        #expect(terms("don’t don't") == ["don", "t", "don", "t"])
        #expect(terms("ｘ、ｙ。ｚ！（ｗ）") == ["x", "y", "z", "w"])
        #expect(terms("🎉done❤️ 5×3") == ["done", "5", "3"])
    }

    @Test func `what is not seen parts no word`() {
        #expect(terms("\u{FEFF}co\u{AD}operate zero\u{200C}\u{200D}width") == ["cooperate", "zerowidth"])
    }

    @Test func `each two characters in a row are a term where no blanks stand between words`() {
        #expect(terms("ログイン できない。") == ["ログ", "グイ", "イン", "でき", "きな", "ない"])
        #expect(terms("错误500出现，请帮助") == ["错误", "500", "出现", "请帮", "帮助"])
        #expect(terms("中 a中b") == ["中", "a", "中", "b"])
    }

    @Test func `a token is one term of its kind under every key`() {
        #expect(terms("Mail <email:0123456789abcdef0123>!") == ["mail", "<email>"])
        #expect(terms("x<person:aaaaaaaaaaaaaaaaaaaa>y") == ["x", "<person>", "y"])
        #expect(terms("<email:0123456789abcdef0123><email:ffffffffffffffffffff>") == ["<email>", "<email>"])
        #expect(terms("<email:0123>") == ["email", "0123"])
    }
}
