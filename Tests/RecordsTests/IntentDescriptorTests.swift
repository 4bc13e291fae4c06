import FoundationEssentials
import Records
import Testing

struct IntentDescriptorTests {
    private static let good = """
        {"name": "bank", "kind": "intents", "files": {"train": "train.csv", "test": "test.csv"},
         "columns": {"text": "text", "label": "category"}, "source": {"title": "not read"}}
        """

    private func descriptor(_ json: String = good) throws(RecordError) -> IntentDescriptor? {
        try IntentDescriptor(json: RecordFile(path: "dataset.json", bytes: Array(json.utf8)))
    }

    private func questions(_ text: String, path: String = "train.csv") throws -> [IntentDescriptor.Question] {
        try #require(try descriptor()).questions(
            in: RecordFile(path: path, bytes: Array(text.utf8)), redactor: Redactors.plain())
    }

    @Test func `a descriptor is read and written`() throws {
        let descriptor = try #require(try descriptor())
        #expect(descriptor.name == "bank" && descriptor.kind == "intents")
        #expect(descriptor.files.train == "train.csv" && descriptor.files.test == "test.csv")
        #expect(descriptor.columns.text == "text" && descriptor.columns.label == "category")
        let written = try JSONEncoder().encode(descriptor)
        #expect(try self.descriptor(String(decoding: written, as: UTF8.self)) == descriptor)
    }

    @Test(arguments: ["duplicates", "tickets", "", "Intents"])
    func `a descriptor of another kind is not for this reader`(kind: String) throws {
        #expect(try descriptor("{\"kind\": \"\(kind)\"}") == nil)
    }

    @Test(arguments: ["", "{", "[]", "{}", "{\"kind\": 3}", "{\"kind\": null}"])
    func `a descriptor without a kind is an error`(json: String) {
        let expected = RecordError.invalidDescriptor(
            file: "dataset.json", key: "kind", reason: "is missing, or the file is not JSON")
        #expect(throws: expected) { try descriptor(json) }
    }

    @Test(arguments: [
        (#""name": "bank", "#, ""), (#""train": "train.csv", "#, ""), (#""test": "test.csv""#, #""test": 3"#),
        (#""text": "text", "#, ""), (#", "label": "category""#, ""), (#""columns""#, #""column""#),
    ])
    func `a missing key is an error that says what is needed`(text: String, replacement: String) throws {
        let json = Self.good.replacing(text, with: replacement)
        try #require(json != Self.good)
        do {
            _ = try descriptor(json)
            Issue.record("it was read")
        } catch {
            #expect(
                error.description
                    == "dataset.json: key \"\": needs name, files.train, files.test, columns.text and columns.label, each a text"
            )
        }
    }

    @Test func `questions come in the order of the file, redacted`() throws {
        let questions = try questions(
            "category,text,more\nlost_card,\"I lost it, help\",1\ntop_up,mail ada@example.org,2\nlost_card,,3\n")
        #expect(questions.map(\.label) == ["lost_card", "top_up", "lost_card"])
        #expect(questions[0].text == "I lost it, help")
        #expect(questions[1].text.holdsToken && !questions[1].text.string.contains("ada@"))
        #expect(questions[2].text.isEmpty)
    }

    @Test func `lines of JSON are read as rows of a table are`() throws {
        let lines = "{\"text\": \"where is it\", \"category\": \"lost_card\"}\n{\"text\": \"more\", \"category\": 7}\n"
        let table = "text,category\nwhere is it,lost_card\nmore,7\n"
        #expect(try questions(lines, path: "train.jsonl") == questions(table))
    }

    @Test(arguments: ["text,category\na,x\nb,\n", "text,category\na,x\nb,\"\"\n", "text,category\na,x\nb,\t\n"])
    func `a question without a label is an error at its line`(text: String) throws {
        let fault = RowFault(file: "train.csv", line: 3, field: "category", excerpt: "", reason: .missingValue)
        #expect(throws: RecordError.invalidRow(fault)) { try questions(text) }
    }

    @Test(arguments: [("text,kind\na,x\n", "category"), ("question,category\na,x\n", "text")])
    func `a column that is named and missing is an error`(text: String, column: String) {
        let present = text.prefix { $0 != "\n" }.split(separator: ",").map(String.init)
        #expect(throws: RecordError.unknownColumn(file: "train.csv", column: column, present: present)) {
            try questions(text)
        }
    }

    @Test(arguments: ["../train.csv", "/etc/passwd", "a/../../train.csv", ""])
    func `a file outside the folder of the data set is refused`(name: String) {
        let json = Self.good.replacing("\"train.csv\"", with: "\"\(name)\"")
        let expected = RecordError.invalidDescriptor(
            file: "dataset.json", key: "files.train", reason: "\"\(name)\" is not below the folder of the data set")
        #expect(throws: expected) { try descriptor(json) }
    }

    @Test func `a row of another shape is an error at its line`() throws {
        do {
            _ = try questions("text,category\na,x\nb,y,z\n")
            Issue.record("it was read")
        } catch let error as RecordError {
            #expect(error.description.hasPrefix("train.csv:3: "))
        }
    }

    @Test(arguments: ["", "text,category\n"])
    func `a file without questions is empty`(text: String) {
        #expect(throws: RecordError.emptyFile(file: "train.csv")) { try questions(text) }
    }
}
