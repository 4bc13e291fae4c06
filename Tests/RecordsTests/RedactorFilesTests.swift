import Records
import Testing

struct RedactorFilesTests {
    let other = (bytes: Array("another key of bytes".utf8), source: "KEY")

    @Test func `the key of the file is used, without its line end`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("another key of bytes\n", to: "key")
        let fromFile = try RedactorFiles(key: file).redactor(otherKey: (RedactorFiles.randomKey(), ""))
        let fromOther = try RedactorFiles().redactor(otherKey: other)
        let text = RawText("mail to anna.bianchi@example.org")
        #expect(fromFile.redact(text).string == fromOther.redact(text).string)
        #expect(!fromFile.redact(text).string.contains("anna"))
    }

    @Test func `a key that is too short is refused with its source`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("short\n\n", to: "key")
        let error = RecordError.shortKey(source: file, bytes: 5)
        #expect(throws: error) { try RedactorFiles(key: file).redactor(otherKey: other) }
        #expect(throws: RecordError.shortKey(source: "KEY", bytes: 0)) {
            try RedactorFiles().redactor(otherKey: ([], "KEY"))
        }
        #expect(error.exitCode == 78 && error.description.hasSuffix("the key has 5 bytes, and needs 16"))
    }

    @Test func `files that are missing are named`() {
        #expect(throws: RecordError.missingFile(file: "nowhere")) {
            try RedactorFiles(rules: "nowhere").redactor(otherKey: other)
        }
        #expect(throws: RecordError.missingFile(file: "nobody")) {
            try RedactorFiles(contacts: "nobody").redactor(otherKey: other)
        }
    }
}
