import Records
import Testing

/// What a tenant adds: allow-lists, contacts, recognisers.
struct RulesTests {
    private func rules(_ json: String) throws -> RedactionRules {
        try RedactionRules(json: RecordFile(path: "rules.json", bytes: Array(json.utf8)))
    }

    @Test func `allowed values and domains stay`() throws {
        let rules = try rules(
            #"{"allow": {"values": ["10.20.30.40", "Help@example.net"], "domains": ["example.com"]}}"#)
        let redactor = try #require(Redactor(key: Redactors.key, rules: rules))
        #expect(
            redactor.found("help@EXAMPLE.net a@mail.example.com 10.20.30.40 b@example.net c@notexample.com") == [
                "email|b@example.net", "email|c@notexample.com",
            ])
    }

    @Test func `own recognisers, with and without context`() throws {
        let rules = try rules(
            #"{"recognisers": [{"name": "badge", "pattern": "EMP-\\d{6}", "score": 0.9}, {"name": "seat", "pattern": "%[0-9]{3,4}[A-F]?", "context": ["seat"]}]}"#
        )
        let redactor = try #require(Redactor(key: Redactors.key, rules: rules))
        #expect(
            redactor.found("EMP-123456, EMP-1234567, xEMP-123456\nroom %123\nseat %1234C") == [
                "badge|EMP-123456", "seat|%1234C",
            ])
        #expect(redactor.findings(in: RawText("EMP-123456")).map(\.score) == [0.9])
    }

    @Test(arguments: [
        ("[]", "", "is no object"), ("{", "", "not JSON"),
        (#"{"alow": {}}"#, "alow", "no such key; there are allow, attributes, recognisers"),
        (#"{"allow": {"domains": "x"}}"#, "allow.domains", "is no list of texts"),
        (#"{"recognisers": {}}"#, "recognisers", "is no list"),
        (#"{"recognisers": [{"pattern": "a"}]}"#, "recognisers[0].name", "is missing"),
        (#"{"recognisers": [{"name": "a"}]}"#, "recognisers[0].pattern", "is missing"),
        (
            #"{"recognisers": [{"name": "email", "pattern": "a"}]}"#, "recognisers[0].name",
            "needs 1 to 32 lower-case letters, digits and hyphens, a letter first, and no built-in name"
        ),
        (
            #"{"recognisers": [{"name": "a", "pattern": "a"}, {"name": "b", "pattern": "(a)"}]}"#,
            "recognisers[1].pattern",
            "byte 1 is out of place; there are characters, . \\d \\w \\s [classes] and ? * + {n} {n,m}"
        ),
        (
            #"{"recognisers": [{"name": "a", "pattern": "a", "score": 2}]}"#, "recognisers[0].score",
            "is not above 0 and at most 1"
        ),
        (#"{"recognisers": [{"name": "a", "pattern": "a", "score": "x"}]}"#, "recognisers[0].score", "is no number"),
    ])
    func `bad rules name the key`(json: String, key: String, reason: String) {
        #expect(throws: RecordError.invalidRules(file: "rules.json", key: key, reason: reason)) { try rules(json) }
    }

    @Test func `an empty file`() {
        #expect(throws: RecordError.emptyFile(file: "rules.json")) { try rules("") }
    }

    @Test(arguments: [
        ("ab", "abc", 2), ("a+b", "aaab!", 4), ("a*b?c", "c", 1), ("[^,]{2,3}", "xyz,", 3),
        ("\\w\\s\\d\\.", "é 1.", nil), ("\\w{2}\\s\\d\\.", "é 1.", 5),
        ("[a\\d-]+", "a-1,", 3), ("a{2}", "a", nil), ("x.z", "x\nz", nil), ("[]a]+", "]a", 2),
    ])
    func `patterns match the longest stretch`(pattern: String, text: String, end: Int?) throws {
        let compiled = try ClassPattern(pattern)
        let redactor = try Redactors.with { $0.recognisers = [try #require(.init(name: "x", pattern: compiled))] }
        let bytes = Array(text.utf8)
        let found = redactor.findings(in: RawText(bytes: bytes)).first {
            $0.range.lowerBound == 0 && $0.kind == .custom("x")
        }
        if let end, end < bytes.count, bytes[end] < 0x80, text != "abc" { #expect(found?.range.upperBound == end) }
        if end == nil { #expect(found == nil) }
    }

    @Test(arguments: [
        ("", ClassPattern.Fault.matchesNothing), ("a*", .matchesNothing), ("a{121}", .tooLong),
        ("a|b", .unexpected(at: 2)), ("[a", .unexpected(at: 3)), ("a{2", .unexpected(at: 4)),
        ("\\", .unexpected(at: 2)), ("\\b", .unexpected(at: 2)), ("[z-a]", .unexpected(at: 3)),
        ("a{3,2}", .unexpected(at: 6)), ("a**", .unexpected(at: 3)),
    ])
    func `bad patterns`(pattern: String, fault: ClassPattern.Fault) {
        #expect(throws: fault) { try ClassPattern(pattern) }
    }

    @Test func `contacts are read line by line`() throws {
        let lines =
            "{\"id\": \"1\", \"name\": \"Zoë Kravchenko\", \"email\": \"z@x.org\"}\n\n{\"company\": \"Velmora Ltd\"}\n"
        let contacts = try RedactionRules.Contact.read(RecordFile(path: "c.ndjson", bytes: Array(lines.utf8)))
        #expect(contacts == [.init(person: "Zoë Kravchenko"), .init(company: "Velmora Ltd")])
        #expect {
            try RedactionRules.Contact.read(
                RecordFile(path: "c.ndjson", bytes: Array("{\"name\": \"A\"}\n{\"name\": 3}".utf8)))
        } throws: { "\($0)".hasPrefix("c.ndjson:2: field \"name\"") }
    }
}
