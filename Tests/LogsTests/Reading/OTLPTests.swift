@_spi(RawText) import Logs
@_spi(RawText) import Records
import Testing

@Suite("OTLP")
struct OTLPTests {
    private static let export = """
        {"resourceLogs": [{
          "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "store"}}]},
          "scopeLogs": [{
            "scope": {"name": "writer"},
            "logRecords": [
              {"timeUnixNano": "1772360130000000001", "observedTimeUnixNano": "1772360131000000000",
               "severityNumber": "SEVERITY_NUMBER_WARN", "body": {"stringValue": "disk is {full}"},
               "attributes": [{"key": "shard", "value": {"intValue": "7"}},
                              {"key": "tags", "value": {"arrayValue": {"values": [{"stringValue": "a"}, {"boolValue": true}]}}}],
               "traceId": "0123456789abcdef0123456789abcdef", "spanId": "0123456789abcdef"},
              {"timeUnixNano": 1772360130000000002, "severityNumber": 9,
               "body": {"kvlistValue": {"values": [{"key": "a", "value": {"doubleValue": 1.5}}]}}}
            ]}]
        }]}
        """

    @Test("is read in JSON over several lines, and several documents after each other", arguments: [1, 7, 64, 100_000])
    func json(_ chunk: Int) throws {
        let log = ReadLog(Self.export + "\n" + Self.export.filter { $0 != "\n" } + "\n", chunk: chunk)
        #expect(log.format == .otlpJSON)
        #expect(log.bodies == ["disk is {full}", #"{"a":1.5}"#, "disk is {full}", #"{"a":1.5}"#])
        try expectTheRecord(#require(log.events.first))
        #expect(log.events[1].severityNumber == 9)
        #expect(log.events[1].resource("service.name") == "store")
        #expect(log.faults.counts.isEmpty)
        #expect(log.counts.lines == 2)
        #expect(log.addsUp)
    }

    private func expectTheRecord(_ event: LogEvent) {
        #expect(event.time == 1_772_360_130_000_000_001)
        #expect(event.observedTime == 1_772_360_131_000_000_000)
        #expect(event.severityNumber == 13)
        #expect(event.attribute("shard") == "7")
        #expect(event.attribute("tags") == "2 items")
        #expect(event.attribute("otel.scope.name") == "writer")
        #expect(event.resource("service.name") == "store")
        #expect(event.traceID?.description == "0123456789abcdef0123456789abcdef")
        #expect(event.spanID?.description == "0123456789abcdef")
    }

    @Test("goes on after a document that breaks off")
    func brokenJSON() {
        let whole = Self.export.filter { $0 != "\n" }
        let log = ReadLog(whole.prefix(200) + "\n" + whole + "\nwords\n{\"a\":1}\n" + whole.prefix(90), .otlpJSON)
        #expect(log.bodies.filter { $0 == "disk is {full}" }.count == 1)
        #expect(log.faults[.notThisFormat] == 4)
        #expect(log.faults[.cutShort] == 1)
        #expect(log.addsUp)
    }

    /// Writes protobuf.
    private struct Message {
        var bytes: [UInt8] = []

        static func varint(_ number: UInt64) -> [UInt8] {
            number < 0x80 ? [UInt8(number)] : [UInt8(number & 0x7F) | 0x80] + varint(number >> 7)
        }

        func varint(_ field: UInt64, _ number: UInt64) -> Message {
            Message(bytes: bytes + Self.varint(field << 3) + Self.varint(number))
        }

        func fixed(_ field: UInt64, _ number: UInt64) -> Message {
            Message(
                bytes: bytes + Self.varint(field << 3 | 1)
                    + (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
        }

        func bytes(_ field: UInt64, _ content: [UInt8]) -> Message {
            Message(bytes: bytes + Self.varint(field << 3 | 2) + Self.varint(UInt64(content.count)) + content)
        }

        func text(_ field: UInt64, _ text: String) -> Message { bytes(field, Array(text.utf8)) }

        func message(_ field: UInt64, _ message: Message) -> Message { bytes(field, message.bytes) }

        static func pair(_ key: String, _ value: Message) -> Message { Message().text(1, key).message(2, value) }
    }

    private static func request(_ body: Message) -> Message {
        let tags = Message().message(1, Message().text(1, "a")).message(1, Message().varint(2, 1))
        let bytes: [UInt8] = [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef]
        let record = Message()
            .fixed(1, 1_772_360_130_000_000_001).varint(2, 13).message(5, body)
            .message(6, .pair("shard", Message().varint(3, 7)))
            .message(6, .pair("tags", Message().message(5, tags)))
            .bytes(9, bytes + bytes).bytes(10, bytes).fixed(11, 1_772_360_131_000_000_000)
        let scope = Message().message(1, Message().text(1, "writer")).message(2, record)
        let resource = Message().message(1, .pair("service.name", Message().text(1, "store")))
        return Message().message(1, Message().message(1, resource).message(2, scope))
    }

    private static func counted(_ message: Message) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: message.bytes.count >> (24 - 8 * $0)) } + message.bytes
    }

    @Test("is read in protobuf, with lengths and without", arguments: [1, 7, 64, 100_000])
    func protobuf(_ chunk: Int) throws {
        let request = Self.request(Message().text(1, "disk is full"))
        for bytes in [Self.counted(request) + Self.counted(request), request.bytes + request.bytes] {
            let log = ReadLog(bytes, chunk: chunk)
            #expect(log.format == .otlpProtobuf)
            #expect(log.bodies == ["disk is full", "disk is full"])
            try expectTheRecord(#require(log.events.first))
            #expect(log.faults.counts.isEmpty)
            #expect(log.addsUp)
        }
    }

    @Test("keeps what came before bytes that are no message")
    func brokenProtobuf() {
        let request = Self.request(Message().text(1, "disk is full"))
        let cut = ReadLog(Self.counted(request) + Self.counted(request).dropLast(3), .otlpProtobuf)
        #expect(cut.bodies == ["disk is full"])
        #expect(cut.faults[.cutShort] == 1)
        #expect(cut.addsUp)
        let wrong = ReadLog(request.bytes + [0xFF, 0xFF, 1, 2, 3], .otlpProtobuf)
        #expect(wrong.bodies == ["disk is full"])
        #expect(wrong.faults[.badFrame] == 1)
        let inner = ReadLog(Self.counted(Message().message(1, Message().bytes(2, [0x12, 0x7F, 1]))), .otlpProtobuf)
        #expect(inner.events.isEmpty)
        #expect(inner.faults[.badFrame] == 1)
        #expect(inner.addsUp)
    }

    @Test("leaves out what nests too deeply, and passes over what is too long to be held")
    func bounds() {
        var value = Message().text(1, "x")
        for _ in 0..<200 { value = Message().message(5, Message().message(1, value)) }
        let deep = ReadLog(Self.counted(Self.request(value)), .otlpProtobuf)
        #expect(deep.events.count == 1)
        #expect(deep.faults[.nestedTooDeep] == 1)
        let long: [UInt8] = [0x04, 0, 0, 0] + [UInt8](repeating: 0, count: 0x0400_0000)
        let log = ReadLog(long + Self.counted(Self.request(Message().text(1, "after"))), .otlpProtobuf, chunk: 1 << 20)
        #expect(log.bodies == ["after"])
        #expect(log.faults[.cutLine] == 1)
        #expect(log.addsUp)
    }
}
