import Records
import Statistics
import Testing

struct RedactionFilesTests {
    private let mail = RawText("ada@example.com")

    private func redactor(
        rules: String? = nil, contacts: String? = nil, keyFile: String? = nil, environment: [String: String] = [:],
        seed: UInt64 = 1
    ) throws -> Redactor {
        var generator = SplitMix64(seed: seed)
        return try RedactionFiles(rules: rules, contacts: contacts, keyFile: keyFile, environment: environment)
            .redactor(keyedBy: &generator)
    }

    @Test func `a file goes before the variable, and line ends at the end of a key do not count`() throws {
        let folder = try TemporaryFolder()
        let key = String(decoding: Redactors.key, as: UTF8.self)
        try folder.write(key + "\r\n", to: "key")
        let expected = try Redactors.plain().redact(mail)
        #expect(try redactor(environment: ["CASEBOOK_KEY": key]).redact(mail) == expected)
        let file = folder.path + "/key"
        #expect(
            try redactor(keyFile: file, environment: ["CASEBOOK_KEY": "another key, long enough"]).redact(mail)
                == expected)
    }

    @Test func `without a key each seed makes its own tokens`() throws {
        #expect(try redactor().redact(mail) == redactor().redact(mail))
        #expect(try redactor().redact(mail) != redactor(seed: 2).redact(mail))
    }

    @Test func `what the files say counts`() throws {
        let folder = try TemporaryFolder()
        try folder.write(#"{"allow": {"domains": ["example.com"]}}"#, to: "rules.json")
        try folder.write(#"{"name": "Ada Lovelace"}"#, to: "contacts.ndjson")
        let redactor = try redactor(rules: folder.path + "/rules.json", contacts: folder.path + "/contacts.ndjson")
        #expect(redactor.redact(mail).string == "ada@example.com")
        #expect(redactor.found("Ada Lovelace called") == ["person|Ada Lovelace"])
    }

    @Test func `a short key and a missing file are named`() {
        #expect(throws: RecordError.shortKey(source: "CASEBOOK_KEY", bytes: 5)) {
            try redactor(environment: ["CASEBOOK_KEY": "short"])
        }
        #expect(throws: RecordError.missingFile(file: "/nowhere/key")) { try redactor(keyFile: "/nowhere/key") }
        #expect(RecordError.shortKey(source: "k", bytes: 5).description == "k: the key has 5 bytes, and needs 16")
        #expect(RecordError.shortKey(source: "k", bytes: 5).exitCode == 78)
    }
}
