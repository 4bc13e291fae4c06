@_spi(RawText) public import Records

extension LogFormat {
    /// The number of bytes at the start of a log that tell its format.
    public static let detectionBytes = 1 << 16

    /// The format that most lines at the start of a log have; ``plain`` when none has at least half of them.
    ///
    /// - Parameters:
    ///   - start: The first bytes, ``detectionBytes`` of them or the whole log when it is shorter.
    ///   - isWhole: Whether they are the whole log, so that the last line has ended.
    public static func detected(in start: RawText, isWhole: Bool) -> LogFormat {
        start.withBytes { detected(in: UnsafeRawBufferPointer($0), isWhole: isWhole) }
    }

    static func detected(in start: UnsafeRawBufferPointer, isWhole: Bool) -> LogFormat {
        let start = UnsafeRawBufferPointer(rebasing: start[ByteOrderMark.count(start)...])
        if isProtobuf(start) { return .otlpProtobuf }
        if isExport(start) { return .otlpJSON }
        let clock = LogClock(zone: .utc, observedTime: 0)
        if isCountedStream(start, clock) { return .syslog }
        var votes: [LogFormat: Int] = [:]
        var voters = 0
        var lines = start.split(separator: 0x0A, maxSplits: mostVoters, omittingEmptySubsequences: true)
        if lines.count > 1, !isWhole || lines.count > mostVoters { lines.removeLast() }
        for slice in lines.prefix(mostVoters) {
            var line = UnsafeRawBufferPointer(rebasing: slice)
            if line.last == 0x0D { line = UnsafeRawBufferPointer(rebasing: line.dropLast()) }
            // What is indented goes on with the line above.
            guard let first = line.first, first != 0x20, first != 0x09 else { continue }
            voters += 1
            votes[vote(line, clock), default: 0] += 1
        }
        let best = LogFormat.allCases.max { votes[$0, default: 0] < votes[$1, default: 0] } ?? .plain
        return 2 * votes[best, default: 0] >= max(1, voters) ? best : .plain
    }

    /// Whether the dates with slashes at the start of a log have the day before the month: more of them can be read so alone than the other way alone.
    static func isDayFirst(in start: UnsafeRawBufferPointer) -> Bool {
        var (days, months) = (0, 0)
        var place = 0
        while let slash = start[place...].firstIndex(of: UInt8(ascii: "/")) {
            place = slash + 1
            guard slash > 0, start[slash - 1].isDigit else { continue }
            var begin = slash - 1
            while begin > 0, slash - begin < 2, start[begin - 1].isDigit { begin -= 1 }
            var scanner = LineScanner(UnsafeRawBufferPointer(rebasing: start[begin..<min(start.count, begin + 11)]))
            guard let first = scanner.number(upTo: 2), scanner.skip(UInt8(ascii: "/")),
                let second = scanner.number(upTo: 2),
                scanner.skip(UInt8(ascii: "/")), let year = scanner.number(upTo: 4), year > 1_900
            else { continue }
            if first > 12, first <= 31, second <= 12 { days += 1 }
            if second > 12, second <= 31, first <= 12 { months += 1 }
        }
        return days > months
    }

    private static let mostVoters = 200

    private static func vote(_ line: UnsafeRawBufferPointer, _ clock: LogClock) -> LogFormat {
        switch line[0] {
        case UInt8(ascii: "{"):
            if TraceLines.begins(line, "{\"resourceLogs\"") { return .otlpJSON }
            return line.last == UInt8(ascii: "}") ? .json : .plain
        case UInt8(ascii: "<"):
            return SyslogLine(line, clock: clock) == nil ? .plain : .syslog
        default:
            if isCounted(line, clock) { return .syslog }
            if AccessLine(line, clock: clock) != nil { return .access }
            var pairs = LogfmtLine(line)
            let isLogfmt = LogfmtLine.isOne(line) && pairs.next() != nil && pairs.next() != nil
            return isLogfmt ? .logfmt : .plain
        }
    }

    /// A syslog message after the count of its bytes.
    private static func isCounted(_ line: UnsafeRawBufferPointer, _ clock: LogClock) -> Bool {
        var scanner = LineScanner(line)
        guard scanner.number(upTo: 7) != nil, scanner.skip(0x20), scanner.byte == UInt8(ascii: "<") else {
            return false
        }
        return SyslogLine(scanner.text(scanner.position..<line.count), clock: clock) != nil
    }

    /// Syslog messages after the counts of their bytes, whose ends are those of no lines.
    private static func isCountedStream(_ start: UnsafeRawBufferPointer, _ clock: LogClock) -> Bool {
        var scanner = LineScanner(start)
        for number in 0..<mostVoters where scanner.position < start.count {
            guard let octets = scanner.number(upTo: 7), scanner.skip(0x20), scanner.byte == UInt8(ascii: "<") else {
                return false
            }
            let message = scanner.position..<min(start.count, scanner.position + octets)
            // The last one may be cut where detection ends.
            guard message.count == octets else { return number > 0 }
            guard SyslogLine(scanner.text(message), clock: clock) != nil else { return false }
            scanner.position = message.upperBound
            _ = scanner.skip(0x0A)
        }
        return !start.isEmpty
    }

    /// A JSON object whose first key is that of an OTLP export, wherever its spaces are.
    private static func isExport(_ start: UnsafeRawBufferPointer) -> Bool {
        var scanner = LineScanner(start)
        while let byte = scanner.byte, byte <= 0x20 { scanner.position += 1 }
        guard scanner.skip(UInt8(ascii: "{")) else { return false }
        while let byte = scanner.byte, byte <= 0x20 { scanner.position += 1 }
        guard let key = scanner.quoted() else { return false }
        let name = scanner.text(key)
        return TraceLines.begins(name, "resourceLogs") || TraceLines.begins(name, "resource_logs")
    }

    /// OTLP in protobuf, with or without a length before it: the fields nest as they must, as far as they can be seen.
    static func isProtobuf(_ start: UnsafeRawBufferPointer) -> Bool {
        let tag = ProtobufReader.tag(1, .lengthDelimited)
        let isControl = { (byte: UInt8) in byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D }
        guard start.count > 8, start.prefix(256).contains(where: isControl) else { return false }
        var request = ProtobufReader(start)
        if start[0] != tag {
            let length = (0..<4).reduce(0) { $0 << 8 | Int(start[$1]) }
            guard length > 0, length <= LineFraming.longestMessage, start[4] == tag else { return false }
            request.position = 4
        }
        guard request.varint() == UInt64(tag), let length = request.varint(), length > 0 else { return false }
        // The first field of `ResourceLogs` is the resource or its scopes.
        guard let field = request.varint(), field >> 3 >= 1, field >> 3 <= 3, field & 7 == 2,
            let inner = request.varint()
        else { return false }
        return inner <= length
    }
}
