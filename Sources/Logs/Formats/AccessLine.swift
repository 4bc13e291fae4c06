/// A line of the common or combined log format of web servers, as places in it:
/// `host ident user [time] "request" status bytes "referrer" "agent"`.
struct AccessLine {
    var host = 0..<0
    var user: Range<Int>?
    var time: Int64?
    /// The request line within its quotes.
    var request = 0..<0
    var method: Range<Int>?
    var target: Range<Int>?
    var version: Range<Int>?
    var status = 0
    var size: Int?
    var referrer: Range<Int>?
    var agent: Range<Int>?

    /// Reads a line; nil when it is not of this form up to the status.
    init?(_ line: UnsafeRawBufferPointer, clock: LogClock) {
        var scanner = LineScanner(line)
        guard let host = scanner.word(), scanner.word() != nil, let user = scanner.word() else { return nil }
        // Some servers put the name of the virtual host first.
        guard scanner.skip(UInt8(ascii: "[")),
            let stamp = TimeScanner.scan(line, at: scanner.position, clock: clock), stamp.hasDate
        else { return nil }
        self.host = host
        self.user = scanner.isNothing(user) ? nil : user
        time = stamp.nanoseconds
        scanner.position = stamp.end
        guard scanner.skip(UInt8(ascii: "]")), scanner.skip(0x20), let request = scanner.quoted(), scanner.skip(0x20),
            let status = scanner.number(upTo: 3)
        else { return nil }
        self.request = request
        self.status = status
        takeRequest(line)
        guard scanner.skip(0x20) else { return }
        if let size = scanner.number(upTo: 18) { self.size = size } else { _ = scanner.skip(UInt8(ascii: "-")) }
        guard scanner.skip(0x20), let referrer = scanner.quoted() else { return }
        self.referrer = scanner.isNothing(referrer) ? nil : referrer
        guard scanner.skip(0x20), let agent = scanner.quoted() else { return }
        self.agent = scanner.isNothing(agent) ? nil : agent
    }

    private mutating func takeRequest(_ line: UnsafeRawBufferPointer) {
        let words = line[request].split(separator: 0x20, maxSplits: 2)
        guard words.count >= 2 else { return }
        method = words[0].startIndex..<words[0].endIndex
        target = words[1].startIndex..<words[1].endIndex
        if words.count == 3, words[2].count > 5 { version = words[2].startIndex + 5..<words[2].endIndex }
    }
}
