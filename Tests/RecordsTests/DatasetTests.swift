import FoundationEssentials
import Testing

@testable import Records

struct DatasetTests {
    private static let good = """
        {"name": "desk", "kind": "tickets", "format": "csv", "files": ["t.csv"], "timeZone": "Europe/Rome",
         "source": {"title": "T", "url": "", "licence": "CC0"},
         "columns": {"id": "id", "openedAt": "opened", "resolvedAt": null, "hoursToResolution": "h", "resolved": null,
                     "group": "team", "attributes": ["load"], "numeric": ["load"]}}
        """
    private static let csv = "id,opened,h,team,load\na,2024-07-01 12:00,1,x,2\n"

    private func descriptor(_ json: String) throws(RecordError) -> DatasetDescriptor {
        try DatasetDescriptor(json: RecordFile(path: "dataset.json", bytes: Array(json.utf8)))
    }

    @Test func `a descriptor is read and written`() throws {
        let descriptor = try descriptor(Self.good)
        #expect(descriptor.columns.group == "team")
        #expect(descriptor.columns.resolvedAt == nil)
        #expect(descriptor.source?.licence == "CC0")
        let written = try JSONEncoder().encode(descriptor)
        #expect(try self.descriptor(String(decoding: written, as: UTF8.self)) == descriptor)
        let same = DatasetDescriptor(
            name: "desk", format: .csv, files: ["t.csv"], timeZone: "Europe/Rome",
            source: DatasetDescriptor.Source(title: "T", url: "", licence: "CC0"),
            columns: TicketColumns(
                id: "id", openedAt: "opened", hoursToResolution: "h", group: "team", attributes: ["load"],
                numeric: ["load"]))
        #expect(same == descriptor)
    }

    @Test func `a descriptor may say the order of day and month`() throws {
        let said = Self.good.replacing("\"csv\"", with: "\"csv\", \"dayFirst\": true")
        #expect(try descriptor(said).dayFirst == true)
        #expect(try descriptor(Self.good).dayFirst == nil)
        do { _ = try descriptor(said.replacing("true", with: "\"yes\"")) } catch {
            #expect(error.description == "dataset.json: key \"dayFirst\": is no true or false")
        }
    }

