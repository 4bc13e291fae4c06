import Records
import Testing

struct SignatureObservationReaderTests {
    private func read(_ text: String, badRows: BadRows = .areErrors) throws -> ([SignatureObservation], [RejectedRow]) {
        var reader = SignatureObservationReader(file: "s.ndjson", badRows: badRows)
        var observations = try reader.read(Array(text.utf8))
        observations += try reader.finish()
        return (observations, reader.rejected)
    }

    @Test func `a customer has the name that tickets give`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(
            "{\"time\":\"2024-05-01\",\"account\":\"who@example.com\",\"signature\":\"s\",\"severityNumber\":9}\n",
            to: "s.ndjson")
        let redactor = try Redactors.plain()
        let read = try SignatureObservationReader.read(file: path, redactor: redactor)
        #expect(read.map(\.customer) == [redactor.redact(RawText("who@example.com")).string])
    }

    @Test(arguments: [
        "{\"time\":\"2024-05-01T10:00:00Z\",\"account\":\"A\",\"signature\":\"s\",\"severityNumber\":17,\"count\":3,\"x\":{}}\n",
        "{\"timeUnixNano\":1714557600000000000,\"customer\":\"A\",\"signature\":\"s\",\"severityNumber\":\"17\",\"count\":3}",
        "{\"timeUnixNano\":\"1714557600000000000\",\"account\":\"A\",\"signature\":\"s\",\"severityNumber\":17,\"count\":\"3\"}",
    ])
    func `an observation is read`(line: String) throws {
        let expected = SignatureObservation(
            time: 1_714_557_600, customer: "A", signature: "s", severityNumber: 17, count: 3)
        #expect(try read(line).0 == [expected])
    }

    @Test(arguments: [
        ("{\"account\":\"A\",\"signature\":\"s\",\"severityNumber\":1}", "field \"time\": a value is needed here"),
        (
            "{\"time\":\"2024-05-01\",\"signature\":\"s\",\"severityNumber\":1}",
            "field \"account\": a value is needed here"
        ),
        (
            "{\"time\":\"2024-05-01\",\"account\":\"A\",\"severityNumber\":1}",
            "field \"signature\": a value is needed here"
        ),
        (
            "{\"time\":\"2024-05-01\",\"account\":null,\"signature\":\"s\",\"severityNumber\":1}",
            "field \"account\": a value is needed here"
        ),
        (
            "{\"time\":\"2024-05-01\",\"account\":\"A\",\"signature\":\"s\"}",
            "field \"severityNumber\": a value is needed here"
        ),
        ("{\"severityNumber\":25}", "field \"severityNumber\": \"25\" is not a whole number from 1 to 24"),
        ("{\"severityNumber\":1.5}", "field \"severityNumber\": \"1.5\" is not a number"),
        ("{\"severityNumber\":\"high\"}", "field \"severityNumber\": \"high\" is not a number"),
        ("{\"count\":null}", "field \"count\": a value is needed here"),
        ("{\"account\":7}", "field \"account\": 7 is not a text"),
        ("{\"time\":7}", "field \"time\": \"7\" is not a time"), ("{", "the last line is half-written: \"{\""),
    ])
    func `a bad line is named`(line: String, message: String) {
        do {
            _ = try read(line)
            Issue.record("no error")
        } catch {
            #expect("\(error)" == "s.ndjson:1: " + message)
        }
    }

    @Test func `bad lines are set aside`() throws {
        let good = "{\"time\":\"2024-05-01\",\"account\":\"A\",\"signature\":\"s\",\"severityNumber\":1}\n"
        let (observations, rejected) = try read(good + "bad\n{\"time\":1}\n" + good, badRows: .areSetAside)
        #expect(observations.count == 2)
        #expect(observations[0].count == 1)
        #expect(rejected.map(\.fault.line) == [2, 3])
        #expect(rejected.map { String(decoding: $0.raw, as: UTF8.self) } == ["bad", "{\"time\":1}"])
    }
}
