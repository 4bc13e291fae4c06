import Testing

@testable import Records

struct TicketLineReaderTests {
    private static let opened = "\"id\":\"a\",\"openedAt\":\"2024-05-01T10:00:00Z\""

    private func read(
        _ text: String, columns: [String: ColumnKind]? = nil, batchSize: Int = 100, badRows: BadRows = .areErrors,
        chunk: Int = .max, idsAreUnique: Bool = false
    ) throws -> [TicketReading] {
        var reader = try TicketLineReader(
            file: "t.ndjson", columns: columns, batchSize: batchSize, badRows: badRows, idsAreUnique: idsAreUnique,
            redactor: Redactors.plain())
        var readings: [TicketReading] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: min(chunk, max(1, bytes.count))) {
            readings += try reader.read(bytes[start..<min(bytes.count, start + min(chunk, bytes.count))])
        }
        return try readings + reader.finish()
    }

    private func fault(_ line: String, columns: [String: ColumnKind]? = nil) -> String {
        do {
            _ = try read("{\(Self.opened)}\n" + line, columns: columns, idsAreUnique: true)
            return "none"
        } catch {
            return "\(error)"
        }
    }

    @Test func `words become the tokens that they are in a CSV file`() throws {
        let lines = ["who@example.com", "Ann", "who@example.com"].enumerated().map {
            "{\"id\":\"\($0)\",\"openedAt\":\"2024-05-01T10:00:00Z\",\"customer\":\"\($1)\"}\n"
        }
        let table = try read(lines.joined(), batchSize: 2).map(\.table)
        let token = try Redactors.plain().redact(RawText("who@example.com")).string
        #expect(table.map { $0.categorical[0].levels } == [[token, "Ann"], [token]])
        #expect(table.map { $0.categorical[0].codes } == [[0, 1], [0]])
    }

    @Test(arguments: [
        "{\"id\":\"b\",\"openedAt\":\"ask who@example.com\"}", "who@example.com", "{\"a\": who@example.com}\n",
    ])
    func `what is wrong with a line is said without the data of people`(line: String) {
        let said = fault(line)
        #expect(said.contains("t.ndjson:2") && said.contains("<email:") && !said.contains("who@"))
    }

    @Test func `roles, further keys and attributes become columns`() throws {
        let text = """
            {\(Self.opened),"customer":"Ann","subject":"It \\"broke\\"","attributes":{"load":1.5,"os":"linux"},"hoursToResolution":2}
            {"openedAt":"2024-05-01T12:00:00+02:00","id":7,"load":2,"vip":true,"attributes":null,"resolvedAt":"2024-05-01T11:30:00Z"}
            {"id":"c","openedAt":"2024-05-01 10:00","customer":null,"os":"","resolved":false,"hoursToResolution":"0.5","x":null}

            """
        let reading = try #require(read(text).first)
        #expect(reading.table.ids == ["a", "7", "c"])
        #expect(reading.table.openedAt == [1_714_557_600, 1_714_557_600, 1_714_557_600])
        #expect(reading.table.hours == [2, 1.5, 0.5])
        #expect(reading.table.resolved == [true, true, false])
        #expect(reading.table.categoricalColumn(named: "customer")?.codes == [0, -1, -1])
        #expect(
            reading.table.categoricalColumn(named: "os")
                == CategoricalColumn(name: "os", levels: ["linux"], codes: [0, -1, -1]))
        #expect(
            reading.table.categoricalColumn(named: "vip")
                == CategoricalColumn(name: "vip", levels: ["true"], codes: [-1, 0, -1]))
        #expect(reading.table.numericColumn(named: "load")?.values.prefix(2) == [1.5, 2])
        #expect(reading.table.text == [TextColumn(name: "subject", values: ["It \"broke\"", "", ""])])
        #expect(reading.table.categorical.count + reading.table.numeric.count == 4)
        #expect(reading.lines == [1, 2, 3])
    }

    @Test func `texts are redacted as they are read`() throws {
        let table = try #require(
            read("{\(Self.opened),\"subject\":\"ada\\u0040example.com\",\"body\":\"call\\n10.20.30.41\"}\n").first
        ).table
        let redactor = try Redactors.plain()
        #expect(table.textColumn(named: "subject")?.values == [redactor.redact(RawText("ada@example.com"))])
        #expect(table.textColumn(named: "body")?.values == [redactor.redact(RawText("call\n10.20.30.41"))])
        #expect(table.textColumn(named: "body")?.values[0].string.hasPrefix("call\n<ip:") == true)
    }

    @Test func `a fitted schema decides the columns`() throws {
        let columns: [String: ColumnKind] = [
            "customer": .categorical, "ward": .categorical, "load": .numeric, "body": .text, "gone": .numeric,
        ]
        let text = "{\(Self.opened),\"ward\":17,\"load\":\"2.5\",\"other\":[1,{}],\"account\":\"Ann\",\"body\":\"b\"}\n"
        let table = try #require(read(text, columns: columns).first).table
        #expect(table.categorical.map(\.name) == ["customer", "ward"])
        #expect(table.categoricalColumn(named: "ward")?.levels == ["17"])
        #expect(table.categoricalColumn(named: "customer")?.levels == ["Ann"])
        #expect(table.numericColumn(named: "load")?.values == [2.5])
        #expect(table.numericColumn(named: "gone")?.values.first?.isNaN == true)
        #expect(table.textColumn(named: "body")?.values == ["b"])
        #expect(table.hours[0].isNaN)
        #expect(table.resolved == [false])
    }

    @Test(arguments: [
        ("\"contact\":\"C\",\"account\":\"A\"", "A"), ("\"account\":\"A\",\"contact\":\"C\"", "A"),
        ("\"contact\":\"C\"", "C"), ("\"account\":\"A\",\"customer\":\"B\"", "B"),
        ("\"customer\":null,\"contact\":\"C\"", "C"),
    ])
    func `the customer may be named by account or contact`(members: String, customer: String) throws {
        let table = try #require(read("{\(Self.opened),\(members)}").first).table
        #expect(table.categorical == [CategoricalColumn(name: "customer", levels: [customer], codes: [0])])
    }

    @Test(arguments: [
        ("\n", "t.ndjson:2: the line is empty"),
        ("not json\n", "t.ndjson:2: not a JSON object, at byte 0: \"not json\""),
        ("[1, 2]\n", "t.ndjson:2: not a JSON object, at byte 0: \"[1, 2]\""),
        ("{\"id\":\"b\",}\n", "t.ndjson:2: not a JSON object, at byte 10: \"}\""),
        (
            "{\"id\":\"b\",\"openedAt\":\"20",
            "t.ndjson:2: the last line is half-written: \"{\"id\":\"b\",\"openedAt\":\"20\""
        ),
        ("{\"id\":\"b\"}", "t.ndjson:2: field \"openedAt\": a value is needed here"),
        ("{\"openedAt\":\"2024-05-01\"}", "t.ndjson:2: field \"id\": a value is needed here"),
        ("{\"id\":\"b\",\"openedAt\":\"soon\"}", "t.ndjson:2: field \"openedAt\": \"soon\" is not a time"),
        ("{\"id\":\"b\",\"openedAt\":5}", "t.ndjson:2: field \"openedAt\": \"5\" is not a time"),
        ("{\"id\":[],\"openedAt\":\"2024-05-01\"}", "t.ndjson:2: field \"id\": a list is not a text"),
        ("{\(opened)}", "t.ndjson:2: field \"id\": \"a\" stands in an earlier row too"),
        ("{\"id\":\"b\",\"openedAt\":\"2024-05-01\",\"group\":5.5}", "t.ndjson:2: field \"group\": 5.5 is not a text"),
        ("{\"id\":\"b\",\"openedAt\":\"2024-05-01\",\"tags\":[1]}", "t.ndjson:2: field \"tags\": a list is not a text"),
        (
            "{\"id\":\"b\",\"openedAt\":\"2024-05-01\",\"attributes\":1}",
            "t.ndjson:2: field \"attributes\": 1 is not an object"
        ),
        (
            "{\"id\":\"b\",\"openedAt\":\"2024-05-01\",\"resolved\":2}",
            "t.ndjson:2: field \"resolved\": \"2\" is neither 1 nor 0"
        ),
        (
            "{\"id\":\"b\",\"openedAt\":\"2024-05-01\",\"resolved\":true}",
            "t.ndjson:2: field \"hoursToResolution\": a value is needed here"
        ),
        (
            "{\"id\":\"b\",\"openedAt\":\"2024-05-01\",\"hoursToResolution\":-1}",
            "t.ndjson:2: field \"hoursToResolution\": \"-1\" is before the ticket was opened"
        ),
        (
            "{\"id\":\"b\",\"openedAt\":\"2024-05-01\",\"hoursToResolution\":\"two\"}",
            "t.ndjson:2: field \"hoursToResolution\": \"two\" is not a number"
        ),
        (
            "{\"id\":\"b\",\"openedAt\":\"2024-05-01\",\"hoursToResolution\":{}}",
            "t.ndjson:2: field \"hoursToResolution\": \"an object\" is not a number"
        ),
        (
            "{\"id\":\"b\",\"openedAt\":\"2024-05-01\",\"resolvedAt\":\"2024-04-30T12:00:00Z\"}",
            "t.ndjson:2: field \"resolvedAt\": \"2024-04-30T12:00:00Z\" is before the ticket was opened"
        ),
    ])
    func `a bad line is named by file, line and field`(line: String, message: String) {
        #expect(fault(line) == message)
    }

    @Test(arguments: [
        ("\"load\":\"two\"", "t.ndjson:2: field \"load\": \"two\" is not a number"),
        ("\"load\":[]", "t.ndjson:2: field \"load\": a list is not a number"),
        ("\"attributes\":{\"load\":{}}", "t.ndjson:2: field \"load\": an object is not a number"),
        ("\"ward\":{}", "t.ndjson:2: field \"ward\": an object is not a text"),
    ])
    func `a value that does not fit the schema is an error`(member: String, message: String) {
        let line = "{\"id\":\"b\",\"openedAt\":\"2024-05-01\",\(member)}"
        #expect(fault(line, columns: ["load": .numeric, "ward": .categorical]) == message)
    }

    @Test func `batches are full, in order, and the same however the bytes are cut`() throws {
        let lines = (1...25).map { number in
            number % 6 == 0
                ? "bad \(number)" : "{\"id\":\"\(number)\",\"openedAt\":\"2024-05-01\",\"os\":\"\(number % 3)\"}"
        }
        for ending in ["\n", "\r\n"] {
            for chunk in [1, 7, 64, .max] {
                let readings = try read(
                    lines.joined(separator: ending), batchSize: 10, badRows: .areSetAside, chunk: chunk)
                #expect(readings.map(\.table.count) == [10, 10, 1])
                #expect(readings.flatMap(\.lines) == (1...25).filter { $0 % 6 != 0 })
                #expect(readings.flatMap(\.table.ids) == readings.flatMap(\.lines).map(String.init))
                #expect(readings.flatMap(\.rejected).map(\.fault.line) == [6, 12, 18, 24])
                #expect(
                    readings.flatMap(\.rejected).map { String(decoding: $0.raw, as: UTF8.self) } == [
                        "bad 6", "bad 12", "bad 18", "bad 24",
                    ])
                let words = readings.flatMap { reading in
                    (0..<reading.table.count).map { reading.table.categoricalColumn(named: "os")?[$0] }
                }
                #expect(words == readings.flatMap(\.lines).map { "\($0 % 3)" })
            }
        }
    }

    @Test func `no bytes are no tables`() throws {
        #expect(try read("").isEmpty)
    }

    @Test(arguments: [
        ("{}x", 2), ("{\"a\":tru}", 8), ("{\"a\":01}", 6), ("{\"a\":-}", 6), ("{\"a\":1.}", 7), ("{\"a\":1e}", 7),
        ("{\"a\":1e+5,}", 10),
        ("{\"a\" 1}", 5), ("{\"a\":\"\\x\"}", 7), ("{\"a\":\"\\u12g4\"}", 10), ("{\"a\":\"\u{1}\"}", 6),
        ("{\"a\":[1,2}", 9),
        ("{\"a\":[],\"b\":{\"c\":null,\"d\":[false]}", 34), ("  ", 2), ("{\"é€😀\":\"\\u00e9\" ; }", 22),
    ])
    func `the offset of a fault is that of the first wrong byte`(line: String, offset: Int) {
        #expect(Array(line.utf8).withUnsafeBytes { JSONFault.offset(in: $0) } == offset)
    }

    @Test func `bytes that are no UTF-8 are a fault`() {
        let bytes = Array("{\"a\":\"".utf8) + [0xFF] + Array("\"}".utf8)
        #expect(bytes.withUnsafeBytes { JSONFault.offset(in: $0) } == 6)
    }

    @Test func `very deep nesting is refused and not followed`() {
        let line = "{\"id\":" + String(repeating: "[", count: 100_000)
        #expect(fault(line + "\n").hasPrefix("t.ndjson:2: not a JSON object"))
    }
}