    @Test(arguments: [
        ("", "dataset.json: the file is empty"), ("{", "dataset.json: key \"\": not JSON"),
        ("[]", "dataset.json: key \"\": is no object"),
        ("{\"name\": \"x\", \"kind\": \"tickets\"}", "dataset.json: key \"format\": is missing"),
    ])
    func `a broken descriptor is an error`(json: String, message: String) {
        #expect(throws: RecordError.self) { try descriptor(json) }
        do { _ = try descriptor(json) } catch { #expect(error.description == message) }
    }

    @Test(arguments: [
        ("\"tickets\"", "\"intents\"", "kind"), ("\"csv\"", "\"parquet\"", "format"),
        ("Europe/Rome", "Mars/Olympus", "timeZone"),
        ("[\"t.csv\"]", "[]", "files"), ("[\"t.csv\"]", "[\"../t.csv\"]", "files"),
        ("[\"t.csv\"]", "\"t.csv\"", "files"),
        ("\"desk\"", "\"../desk\"", "name"), ("\"desk\"", "5", "name"), ("\"desk\"", "null", "name"),
        ("\"hoursToResolution\": \"h\"", "\"x\": 1", "columns"), ("\"openedAt\": \"opened\",", "", "columns.openedAt"),
        ("\"numeric\": [\"load\"]", "\"numeric\": [\"weight\"]", "columns.numeric"),
        ("[\"load\"], \"numeric\": [\"load\"]", "[\"group\"]", "columns.attributes"),
    ])
    func `the key that is wrong is named`(text: String, replacement: String, key: String) throws {
        let json = Self.good.replacing(text, with: replacement)
        try #require(json != Self.good)
        do {
            _ = try descriptor(json)
            Issue.record("no error")
        } catch {
            #expect("\(error)".hasPrefix("dataset.json: key \"\(key)\": "))
        }
    }

    @Test func `files are found beside the descriptor first, then in the data folder, then in the shared one`() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.good, to: "repository/datasets/desk/dataset.json")
        let set = folder.path + "/repository/datasets/desk"
        let environment = ["CASEBOOK_DATA": folder.path + "/data"]
        func found() throws -> String {
            try TicketDataset(at: set, environment: environment, workingDirectory: folder.path + "/elsewhere").files[0]
        }
        let missing = RecordError.missingFile(file: set + "/t.csv", others: ["$CASEBOOK_DATA/desk", "../shared/data"])
        #expect(throws: missing) { try found() }
        #expect("\(missing)" == "\(set)/t.csv: no such file, nor in $CASEBOOK_DATA/desk or ../shared/data")
        var places = ["shared/data/kind/desk/t.csv", "shared/data/desk/t.csv", "data/desk/t.csv"]
        places.append("repository/datasets/desk/t.csv")
        for place in places {
            try folder.write(Self.csv, to: place)
            let file = try found()
            #expect(file.hasSuffix("/" + place), "\(file)")
        }
        let reading = try TicketDataset(at: set + "/dataset.json").read(redactor: Redactors.plain())
        #expect(reading.table.ids == ["a"])
        #expect(Instant(seconds: reading.table.openedAt[0]).iso8601 == "2024-07-01T10:00:00Z")
        #expect(reading.table.numericColumn(named: "load")?.values == [2])
    }

    @Test func `the working directory leads to the shared folder too`() throws {
        let folder = try TemporaryFolder()
        let descriptor = try folder.write(Self.good, to: "a/b/c/d/dataset.json")
        try folder.write(Self.csv, to: "shared/data/desk/t.csv")
        try folder.write("", to: "work/here")
        let dataset = try TicketDataset(at: descriptor, workingDirectory: folder.path + "/work")
        #expect(dataset.files[0].hasSuffix("work/../shared/data/desk/t.csv"))
        #expect(dataset.descriptor.name == "desk")
    }

    @Test func `JSON lines are read with the keys of the descriptor`() throws {
        let folder = try TemporaryFolder()
        let json = Self.good.replacing("csv\"", with: "ndjson\"").replacing("t.csv", with: "t.ndjson")
        try folder.write(json.replacing("t.ndjson\"", with: "t.ndjson\", \"u.ndjson\""), to: "dataset.json")
        let line =
            "{\"id\":\"a\",\"opened\":\"2024-07-01 12:00\",\"h\":1,\"team\":\"x\",\"attributes\":{\"load\":3},\"who\":\"n\"}\n"
        try folder.write(line, to: "t.ndjson")
        try folder.write(
            line.replacing("\"a\"", with: "\"b\"") + "{\"id\":\"c\",\"opened\":\"2024-07-01 12:30\"}\nbad",
            to: "u.ndjson")
        let dataset = try TicketDataset(at: folder.path)
        let reading = try dataset.read(badRows: .areSetAside, redactor: Redactors.plain())
        #expect(reading.table.ids == ["a", "b", "c"])
        #expect(reading.table.hours == [1, 1, 0.5])
        #expect(reading.table.resolved == [true, true, false])
        #expect(reading.table.categorical == [CategoricalColumn(name: "group", levels: ["x"], codes: [0, 0, -1])])
        #expect(reading.table.numeric[0].values.prefix(2) == [3, 3])
        #expect(
            reading.rejected.map(\.fault.description) == [
                "\(folder.path)/u.ndjson:3: the last line is half-written: \"bad\""
            ])
        #expect(throws: RecordError.self) { try dataset.read(redactor: Redactors.plain()) }
        try folder.write("", to: "t.ndjson")
        #expect(throws: RecordError.emptyFile(file: folder.path + "/t.ndjson")) {
            try dataset.read(redactor: Redactors.plain())
        }
    }

    @Test func `files that are none are told apart`() throws {
        let folder = try TemporaryFolder()
        #expect(throws: RecordError.missingFile(file: folder.path + "/x")) {
            try RecordFile(reading: folder.path + "/x")
        }
        #expect(throws: RecordError.notAFile(file: folder.path)) { try RecordFile(reading: folder.path) }
        #expect(throws: RecordError.missingFile(file: folder.path + "/dataset.json")) {
            try TicketDataset(at: folder.path)
        }
        let loop = folder.path + "/loop"
        try FileManager.default.createSymbolicLink(atPath: loop, withDestinationPath: loop)
        #expect(throws: RecordError.unreadable(file: loop, reason: "Too many levels of symbolic links")) {
            try RecordFile(reading: loop)
        }
    }

    @Test(arguments: [
        (RecordError.missingFile(file: "f"), Int32(66)), (.notAFile(file: "f"), 66),
        (.unreadable(file: "f", reason: ""), 66), (.emptyFile(file: "f"), 65), (.unknownZone("z"), 65),
        (.repeatedColumn(file: "f", column: "c"), 65), (.unknownColumn(file: "f", column: "c", present: []), 65),
    ])
    func `no input and wrong input have different exit codes`(error: RecordError, code: Int32) {
        #expect(error.exitCode == code)
    }

    @Test(arguments: [
        (RecordError.missingFile(file: "f"), "f: no such file"), (.notAFile(file: "f"), "f: not a file"),
        (.unreadable(file: "f", reason: "r"), "f: cannot be read: r"), (.emptyFile(file: "f"), "f: the file is empty"),
        (.unknownZone("z"), "no time zone is named \"z\""),
        (
            .invalidRow(RowFault(file: "f", line: 3, field: "n", excerpt: "0", reason: .outOfRange("1 or more"))),
            "f:3: field \"n\": \"0\" is not 1 or more"
        ),
    ])
    func `errors are one line`(error: RecordError, message: String) {
        #expect(error.description == message)
    }

    private static let repository = String(#filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined())

    @Test(arguments: [
        ("uci_incident", 22_890, 19, 0, 0), ("helpdesk", 4_580, 10, 0, 0), ("boston311", 4_995, 7, 1, 1),
    ])
    func `the described sets are read, where they are at hand`(
        name: String, rows: Int, words: Int, numbers: Int, texts: Int
    ) throws {
        let dataset: TicketDataset
        do {
            dataset = try TicketDataset(at: Self.repository + "/datasets/" + name)
        } catch {
            // The rows are not ours to ship.
            if case .missingFile = error { return }
            throw error
        }
        let table = try dataset.read(redactor: Redactors.plain()).table
        #expect(table.count == rows)
        #expect([table.categorical.count, table.numeric.count, table.text.count] == [words, numbers, texts])
        #expect(table.resolved.allSatisfy { $0 })
        #expect(table.hours.allSatisfy { $0 >= 0 })
        #expect(table.sortedByOpening().ids == table.ids)
    }
}
