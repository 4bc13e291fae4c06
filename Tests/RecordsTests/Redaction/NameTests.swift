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

    @Test func `a name after a letter that is no initial is hidden whole`() throws {
        let found = try redactor().found("estimated 948.0 Z, van der Größen, Jürgen free")
        #expect(found.count == 1 && found[0].hasSuffix("van der Größen, Jürgen"))
    }

    @Test func `companies, with and without their form`() throws {
        let redactor = try redactor()
        #expect(redactor.found("at Velmora Instruments Ltd. now") == ["organization|Velmora Instruments Ltd."])
        #expect(redactor.found("at velmora instruments now") == ["organization|velmora instruments"])
    }

    @Test(arguments: [
        "mark the long line", "Mark the ticket", "Long story", "a long wait", "mark_deleted", "markLong",
        "com.zoe.Parser", "the delta of both", "Delta tables", "kravchenko", "minh",
    ])
    func `words that happen to be names stay`(text: String) throws {
        #expect(try redactor().found(text) == [])
    }

    @Test func `a greeting makes an everyday word a name`() throws {
        #expect(try redactor().found("Hi Mark, thanks") == ["person|Mark"])
        #expect(try redactor().found("Mr. Long called") == ["person|Long"])
    }
}
