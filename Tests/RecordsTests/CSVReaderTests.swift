import Records
import Testing

struct CSVReaderTests {
    private let columns = TicketColumns(
        id: "id", openedAt: "opened", hoursToResolution: "hours", resolved: "closed", customer: "who", subject: "title",
        attributes: ["colour"])

    private func read(
        _ text: String, _ columns: TicketColumns? = nil, badRows: BadRows = .areErrors, zone: ZoneRules = .utc
    ) throws -> TicketReading {
        try CSVReader(columns: columns ?? self.columns, zone: zone, badRows: badRows, redactor: Redactors.plain())
            .read([RecordFile(path: "t.csv", bytes: Array(text.utf8))])
    }

    private func fault(_ text: String, _ columns: TicketColumns? = nil) -> String {
        do {
            _ = try read(text, columns)
            return "none"
        } catch {
            return "\(error)"
        }
    }

    private let header = "id,opened,hours,closed,who,title,colour\n"

    @Test(arguments: [";", "\t"])
    func `fields parted as spreadsheets part them in Europe`(separator: String) throws {
        let comma = header + "a,2024-05-01 10:00:00,1.5,1,Ann,\"It, broke\",red\n"
        let other =
            header.replacing(",", with: separator)
            + ["a", "2024-05-01 10:00:00", "1.5", "1", "Ann", "It, broke", "red"].joined(separator: separator) + "\n"
        let (table, expected) = try (read(other).table, read(comma).table)
        #expect(table.ids == expected.ids && table.hours == expected.hours && table.text == expected.text)
        #expect(table.categorical == expected.categorical)
        // A comma parts fields, whatever else the header has.
        #expect(fault("id,\"opened\(separator)at\"\n").contains("opened\(separator)at"))
    }

