@_spi(RawText) import Logs
@_spi(RawText) import Records

/// A log that was read to its end.
struct ReadLog {
    let events: [LogEvent]
    let faults: LogFaults
    let counts: LogCounts
    let format: LogFormat?
    let messages: [String]

    /// When logs are read in these tests: 2026-03-02T00:00:00Z.
    static let now: Int64 = 1_772_409_600_000_000_000

    /// - Parameter chunk: The bytes that are handed over together.
    init(
        _ bytes: [UInt8], _ format: LogFormat? = nil, mapping: LogFieldMapping = LogFieldMapping(),
        zone: ZoneRules = .utc,
        chunk: Int = .max
    ) {
        var stream = LogStream(format: format, mapping: mapping, zone: zone, observedTime: Self.now)
        var batch = LogBatch()
        var events: [LogEvent] = []
        var messages: [String] = []
        func take() {
            for record in batch.records {
                events.append(batch.event(record))
                messages.append(
                    batch.withMessage(record) { line in
                        String(decoding: line.indices.map { line[$0] }, as: UTF8.self)
                    })
            }
            batch.removeAll()
        }
        var start = 0
        while start < bytes.count {
            let end = start + min(chunk, bytes.count - start)
            stream.read(Array(bytes[start..<end]), into: &batch)
            take()
            start = end
        }
        stream.finish(into: &batch)
        take()
        self.events = events
        self.messages = messages
        faults = stream.faults
        counts = stream.counts
        self.format = stream.format
    }

    init(_ text: String, _ format: LogFormat? = nil, zone: ZoneRules = .utc, chunk: Int = .max) {
        self.init(Array(text.utf8), format, zone: zone, chunk: chunk)
    }

    var bodies: [String] { events.map { String(decoding: $0.body.bytes, as: UTF8.self) } }

    /// Whether every line is a part of a record or skipped and counted.
    var addsUp: Bool { counts.linesOfRecords + counts.skippedLines == counts.lines }
}

extension LogEvent {
    /// The text, number or truth of an attribute, for comparison.
    func attribute(_ key: String) -> String? { Self.text(attributes, key) }

    /// As ``attribute(_:)`` of the resource.
    func resource(_ key: String) -> String? { Self.text(resource, key) }

    private static func text(_ attributes: [LogAttribute], _ key: String) -> String? {
        guard let value = attributes.first(where: { $0.key == key })?.value else { return nil }
        switch value {
        case .text(let text), .bytes(let text): return String(decoding: text.bytes, as: UTF8.self)
        case .integer(let number): return String(number)
        case .number(let number): return String(number)
        case .flag(let flag): return String(flag)
        case .null: return "null"
        case .list(let items): return "\(items.count) items"
        case .map(let members): return members.map(\.key).joined(separator: ",")
        }
    }
}

/// Nanoseconds since 1970 UTC of a time in ISO 8601.
func nanoseconds(_ text: String) -> Int64? {
    Instant(iso8601: text).map { Int64(($0.seconds * 1_000).rounded()) * 1_000_000 }
}
