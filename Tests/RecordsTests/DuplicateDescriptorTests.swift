import FoundationEssentials
import Records
import Testing

struct DuplicateDescriptorTests {
    private static let good = """
        {"name": "bugs", "kind": "duplicates", "files": ["bugs.csv"],
         "columns": {"id": "id", "openedAt": "at", "subject": "title", "body": "text", "duplicateOf": "same"}}
        """
    private static let linked = """
        {"name": "bugs", "kind": "duplicates", "files": ["one.csv", "two.csv"],
         "columns": {"id": "id", "openedAt": "at", "duplicateOf": null},
         "links": {"files": ["links.csv"], "id": "from", "duplicateOf": "to"}}
        """

    private func descriptor(_ json: String = good) throws(RecordError) -> DuplicateDescriptor? {
        try DuplicateDescriptor(json: RecordFile(path: "dataset.json", bytes: Array(json.utf8)))
    }

    private func tickets(_ files: [String: String], _ json: String = good) throws -> DuplicateDescriptor.Tickets {
        let descriptor = try #require(try descriptor(json))
        return try descriptor.tickets(redactor: Redactors.plain()) { name throws(RecordError) in
            guard let text = files[name] else { throw .missingFile(file: name) }
            return RecordFile(path: name, bytes: Array(text.utf8))
        }
    }

    /// Tickets opened one day after the other, given by id and what they repeat.
    private func repeats(_ rows: [(id: String, same: String)]) throws -> [[Int]] {
        let lines = rows.enumerated().map { "\($1.id),2024-03-0\($0 + 1),,,\"\($1.same)\"" }
        return pairs(try tickets(["bugs.csv": (["id,at,title,text,same"] + lines).joined(separator: "\n") + "\n"]))
    }

    private func pairs(_ read: DuplicateDescriptor.Tickets) -> [[Int]] { read.repeats.map { [$0.ticket, $0.of] } }

    @Test(arguments: [good, linked]) func `a descriptor is read and written`(json: String) throws {
        let descriptor = try #require(try descriptor(json))
        #expect(descriptor.name == "bugs" && descriptor.columns.id == "id")
        let written = try JSONEncoder().encode(descriptor)
        #expect(try self.descriptor(String(decoding: written, as: UTF8.self)) == descriptor)
    }

    @Test(arguments: ["intents", "tickets", ""])
    func `a descriptor of another kind is not for this reader`(kind: String) throws {
        #expect(try descriptor("{\"kind\": \"\(kind)\"}") == nil)
    }

