internal import Records

/// A syslog message of RFC 5424, or of RFC 3164 as it is found in practice, as places in its line.
struct SyslogLine {
    /// The facility, 0...23.
    var facility = 0
    /// The severity, 0 (emergency) to 7 (debug).
    var severity = 0
    /// Whether it is of RFC 5424.
    var isVersioned = false
    /// Nanoseconds since 1970 UTC; nil when it has none or it does not fit.
    var time: Int64?
    /// Whether it has a time.
    var hasTime = false
    var host: Range<Int>?
    var application: Range<Int>?
    var process: Range<Int>?
    var messageID: Range<Int>?
    /// The names and values of structured data; `id.name` is made of the first two.
    var data: [(id: Range<Int>, name: Range<Int>, value: Range<Int>)] = []
    /// Where the message begins.
    var message = 0

    /// The most values of structured data that are told apart; all stay in the text.
    private static let mostData = 64

    /// Reads a line; nil when it does not begin with `<n>`.
    init?(_ line: UnsafeRawBufferPointer, clock: LogClock) {
        var scanner = LineScanner(line)
        guard scanner.skip(UInt8(ascii: "<")), let priority = scanner.number(upTo: 3), priority < 192,
            scanner.skip(UInt8(ascii: ">"))
        else { return nil }
        facility = priority / 8
        severity = priority % 8
        let start = scanner.position
        if !takeVersioned(&scanner, clock) {
            scanner.position = start
            takeOld(&scanner, clock)
        }
    }

    /// `1 TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA MSG` (RFC 5424, section 6).
    private mutating func takeVersioned(_ scanner: inout LineScanner, _ clock: LogClock) -> Bool {
        guard scanner.number(upTo: 2) != nil, scanner.skip(0x20), let stamp = scanner.word() else { return false }
        if !scanner.isNothing(stamp) {
            guard let moment = TimeScanner.whole(scanner.text(stamp), clock: clock) else { return false }
            time = moment.nanoseconds
            hasTime = true
        }
        guard let host = scanner.word(), let application = scanner.word(), let process = scanner.word(),
            let messageID = scanner.word(), let first = scanner.byte
        else { return false }
        isVersioned = true
        self.host = scanner.isNothing(host) ? nil : host
        self.application = scanner.isNothing(application) ? nil : application
        self.process = scanner.isNothing(process) ? nil : process
        self.messageID = scanner.isNothing(messageID) ? nil : messageID
        if first == UInt8(ascii: "-") {
            scanner.position += 1
        } else {
            while takeElement(&scanner) {}
        }
        _ = scanner.skip(0x20)
        // The mark of UTF-8 at the start of the message.
        if TraceLines.begins(scanner.text(scanner.position..<scanner.line.count), "\u{FEFF}") { scanner.position += 3 }
        message = scanner.position
        return true
    }

    /// `[id name="value" …]`; one that is broken is a part of the message.
    private mutating func takeElement(_ scanner: inout LineScanner) -> Bool {
        let start = scanner.position
        let known = data.count
        guard scanner.skip(UInt8(ascii: "[")) else { return false }
        guard let id = name(&scanner) else {
            scanner.position = start
            return false
        }
        while scanner.skip(0x20) {
            if scanner.byte == UInt8(ascii: "]") { break }
            guard let name = name(&scanner), scanner.skip(UInt8(ascii: "=")), let value = scanner.quoted() else {
                scanner.position = start
                data.removeSubrange(known...)
                return false
            }
            if data.count < Self.mostData { data.append((id, name, value)) }
        }
        guard scanner.skip(UInt8(ascii: "]")) else {
            scanner.position = start
            data.removeSubrange(known...)
            return false
        }
        return true
    }

    private func name(_ scanner: inout LineScanner) -> Range<Int>? {
        let start = scanner.position
        while let byte = scanner.byte, byte > 0x20, byte != UInt8(ascii: "="), byte != UInt8(ascii: "]"),
            byte != UInt8(ascii: "\"")
        {
            scanner.position += 1
        }
        return scanner.position > start ? start..<scanner.position : nil
    }

    /// `TIMESTAMP HOSTNAME TAG[pid]: MSG` (RFC 3164, section 4), where any part may be missing.
    private mutating func takeOld(_ scanner: inout LineScanner, _ clock: LogClock) {
        let start = scanner.position
        // Some devices count their messages before the time, and mark a clock that is not set.
        if scanner.number(upTo: 10) != nil, scanner.skip(UInt8(ascii: ":")) {
            _ = scanner.skip(0x20)
        } else {
            scanner.position = start
        }
        if !scanner.skip(UInt8(ascii: "*")) { _ = scanner.skip(UInt8(ascii: ".")) }
        if let stamp = TimeScanner.scan(scanner.line, at: scanner.position, clock: clock), stamp.hasDate {
            time = stamp.nanoseconds
            hasTime = true
            scanner.position = stamp.end
            _ = scanner.skip(UInt8(ascii: ":"))
            while scanner.skip(0x20) {}
        } else {
            scanner.position = start
        }
        message = scanner.position
        if hasTime, let word = scanner.word() {
            // A word with a colon or a bracket is the tag of a sender that leaves its name out.
            let isTag =
                scanner.text(word).contains { $0 == UInt8(ascii: "[") } || scanner.line[word.upperBound - 1] == 0x3A
            if isTag {
                scanner.position = word.lowerBound
            } else if scanner.position < scanner.line.count {
                host = word
                message = scanner.position
            }
        }
        takeTag(&scanner)
    }

    private mutating func takeTag(_ scanner: inout LineScanner) {
        let start = scanner.position
        while let byte = scanner.byte, scanner.position - start < 64, byte > 0x20, byte != UInt8(ascii: "["),
            byte != UInt8(ascii: ":")
        {
            scanner.position += 1
        }
        let tag = start..<scanner.position
        guard !tag.isEmpty else { return }
        var pid: Range<Int>?
        if scanner.skip(UInt8(ascii: "[")) {
            let first = scanner.position
            while let byte = scanner.byte, byte != UInt8(ascii: "]"), byte > 0x20 { scanner.position += 1 }
            pid = first..<scanner.position
            guard scanner.skip(UInt8(ascii: "]")) else { return }
        }
        guard scanner.skip(UInt8(ascii: ":")) else { return }
        _ = scanner.skip(0x20)
        application = tag
        process = pid.flatMap { $0.isEmpty ? nil : $0 }
        message = scanner.position
    }
}
