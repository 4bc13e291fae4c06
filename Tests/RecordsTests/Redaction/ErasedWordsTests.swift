@_spi(Stored) import Records
import Testing

@Suite("Names that are taken out of texts")
struct ErasedWordsTests {
    private func erased(_ names: [String], _ text: String, redactor: Redactor? = nil) -> String? {
        ErasedWords(names.map { RawText($0) }, redactor: redactor).erased(from: RedactedText(stored: text))?.string
    }

    @Test(
        arguments: [
            ("at Acme it fails", "at <erased> it fails"), ("ACME", "<erased>"),
            ("acme-prod/acme", "<erased>-prod/<erased>"),
            ("acme corp, acme", "<erased>, <erased>"), ("Müller GmbH & acme", "<erased> & <erased>"),
        ])
    func `go whatever their case`(text: String, expected: String) {
        #expect(erased(["acme", "Acme Corp.", "Müller GmbH"], text) == expected)
    }

    @Test(arguments: ["", "acm", "acmes and placme", "acme1", "éacme", "a cme"])
    func `stay where they are parts of other words`(text: String) {
        #expect(erased(["acme"], text) == nil)
    }

    @Test func `are left alone when they are too short`() {
        let words = ErasedWords([RawText("abc"), RawText("--"), RawText(""), RawText("-abcd-")], redactor: nil)
        #expect(words.tooShort == 1)
        #expect(words.erased(from: RedactedText(stored: "abc abcd"))?.string == "abc <erased>")
        #expect(erased([], "abcd") == nil)
    }

    @Test func `go in the form of their tokens too`() throws {
        let redactor = try #require(Redactor(key: Array("a key of twenty bytes".utf8)))
        let text = redactor.redact(RawText("mail zelda@yachts.example or bob@plain.example"))
        let left = ErasedWords([RawText("zelda@yachts.example")], redactor: redactor).erased(from: text)
        #expect(left?.string.hasPrefix("mail <<erased>> or <email:") == true)
    }

    @Test(
        arguments: [
            ("from zelda.quimby-jones", "from <erased>"), ("user Zelda_QUIMBY_Jones on it", "user <erased> on it"),
            ("jones, zelda", "<erased>"), ("zeldaquimbyjones", "<erased>"), ("zjones left", "<erased> left"),
            ("session of Jones", "session of <erased>"), ("Zelda asks", "<erased> asks"), ("the jones", nil),
            ("zeldajonesy", nil), ("zyxwvut_sails-eu", "<erased>-eu"), ("zyxwvutsails", "<erased>"),
        ] as [(String, String?)])
    func `of people and companies go in the forms that logs and texts have`(text: String, expected: String?) throws {
        let redactor = try #require(Redactor(key: Array("a key of twenty bytes".utf8)))
        let words = ErasedWords(
            [], people: [RawText("Zelda Quimby-Jones")], companies: ["Zyxwvut Sails Ltd"], redactor: redactor)
        #expect(words.erased(from: RedactedText(stored: text))?.string == expected)
    }

    @Test func `of companies go from identifiers, with endings, and as machines call them`() throws {
        let redactor = try #require(Redactor(key: Array("a key of twenty bytes".utf8)))
        let words = ErasedWords([], companies: ["Fjordbank AS"], aliases: ["fjbk-prod"], redactor: redactor)
        let text = RedactedText(stored: "fjordbank-net of Fjordbanku in fjbk_prod and support-team")
        #expect(words.erased(from: text)?.string == "<erased>-net of <erased> in <erased> and support-team")
    }

    @Test(arguments: [
        "ООО Велмора Плюс", "ООО «Велмора Плюс»", "Велмора Плюс ООО", "Велмора Плюс z o.o.",
    ])
    func `of companies go as one word without what the law calls them`(name: String) {
        let words = ErasedWords([], companies: [name], redactor: nil)
        #expect(words.erased(from: RedactedText(stored: "host ВелмораПлюс-7"))?.string == "host <erased>-7")
    }

    @Test func `a surname goes from what a log says, unless somebody else has it or it is a word`() throws {
        let redactor = try #require(Redactor(key: Array("a key of twenty bytes".utf8)))
        func left(_ person: String, _ text: String, _ others: [String] = []) -> (text: String?, shared: Int) {
            let words = ErasedWords(
                [RawText(person)], people: [RawText(person)], others: others.map { RawText($0) }, redactor: redactor)
            return (words.erased(from: RedactedText(stored: text), isLog: true)?.string, words.shared)
        }
        #expect(left("Zelda Quimby", "user quimby left") == ("user <erased> left", 0))
        #expect(
            left("Zelda Quimby", "user Quimby left, zelda.quimby", ["Ann Quimby"]) == ("user Quimby left, <erased>", 1))
        #expect(left("Zelda Test", "a test of test") == (nil, 0))
    }
}
