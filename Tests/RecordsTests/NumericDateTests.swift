import Testing

@testable import Records

/// Times as exports of tables write them.
struct NumericDateTests {
    private func seconds(_ text: String, _ order: DateOrder? = nil, zone: ZoneRules = .utc) -> Double? {
        var text = text
        return text.withUTF8 { Instant(written: UnsafeRawBufferPointer($0), zone: zone, order: order)?.seconds }
    }

    // 2024-03-04T14:05:00Z
    private static let march = 1_709_561_100.0
    // 2024-04-03T14:05:00Z
    private static let april = 1_712_153_100.0

    @Test(arguments: [
        "2024-03-04 14:05", "2024-03-04T14:05:00Z", "2024/03/04 14:05", "2024/3/4 14:05:00", "2024.03.04 14:05",
        "04.03.2024 14:05", "4.3.2024, 14:05", "2024/03/04 2:05 PM", "2024/03/04 02:05:00pm", "2024/03/04T14:05:00Z",
        "2024/03/04 16:05 +02:00", "1709561100", "1709561100.0", "1709561100000",
    ])
    func `times of one meaning`(text: String) {
        #expect(seconds(text) == Self.march)
        #expect(seconds(text, .dayFirst) == Self.march)
        #expect(seconds(text, .monthFirst) == Self.march)
    }

    @Test(arguments: ["03/04/2024 14:05", "3/4/2024 2:05 PM", "03-04-2024 14:05:00"])
    func `the order of the column tells which of two days is meant`(text: String) {
        #expect(seconds(text, .dayFirst) == Self.april)
        #expect(seconds(text, .monthFirst) == Self.march)
        #expect(seconds(text) == nil)
    }

    @Test func `a day that the order does not allow is none`() {
        #expect(seconds("13/04/2024", .dayFirst) == 1_712_966_400)
        #expect(seconds("13/04/2024", .monthFirst) == nil)
        #expect(seconds("04/13/2024", .dayFirst) == nil)
        #expect(seconds("05/05/2024") == 1_714_867_200)
    }

    @Test(arguments: [
        "", "soon", "3/4/24", "03/04/2024 14", "03/04/2024 25:00", "03/04/2024 13:05 PM", "03/04/2024 0:05 AM",
        "30/02/2024", "32/01/2024", "03/04.2024", "03/04/20245", "2024/13/01", "04.13.2024", "03/04/2024 14:05 x",
        " 03/04/2024",
        // Dates without marks, numbers of days and numbers that have lost their last digits are no seconds.
        "20240304", "2024030414", "202403041405", "20240304140500", "2403041405", "240304140500", "45355.5868",
        "1.7095611E9", "-1709561100", "5",
    ])
    func `these are no times`(text: String) {
        #expect(seconds(text, .dayFirst) == nil)
    }

    @Test func `seconds of 1990 to May 2033 are times`() {
        #expect(seconds("631152000") == 631_152_000)
        #expect(seconds("631151999") == nil)
        #expect(seconds("1999999999") == 1_999_999_999)
        #expect(seconds("1999999999000") == 1_999_999_999)
        #expect(seconds("2000000000") == nil)
        #expect(seconds("2000000000000") == nil)
    }

    @Test func `twelve hours of the clock begin at midnight and at noon`() {
        #expect(seconds("2024/03/04 12:05 AM") == Self.march - 14 * 3_600)
        #expect(seconds("2024/03/04 12:05 PM") == Self.march - 2 * 3_600)
    }
}

/// The order of day and month in the columns of a data set.
struct DateOrderTests {
    private let columns = TicketColumns(id: "id", openedAt: "opened", resolvedAt: "closed")

    private func csv(_ texts: [String], dayFirst: Bool? = nil, badRows: BadRows = .areErrors) throws -> TicketReading {
        try CSVReader(columns: columns, badRows: badRows, dayFirst: dayFirst, redactor: Redactors.plain())
            .read(texts.enumerated().map { RecordFile(path: "\($0).csv", bytes: Array($1.utf8)) })
    }

    private func json(
        _ texts: String..., dayFirst: Bool? = nil, badRows: BadRows = .areErrors
    ) throws -> TicketReading {
        try TicketLineReader.read(
            texts.enumerated().map { RecordFile(path: "\($0).ndjson", bytes: Array($1.utf8)) }, columns: columns,
            zone: .utc, badRows: badRows, dayFirst: dayFirst, redactor: Redactors.plain())
    }

    private func opened(_ reading: TicketReading) -> [String] {
        reading.table.openedAt.map { String(Instant(seconds: $0).iso8601.prefix(16)) }
    }

    @Test func `one day above twelve tells how a column is read, wherever it stands`() throws {
        let head = "id,opened,closed\n"
        let dayFirst = try csv([
            head + "a,03/04/2024 14:05,04/04/2024 14:05\n", head + "b,13/04/2024 14:05,14/04/2024\n",
        ])
        #expect(opened(dayFirst) == ["2024-04-03T14:05", "2024-04-13T14:05"])
        #expect(dayFirst.table.hours == [24, 9 + 55.0 / 60])
        let monthFirst = try csv([head + "a,03/04/2024,03/05/2024\nb,03/31/2024,04/01/2024\nc,3/2/2024,3/20/2024\n"])
        #expect(opened(monthFirst) == ["2024-03-04T00:00", "2024-03-31T00:00", "2024-03-02T00:00"])
        #expect(monthFirst.table.hours == [24, 24, 18 * 24])
    }

    @Test func `each column has an order of its own`() throws {
        let reading = try csv(["id,opened,closed\na,03/04/2024,2024-04-04\nb,13/04/2024,\"2024-04-14\"\n"])
        #expect(reading.table.hours == [24, 24])
    }

