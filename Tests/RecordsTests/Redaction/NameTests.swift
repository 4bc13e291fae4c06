import Records
import Testing

/// The names and companies of a tenant's contacts.
struct NameTests {
    private func redactor() throws -> Redactor {
        try Redactors.with {
            $0.contacts = [
                .init(person: "Zoë Kravchenko", company: "Velmora Instruments Ltd."), .init(person: "Mark Long"),
                .init(person: "Jürgen van der Größen"),
                .init(person: "Aoife O'Halloran", company: "Delta"), .init(person: "Dr. Nguyễn Văn Minh"),
                .init(company: "Weiß & Söhne GmbH"),
            ]
        }
    }

    @Test(arguments: [
        "Zoë Kravchenko", "zoe kravchenko", "ZOË KRAVCHENKO", "Kravchenko, Zoë", "Z. Kravchenko", "Kravchenko", "Zoe",
        "zoe.kravchenko", "Kravchenko Z.", "Mark Long", "M. Long",
        "Jurgen van der Grossen", "Juergen van der Groessen", "van der Größen", "Aoife O'Halloran", "O'Halloran",
    ])
    func `people in the ways people write them`(name: String) throws {
        let found = try redactor().findings(in: RawText("then \(name) said"))
        #expect(found.map(\.kind) == [.person])
        let covered = found.first.map { $0.range.count } ?? 0
        #expect(covered >= name.utf8.count - 1)
    }

    @Test func `people who are learnt later are found as if they had been known from the beginning`() throws {
        let people = (0..<3_000).map { "Olmira\($0 % 60) Zuvenko\($0 / 60)" }
        var learnt = try redactor()
        for start in stride(from: 0, to: people.count, by: 7) {
            let some = people[start..<min(start + 7, people.count)]
            learnt = learnt.knowing(people: some.map { RawText($0) })
        }
        let known = try Redactors.with {
            $0.contacts = [.init(person: "Zoë Kravchenko")] + people.map { .init(person: $0) }
        }
        for text in [
            "Hi Olmira7, Zuvenko12 called", "from O. Zuvenko49", "Olmira59 Zuvenko49", "zoe kravchenko", "nobody",
        ] {
            #expect(learnt.found(text) == known.found(text), "\(text)")
        }
        #expect(learnt.redact(RawText("Olmira3 Zuvenko3")) == known.redact(RawText("Olmira3 Zuvenko3")))
        #expect(learnt.found("at Velmora Instruments Ltd. now") == ["organization|Velmora Instruments Ltd."])
    }

    @Test func `a name after a letter that is no initial is hidden whole`() throws {
        let found = try redactor().found("estimated 948.0 Z, van der Größen, Jürgen free")
        #expect(found.count == 1 && found[0].hasSuffix("van der Größen, Jürgen"))
    }

    @Test(arguments: [
        ("Kravchenkos Rechner", "person|Kravchenko"), ("Zoë Kravchenkos Rechner", "person|Zoë Kravchenko"),
        ("Kravchenko’s laptop", "person|Kravchenko"), ("„Kravchenko“ sagt", "person|Kravchenko"),
        ("with Aoife O’Halloran", "person|Aoife O’Halloran"), ("O’Halloran", "person|O’Halloran"),
        ("Zoë\u{A0}Kravchenko", "person|Zoë\u{A0}Kravchenko"), ("你好，Zoë，", "person|Zoë"),
    ])
    func `the s of a genitive, quotation marks and apostrophes of any kind`(text: String, expected: String) throws {
        #expect(try redactor().found(text) == [expected])
    }

    @Test func `an apostrophe of either kind is the same name`() throws {
        let redactor = try redactor()
        #expect(redactor.redact(RawText("O’Halloran")) == redactor.redact(RawText("O'Halloran")))
        let curly = try Redactors.with { $0.contacts = [.init(person: "Aoife O’Halloran")] }
        #expect(curly.found("O'Halloran") == ["person|O'Halloran"])
    }

    @Test(arguments: [
        "Weiß & Söhne", "Weiss und Soehne", "weiss and söhne", "Weiss + Sohne", "Weiß et Söhne", "Weiß & Söhne GmbH",
    ])
    func `the and of a company in signs and words`(name: String) throws {
        #expect(try redactor().found("at \(name) now") == ["organization|\(name)"])
    }

    @Test func `companies, with and without their form`() throws {
        let redactor = try redactor()
        #expect(redactor.found("at Velmora Instruments Ltd. now") == ["organization|Velmora Instruments Ltd."])
        #expect(redactor.found("at velmora instruments now") == ["organization|velmora instruments"])
    }

    @Test(arguments: [
        "mark the long line", "Mark the ticket", "Long story", "a long wait", "mark_deleted", "markLong",
        "com.zoe.Parser", "the delta of both", "marks", "kravchenkos", "Longs", "Delta tables", "kravchenko", "minh",
    ])
    func `words that happen to be names stay`(text: String) throws {
        #expect(try redactor().found(text) == [])
    }

    @Test func `a greeting makes an everyday word a name`() throws {
        #expect(try redactor().found("Hi Mark, thanks") == ["person|Mark"])
        #expect(try redactor().found("Mr. Long called") == ["person|Long"])
    }
}
