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
        if isProtobuf(start) { return .otlpProtobuf }
        if isExport(start) { return .otlpJSON }
        let clock = LogClock(zone: .utc, observedTime: 0)
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
    private static func isProtobuf(_ start: UnsafeRawBufferPointer) -> Bool {
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