    @Test(arguments: [BadRows.areErrors, .areSetAside])
    func `dates that need an order may follow times that need none`(badRows: BadRows) throws {
        let head = "id,opened,closed\n"
        let plain = "a,2023-03-04T00:00:00Z,1677974400\n"
        let slashes = "b,03/04/2024,04/04/2024\nc,13/04/2024,14/04/2024\n"
        for texts in [[head + plain, head + slashes], [head + plain + slashes]] {
            let reading = try csv(texts, badRows: badRows)
            #expect(opened(reading) == ["2023-03-04T00:00", "2024-04-03T00:00", "2024-04-13T00:00"])
            #expect(reading.table.hours == [24, 24, 24])
            #expect(reading.rejected.isEmpty)
        }
        let lines = [
            "{\"id\":\"a\",\"opened\":1677888000,\"closed\":\"2023-03-05\"}\n",
            "{\"id\":\"b\",\"opened\":\"03/04/2024\",\"closed\":\"04/04/2024\"}\n",
            "{\"id\":\"c\",\"opened\":\"13/04/2024\",\"closed\":\"14/04/2024\"}\n",
        ]
        for reading in [
            try json(lines[0], lines[1] + lines[2], badRows: badRows), try json(lines.joined(), badRows: badRows),
        ] {
            #expect(opened(reading) == ["2023-03-04T00:00", "2024-04-03T00:00", "2024-04-13T00:00"])
            #expect(reading.table.hours == [24, 24, 24])
            #expect(reading.rejected.isEmpty)
        }
    }

    @Test func `a date that nothing tells of is refused after times that need no order, too, and never set aside`() {
        let complaint =
            "field \"opened\": \"03/04/2024\" is 2024-04-03 or 2024-03-04, and no other value of the field tells which; "
            + "\"dayFirst\": true or false in dataset.json does"
        for badRows in [BadRows.areErrors, .areSetAside] {
            do {
                _ = try csv(
                    ["id,opened,closed\na,2023-03-04,\n", "id,opened,closed\nb,03/04/2024,\n"], badRows: badRows)
                Issue.record("it was read")
            } catch {
                #expect("\(error)" == "1.csv:2: " + complaint)
            }
            do {
                _ = try json(
                    "{\"id\":\"a\",\"opened\":1677888000}\n{\"id\":\"b\",\"opened\":\"03/04/2024\"}\n",
                    badRows: badRows)
                Issue.record("it was read")
            } catch {
                #expect("\(error)" == "0.ndjson:2: " + complaint)
            }
        }
    }

    @Test func `the values of a column are gone through once a date needs it, and not again`() {
        var surveys = 0
        let column = ColumnDateOrder(nil) {
            surveys += 1
            return .dayFirst
        }
        func read(_ text: String) -> Double? {
            var text = text
            return text.withUTF8 { column.instant(written: UnsafeRawBufferPointer($0), zone: .utc)?.seconds }
        }
        for text in ["", "soon", "2024-03-04", "1709561100", "04.03.2024", "05/05/2024"] { _ = read(text) }
        #expect(surveys == 0)
        #expect(read("03/04/2024") == 1_712_102_400)
        #expect(read("13/04/2024") == 1_712_966_400)
        #expect(read("04/13/2024") == nil)
        #expect(surveys == 1)
    }

    @Test func `a column that does not tell is refused with both readings`() {
        let text = "id,opened,closed\na,05/05/2024,\nb,03/04/2024 14:05,\nc,02/01/2024,\n"
        let complaint =
            "0.csv:3: field \"opened\": \"03/04/2024 14:05\" is 2024-04-03 or 2024-03-04, and no other value of the field tells "
            + "which; \"dayFirst\": true or false in dataset.json does"
        for badRows in [BadRows.areErrors, .areSetAside] {
            do {
                _ = try csv([text], badRows: badRows)
                Issue.record("it was read")
            } catch {
                #expect("\(error)" == complaint)
            }
        }
    }

    @Test func `what is said of the order holds`() throws {
        let text = "id,opened,closed\na,03/04/2024,04/04/2024\n"
        #expect(opened(try csv([text], dayFirst: true)) == ["2024-04-03T00:00"])
        #expect(opened(try csv([text.replacing("04/04", with: "04/05")], dayFirst: false)) == ["2024-03-04T00:00"])
    }

    @Test func `a date that contradicts its column is a bad row`() throws {
        let text = "id,opened,closed\na,13/04/2024,14/04/2024\nb,04/13/2024,\nc,01/02/2024,\n"
        let reading = try csv([text], badRows: .areSetAside)
        #expect(reading.table.ids == ["a", "c"])
        #expect(reading.rejected.map(\.fault.line) == [3])
        #expect(reading.rejected.map(\.fault.reason) == [.badDate])
    }

    @Test func `JSON lines are read alike, with seconds as numbers`() throws {
        let lines = """
            {"id":"a","opened":"03/04/2024 14:05","closed":1712239500}
            {"id":"b","opened":"13/04/2024 14:05","closed":1713103500000}

            """
        let reading = try json(lines)
        #expect(opened(reading) == ["2024-04-03T14:05", "2024-04-13T14:05"])
        #expect(reading.table.hours == [24, 24])
        let ambiguous = "{\"id\":\"a\",\"opened\":\"03/04/2024\"}\n"
        #expect(throws: RecordError.self) { try json(ambiguous) }
        #expect(opened(try json(ambiguous, dayFirst: false)) == ["2024-03-04T00:00"])
    }
}
