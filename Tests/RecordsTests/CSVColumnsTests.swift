import Records
import Testing

@Suite("Columns of a CSV file")
struct CSVColumnsTests {
    private func file(_ text: String) -> RecordFile { RecordFile(path: "a.csv", bytes: Array(text.utf8)) }

    @Test("are found by name, quotes and line ends resolved")
    func columns() throws {
        let read = try CSVColumns.read(["c", "a"], of: file("a,b,c\r\n1,2,\"x, \"\"y\"\"\"\r\n4,5,\n"))
        #expect(read == [["x, \"y\"", ""], ["1", "4"]])
    }

    @Test("that are not there or rows of another shape are errors with their place")
    func faults() {
        #expect(throws: RecordError.unknownColumn(file: "a.csv", column: "z", present: ["a", "b"])) {
            try CSVColumns.read(["z"], of: file("a,b\n1,2\n"))
        }
        #expect(throws: RecordError.emptyFile(file: "a.csv")) { try CSVColumns.read(["a"], of: file("")) }
        let ragged = RowFault(
            file: "a.csv", line: 3, field: "", excerpt: "", reason: .raggedRow(found: 1, expected: 2))
        #expect(throws: RecordError.invalidRow(ragged)) { try CSVColumns.read(["a"], of: file("a,b\n1,2\n3\n")) }
        let unclosed = RowFault(file: "a.csv", line: 2, field: "1", excerpt: "", reason: .unclosedQuote)
        #expect(throws: RecordError.invalidRow(unclosed)) { try CSVColumns.read(["a"], of: file("a,b\n\"1,2\n")) }
        let stray = RowFault(file: "a.csv", line: 2, field: "1", excerpt: "", reason: .textAfterQuote)
        #expect(throws: RecordError.invalidRow(stray)) { try CSVColumns.read(["a"], of: file("a,b\n\"1\"x,2\n")) }
    }

    @Test("come with a descriptor of labelled logs, or none of another kind")
    func descriptor() throws {
        let columns = #""columns": {"message": "m", "template": "t"}"#
        let read = try LabelledLogDescriptor(
            json: file(#"{"name": "n", "kind": "labelled-logs", "log": "l", "labels": "c", \#(columns)}"#))
        #expect(read?.log == "l")
        #expect(read?.columns.template == "t")
        let other = try LabelledLogDescriptor(json: file(#"{"kind": "tickets"}"#))
        #expect(other == nil)
        #expect(throws: RecordError.self) { try LabelledLogDescriptor(json: file(#"{"kind": "labelled-logs"}"#)) }
        #expect(throws: RecordError.self) { try LabelledLogDescriptor(json: file("no")) }
        #expect(throws: RecordError.self) {
            try LabelledLogDescriptor(
                json: file(#"{"name": "n", "kind": "labelled-logs", "log": "../l", "labels": "c", \#(columns)}"#))
        }
    }
}