    @Test(arguments: [
        (good, #""name": "bugs", "#, "", ""), (good, #"["bugs.csv"]"#, #""bugs.csv""#, ""),
        (good, #""id": "id", "#, "", ""), (good, #""openedAt": "at", "#, "", ""),
        (good, #"["bugs.csv"]"#, "[]", "files"), (good, #", "duplicateOf": "same""#, "", "links"),
        (linked, #""from""#, "null", ""), (linked, #", "duplicateOf": "to""#, "", ""),
        (good, #""kind""#, #""sort""#, "kind"), (good, #"["bugs.csv"]"#, #"["../bugs.csv"]"#, "files"),
        (good, #"["bugs.csv"]"#, #"["/bugs.csv"]"#, "files"), (good, #""name": "bugs""#, #""name": "../x""#, "name"),
        (linked, #"["links.csv"]"#, #"["x/../../links.csv"]"#, "links.files"),
        (linked, #"["links.csv"]"#, "[]", "links.files"),
    ])
    func `the key that is wrong is named`(good: String, text: String, replacement: String, key: String) throws {
        let json = good.replacing(text, with: replacement)
        try #require(json != good)
        do {
            _ = try descriptor(json)
            Issue.record("it was read")
        } catch {
            #expect(error.description.hasPrefix("dataset.json: key \"\(key)\": "))
        }
    }

    @Test func `tickets come in the order of time, of the same time in that of their ids`() throws {
        let read = try tickets([
            "bugs.csv": """
            id,at,title,text,same
            d,02/Jan/24 10:00,later,"says ada@example.org",
             c ,2024-01-01T10:00:00Z,,,d
            b,2024-01-01T11:00:00+01:00,same time,,
            a,2023-12-31,first,,b

            """
        ])
        #expect(read.tickets.map(\.id) == ["a", "b", "c", "d"])
        #expect(pairs(read) == [[2, 3], [0, 1]])
        #expect(read.tickets[3].openedAt == Instant(iso8601: "2024-01-02T10:00:00Z"))
        #expect(read.tickets[3].subject == "later")
        #expect(read.tickets[3].body.holdsToken && !read.tickets[3].body.string.contains("ada@"))
        #expect(read.tickets[2].subject.isEmpty && read.tickets[2].body.isEmpty)
    }

    @Test func `links lead to earlier and to later tickets, in the order in which they stand`() throws {
        #expect(
            try repeats([("a", ""), ("b", "a"), ("c", ""), ("d", "b"), ("e", "c")]) == [[1, 0], [3, 1], [4, 2]])
        #expect(try repeats([("a", "d"), ("b", "c"), ("c", ""), ("d", "c")]) == [[0, 3], [1, 2], [3, 2]])
        #expect(try repeats([("a", "b"), ("b", "a"), ("c", "c")]) == [[0, 1], [1, 0], [2, 2]])
    }

    @Test func `a ticket repeats several, parted by commas`() throws {
        #expect(try repeats([("a", ""), ("b", ""), ("c", "b, a"), ("d", "")]) == [[2, 1], [2, 0]])
        #expect(try repeats([("a", ""), ("b", ",a ,,"), ("c", ",")]) == [[1, 0]])
    }

    @Test func `a link to a ticket that is not there is passed over`() throws {
        #expect(try repeats([("a", "gone"), ("b", "gone"), ("c", "gone,a")]) == [[2, 0]])
    }

    @Test func `several files of tickets, and links beside them`() throws {
        let read = try tickets(
            [
                "one.csv": "id,at\na,2024-03-03\nb,2024-03-01\n", "two.csv": "id,at\nc,2024-03-02\n",
                "links.csv": "from,to\na,\"c\"\nx,b\n",
            ], Self.linked)
        #expect(read.tickets.map(\.id) == ["b", "c", "a"])
        #expect(pairs(read) == [[2, 1]] && read.links == 2)
        #expect(read.tickets.allSatisfy { $0.subject.isEmpty && $0.body.isEmpty })
    }

    @Test(arguments: [
        ("a,2024-03-01,,,\na,2024-03-02,,,\n", "id", "a", RowFault.Reason.duplicateId),
        ("a,2024-03-01,,,\n a ,2024-03-02,,,\n", "id", "a", .duplicateId),
        ("a,2024-03-01,,,\nb,31/Feb/24 10:00,,,\n", "at", "31/Feb/24 10:00", .badDate),
        ("a,2024-03-01,,,\nb,soon,,,\n", "at", "soon", .badDate),
        ("a,2024-03-01,,,\nb,,,,\n", "at", "", .missingValue),
        ("a,2024-03-01,,,\n,2024-03-02,,,\n", "id", "", .missingValue),
        ("a,2024-03-01,,,\n \t ,2024-03-02,,,\n", "id", "", .missingValue),
    ])
    func `a bad row is set aside, with its line and field`(
        rows: String, field: String, excerpt: String, reason: RowFault.Reason
    ) throws {
        let fault = RowFault(file: "bugs.csv", line: 3, field: field, excerpt: excerpt, reason: reason)
        let read = try tickets(["bugs.csv": "id,at,title,text,same\n" + rows])
        #expect(read.setAside.map(\.fault) == [fault] && read.tickets.map(\.id) == ["a"])
    }

    @Test func `where every row is bad the first of them is named`() {
        let fault = RowFault(file: "bugs.csv", line: 2, field: "at", excerpt: "07/01/2022 01:00 PM", reason: .badDate)
        #expect(throws: RecordError.invalidRow(fault)) {
            try tickets(["bugs.csv": "id,at,title,text,same\na,07/01/2022 01:00 PM,,,\nb,1656680400,,,\n"])
        }
    }

    @Test(arguments: ["c;b", "\"['b', 'c']\"", "\"[\"\"b\"\",\"\"c\"\"]\"", " b | c "])
    func `links stand in lists of any form`(list: String) throws {
        let read = try tickets([
            "bugs.csv": "id,at,title,text,same\na,2024-03-03,,,\(list)\nb,2024-03-01,,,gone\nc,2024-03-02,,,\n"
        ])
        #expect(Set(pairs(read)) == [[2, 0], [2, 1]] && read.links == 3)
    }

    @Test(arguments: ["id", "at", "title", "text", "same"])
    func `a column that is named and missing is an error`(column: String) {
        let present = ["id", "at", "title", "text", "same"].map { $0 == column ? "other" : $0 }
        #expect(throws: RecordError.unknownColumn(file: "bugs.csv", column: column, present: present)) {
            try tickets(["bugs.csv": present.joined(separator: ",") + "\na,2024-03-03,,,\n"])
        }
    }

    @Test func `a file of links without a column is an error`() {
        #expect(throws: RecordError.unknownColumn(file: "links.csv", column: "to", present: ["from"])) {
            try tickets(
                ["one.csv": "id,at\na,2024-03-03\n", "two.csv": "id,at\nb,2024-03-02\n", "links.csv": "from\na\n"],
                Self.linked)
        }
    }

    @Test func `an id that an earlier file has is set aside in the later one`() throws {
        let fault = RowFault(file: "two.csv", line: 2, field: "id", excerpt: "a", reason: .duplicateId)
        let read = try tickets(
            ["one.csv": "id,at\na,2024-03-03\n", "two.csv": "id,at\na,2024-03-02\n", "links.csv": "from,to\n"],
            Self.linked)
        #expect(read.setAside.map(\.fault) == [fault])
    }

    @Test func `a file of links that says not whose they are is an error`() {
        let fault = RowFault(file: "links.csv", line: 2, field: "from", excerpt: "", reason: .missingValue)
        #expect(throws: RecordError.invalidRow(fault)) {
            try tickets(
                ["one.csv": "id,at\na,2024-03-03\n", "two.csv": "id,at\nb,2024-03-02\n", "links.csv": "from,to\n,a\n"],
                Self.linked)
        }
    }

    @Test func `files without tickets, and files that are not there`() {
        #expect(throws: RecordError.emptyFile(file: "bugs.csv")) {
            try tickets(["bugs.csv": "id,at,title,text,same\n"])
        }
        #expect(throws: RecordError.missingFile(file: "bugs.csv")) { try tickets([:]) }
    }
}