    @Test func `roles and attributes become columns`() throws {
        let reading = try read(header + "a,2024-05-01 10:00:00,1.5,1,Ann,It broke,red\nb,2024-05-01T10:30Z,2,0,,,\n")
        let table = reading.table
        #expect(table.ids == ["a", "b"])
        #expect(table.openedAt == [1_714_557_600, 1_714_559_400])
        #expect(table.hours == [1.5, 2])
        #expect(table.resolved == [true, false])
        #expect(
            table.categorical == [
                CategoricalColumn(name: "customer", levels: ["Ann"], codes: [0, -1]),
                CategoricalColumn(name: "colour", levels: ["red"], codes: [0, -1]),
            ])
        #expect(table.text == [TextColumn(name: "subject", values: ["It broke", ""])])
        #expect(table.numeric.isEmpty)
        #expect(reading.lines == [2, 3])
        #expect(reading.rejected.isEmpty)
    }

    @Test func `texts and words are redacted as they are read`() throws {
        let table = try read(
            header + "a,2024-05-01,1,1,who@example.com,\"Mail to \"\"ada@example.com\"\", now\",10.20.30.41\n"
        ).table
        let redacted = try Redactors.plain().redact(RawText("Mail to \"ada@example.com\", now"))
        #expect(redacted.string.contains("<email:"))
        #expect(table.text == [TextColumn(name: "subject", values: [redacted])])
        let levels = table.categorical.map { $0.levels.joined() }
        #expect(levels.count == 2 && levels[0].hasPrefix("<email:") && levels[1].hasPrefix("<ip:"))
    }

    @Test func `an address that is written in two ways is one level, and other levels keep their places`() throws {
        let reading = try read(
            header
                + "a,2024-05-01,1,1,Ann,,red\nb,2024-05-01,1,1,who@example.com,,red\nc,2024-05-01,1,1,,,red\n"
                + "d,2024-05-01,1,1,WHO@example.com,,red\ne,2024-05-01,1,1,Bob,,red\n")
        let customers = try #require(reading.table.categoricalColumn(named: "customer"))
        #expect(customers.codes == [0, 1, -1, 1, 2])
        #expect(customers.levels.count == 3 && customers.levels[0] == "Ann" && customers.levels[2] == "Bob")
        #expect(reading.hiddenLevels == 2)
    }

    @Test func `what is wrong with a row is said without the data of people`() {
        let said = fault(header + "a,\"ring who@example.com, or 4111 1111 1111 1111\",1,1,Ann,,red\n")
        #expect(said.contains("t.csv:2: field \"opened\""))
        #expect(!said.contains("who@") && !said.contains("4111"))
    }

    @Test(arguments: [
        "id,opened,hours,closed,who,title,colour\na,2024-05-01,1,1,Ann,x,red",
        "id,opened,hours,closed,who,title,colour\r\na,2024-05-01,1,1,Ann,x,red\r\n",
        "\u{FEFF}id,opened,hours,closed,who,title,colour\na,2024-05-01,1,1,Ann,x,red\r",
        "colour,title,who,closed,hours,opened,id,more\n\nred,x,Ann,true,1.0,2024-05-01,a,9\n\n",
        "\"id\",\"opened\",hours,closed,who,title,colour\n\"a\",\"2024-05-01\",\"1\",\"1\",\"Ann\",\"x\",\"red\"\n",
    ])
    func `the same table, however it is written`(text: String) throws {
        let table = try read(text).table
        #expect(table.ids == ["a"])
        #expect(table.hours == [1])
        #expect(table.categorical.map(\.levels) == [["Ann"], ["red"]])
        #expect(table.text == [TextColumn(name: "subject", values: ["x"])])
    }

    @Test func `quoted fields hold commas, quotes and line ends, and lines are counted through them`() throws {
        let reading = try read(
            header
                + "a,2024-05-01,1,1,\"Ann, \"\"the boss\"\"\",\"one\r\ntwo\n\",re\"d\nb,2024-05-01,1,1,Bob,\"\",\" \"\n"
        )
        #expect(reading.table.categorical[0].levels == ["Ann, \"the boss\"", "Bob"])
        #expect(reading.table.text[0].values == ["one\r\ntwo\n", ""])
        #expect(reading.table.categorical[1] == CategoricalColumn(name: "colour", levels: ["re\"d"], codes: [0, -1]))
        #expect(reading.lines == [2, 5])
    }

    @Test(arguments: [
        ("b,2024-05-01,soon,1,,,", "t.csv:3: field \"hours\": \"soon\" is not a number"),
        ("b,2024-05-01,nan,1,,,", "t.csv:3: field \"hours\": \"nan\" is not a number"),
        ("b,2024-05-01,1e999,1,,,", "t.csv:3: field \"hours\": \"1e999\" is not a number"),
        ("b,2024-05-01,,1,,,", "t.csv:3: field \"hours\": a value is needed here"),
        ("b,2024-05-01,-3.5,1,,,", "t.csv:3: field \"hours\": \"-3.5\" is before the ticket was opened"),
        ("b,2024-02-30,1,1,,,", "t.csv:3: field \"opened\": \"2024-02-30\" is not a time"),
        ("b,,1,1,,,", "t.csv:3: field \"opened\": a value is needed here"),
        ("b,2024-05-01,1,maybe,,,", "t.csv:3: field \"closed\": \"maybe\" is neither 1 nor 0"),
        ("b,2024-05-01,1,,,,", "t.csv:3: field \"closed\": a value is needed here"),
        (",2024-05-01,1,1,,,", "t.csv:3: field \"id\": a value is needed here"),
        ("a,2024-05-01,1,1,,,", "t.csv:3: field \"id\": \"a\" stands in an earlier row too"),
        ("b,2024-05-01,1,1,,", "t.csv:3: the last line is half-written: \"b\""),
        ("b,2024-05-01,1,1,,\n", "t.csv:3: 6 fields where the header has 7"),
        ("b,2024-05-01,1,1,,,,", "t.csv:3: 8 fields where the header has 7"),
        ("b,2024-05-01,1,1,,\"x,", "t.csv:3: a quote is opened and never closed: \"b\""),
        ("b,2024-05-01,1,1,,\"x\"y,", "t.csv:3: text after a closing quote: \"x\""),
        (
            "b,2024-05-01,\(String(repeating: "x", count: 50)),1,,,",
            "t.csv:3: field \"hours\": \"\(String(repeating: "x", count: 39))…\" is not a number"
        ),
    ])
    func `a bad row is named by file, line and field`(row: String, message: String) {
        #expect(fault(header + "a,2024-05-01,1,1,,,\n" + row) == message)
    }

    @Test(arguments: [
        ("", "t.csv: the file is empty"), ("\n", "t.csv: the file is empty"), ("\u{FEFF}", "t.csv: the file is empty"),
        ("id,opened\n", "t.csv:1: field \"who\": no such column; there are id, opened"),
        ("id,opened,hours,closed,who,who,title,colour\n", "t.csv:1: field \"who\": the header has it twice"),
        ("id,\"opened", "t.csv:1: field \"2\": a quote is opened and never closed: \"\""),
    ])
    func `a bad header is an error`(text: String, message: String) {
        #expect(fault(text) == message)
    }

    @Test func `a header alone is no tickets`() throws {
        let table = try read(header).table
        #expect(table.count == 0)
        #expect(table.categorical.map(\.name) == ["customer", "colour"])
    }

    @Test func `bad rows are set aside with all their bytes`() throws {
        let good = "a,2024-05-01,1,1,,,\r\n"
        let text =
            header + good + "b,x,1,1,,,\r\nc,2024-05-01,\"1\nd,2024-05-01,1,1,,,\n\ne,2024-05-01,1,1,\"q\"q,,\nf,2024"
        let reading = try read(text, badRows: .areSetAside)
        #expect(reading.table.ids == ["a", "d"])
        #expect(reading.lines == [2, 5])
        #expect(
            reading.rejected.map { String(decoding: $0.raw, as: UTF8.self) } == [
                "b,x,1,1,,,", "c,2024-05-01,\"1", "e,2024-05-01,1,1,\"q\"q,,", "f,2024",
            ])
        #expect(reading.rejected.map(\.fault.line) == [3, 4, 7, 8])
        #expect(reading.rejected.map(\.fault.reason) == [.badDate, .textAfterQuote, .textAfterQuote, .halfWritten])
    }

    private static let wordColumns: [[String]] = [
        ["1", "2", "3", ""], ["1", "2.0", "3", ""], (0...11).map { "\($0)" }, ["1.5", "2", "n/a"], ["", "", ""],
        (0...40).map { "\($0)" } + ["none", "7"], ["red", "1.5"], ["0x10", "1.5"], ["1.5", " 2"],
    ]
    private static let numberColumns: [[String]] = [["1", "2.5", "", "3"], (0...12).map { "\($0)" }, ["1e-3", "2"]]

    @Test(arguments: wordColumns.map { ($0, false) } + numberColumns.map { ($0, true) })
    func `numbers are told from words`(values: [String], isNumeric: Bool) throws {
        let rows = values.enumerated().map { "t\($0),2024-05-01,1,1,Ann,x,\($1)\n" }
        let table = try read(header + "bad row\n" + rows.joined(), badRows: .areSetAside).table
        #expect(table.count == values.count)
        if isNumeric {
            let column = try #require(table.numericColumn(named: "colour"))
            #expect(column.values.map { $0.isNaN ? nil : $0 } == values.map { Double($0) })
        } else {
            let column = try #require(table.categoricalColumn(named: "colour"))
            #expect(values.indices.map { column[$0] ?? "" } == values)
        }
    }

    @Test func `a column that is declared numeric must hold numbers`() throws {
        var columns = columns
        columns.numeric = ["colour"]
        #expect(
            try read(header + "a,2024-05-01,1,1,,,3\nb,2024-05-01,1,1,,,\n", columns).table.numeric[0].values[0] == 3)
        #expect(
            fault(header + "a,2024-05-01,1,1,,,3\nb,2024-05-01,1,1,,,red\n", columns)
                == "t.csv:3: field \"colour\": \"red\" is not a number")
    }

    @Test func `without hours, the time of resolution says how long it took and who is still open`() throws {
        let columns = TicketColumns(id: "id", openedAt: "from", resolvedAt: "to")
        let table = try read("id,from,to\na,2024-05-01 00:00,2024-05-01 06:00\nb,2024-05-01 02:00,\n", columns).table
        #expect(table.hours == [6, 4])
        #expect(table.resolved == [true, false])
        #expect(
            fault("id,from,to\na,2024-05-01,2024-04-30\n", columns)
                == "t.csv:2: field \"to\": \"2024-04-30\" is before the ticket was opened")
    }

    @Test func `without a flag, missing hours mean an open ticket`() throws {
        let columns = TicketColumns(id: "id", openedAt: "from", hoursToResolution: "h")
        let table = try read("id,from,h\na,2024-05-01 00:00,6\nb,2024-05-01 02:00,\n", columns).table
        #expect(table.hours == [6, 4])
        #expect(table.resolved == [true, false])
    }

    @Test func `local times are those of the zone`() throws {
        let rome = try ZoneRules(identifier: "Europe/Rome")
        let table = try read(header + "a,2024-07-01 12:00,1,1,,,\n", zone: rome).table
        #expect(Instant(seconds: table.openedAt[0]).iso8601 == "2024-07-01T10:00:00Z")
    }

    @Test func `files follow each other and ids are distinct over all`() throws {
        let first = RecordFile(path: "1.csv", bytes: Array((header + "a,2024-05-01,1,1,,,7.5\n").utf8))
        let second = RecordFile(
            path: "2.csv", bytes: Array("colour,id,opened,hours,closed,who,title\nx,b,2024-05-01,1,1,,\n".utf8))
        let table = try CSVReader(columns: columns, redactor: Redactors.plain()).read([first, second]).table
        #expect(table.ids == ["a", "b"])
        #expect(table.categoricalColumn(named: "colour")?.levels == ["7.5", "x"])
        #expect(
            throws: RecordError.invalidRow(
                RowFault(file: "1.csv", line: 2, field: "id", excerpt: "a", reason: .duplicateId))
        ) {
            try CSVReader(columns: columns, redactor: Redactors.plain()).read([first, first])
        }
    }

    @Test func `bytes that are no UTF-8 are repaired`() throws {
        let bytes = Array((header + "a,2024-05-01,1,1,,caf").utf8) + [0xE9] + Array(",\n".utf8)
        let table = try CSVReader(columns: columns, redactor: Redactors.plain()).read([
            RecordFile(path: "t.csv", bytes: bytes)
        ]).table
        #expect(table.text[0].values == ["caf\u{FFFD}"])
    }
}
