internal import Records

/// Tells a line of a machine by how it begins: a time of a log, a frame of a stack trace, a prompt, a bracket of data.
enum MachineOpening {
    /// Judges the front of a line, which is not empty.
    static func judge(_ line: UnsafeBufferPointer<UInt8>) -> MachineText.Likelihood {
        switch line[0] {
        case 0x30...0x39: return time(line)
        case UInt8(ascii: "["), UInt8(ascii: "("):
            let inner = UnsafeBufferPointer(rebasing: line[1...])
            if !inner.isEmpty, time(inner) != .unlikely { return .certain }
            return levels.contains { inner.starts(with: $0) } ? .certain : .unlikely
        case UInt8(ascii: "-") where line.starts(with: "-----BEGIN ") || line.starts(with: "-----END "): return .certain
        case UInt8(ascii: "$") where line.starts(with: "$ "): return .certain
        case UInt8(ascii: "#"): return line.starts(with: "#include") || isFrameNumber(line) ? .certain : .unlikely
        case UInt8(ascii: "<"):
            let isElement = line.last == UInt8(ascii: ">") && line.count > 2
            return isElement && RedactedText.tokenEnd(at: 0, in: line) == nil ? element(line) : .unlikely
        case UInt8(ascii: "{"), UInt8(ascii: "\""), UInt8(ascii: "'"):
            return line.contains("\":") || line.contains("':") ? .certain : .unlikely
        case UInt8(ascii: "/") where line.starts(with: "//") || line.starts(with: "/*"): return .likely
        case UInt8(ascii: "|") where line.last == UInt8(ascii: "|"): return .likely
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): return capital(line)
        case UInt8(ascii: "."): return line.starts(with: "... ") && line.contains(" more") ? .certain : .unlikely
        case UInt8(ascii: "a"): return line.starts(with: "at ") && isFrame(line) ? .certain : exception(line)
        case UInt8(ascii: "g"): return line.starts(with: "goroutine ") ? .certain : exception(line)
        default: return exception(line)
        }
    }

    private static let levels: [StaticString] = [
        "TRACE", "DEBUG", "INFO", "NOTICE", "WARN", "ERROR", "FATAL", "SEVERE", "CRIT",
    ]
    private static let openings: [StaticString] = [
        "Traceback (most recent call last)", "Caused by: ", "Exception in thread ", "File \"", "PS C:\\", "C:\\>",
    ]
    private static func capital(_ line: UnsafeBufferPointer<UInt8>) -> MachineText.Likelihood {
        if openings.contains(where: { line.starts(with: $0) }) { return .certain }
        if levels.contains(where: { line.starts(with: $0) }), let end = line.firstIndex(where: { !(65...90 ~= $0) }) {
            return line[end] == UInt8(ascii: ":") || line[end] == 0x20 ? .likely : .unlikely
        }
        return exception(line)
    }

    /// A time to the second, with its date or with a fraction: prose gives times to the minute.
    private static func time(_ line: UnsafeBufferPointer<UInt8>) -> MachineText.Likelihood {
        guard 48...57 ~= line[0] else { return .unlikely }
        if let clock = clockEnd(0, line) {
            let hasFraction =
                clock < line.count && (line[clock] == UInt8(ascii: ".") || line[clock] == UInt8(ascii: ","))
            return hasFraction && clock + 1 < line.count && 48...57 ~= line[clock + 1] ? .certain : .likely
        }
        let digits = digits(0, line)
        guard digits < line.count else { return .unlikely }
        switch line[digits] {
        case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."):
            return hasClock(line) ? .certain : .unlikely
        case 0x20 where digits == 6: return self.digits(7, line) == 13 ? .certain : .unlikely
        case 0x20 where digits == 10 || digits == 13: return .likely
        default: return .unlikely
        }
    }

    /// Whether a time to the second stands within the first bytes of a line.
    private static func hasClock(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        (4..<max(4, min(24, line.count - 7))).contains { clockEnd($0, line) != nil }
    }

    /// The end of `dd:dd:dd` at a place.
    private static func clockEnd(_ start: Int, _ line: UnsafeBufferPointer<UInt8>) -> Int? {
        guard start + 8 <= line.count, line[start + 2] == UInt8(ascii: ":"), line[start + 5] == UInt8(ascii: ":") else {
            return nil
        }
        for place in [0, 1, 3, 4, 6, 7] where !(48...57 ~= line[start + place]) { return nil }
        return start + 8
    }

    private static func digits(_ start: Int, _ line: UnsafeBufferPointer<UInt8>) -> Int {
        line[min(start, line.count)...].firstIndex { !(48...57 ~= $0) } ?? line.count
    }

    /// `at package.Type.method(File:12)`, or a place in a file at the end.
    private static func isFrame(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        let name = line[3...].prefix { $0 != 0x20 && $0 != UInt8(ascii: "(") }
        let end = name.endIndex
        guard end < line.count else { return name.contains(UInt8(ascii: ":")) && name.contains(UInt8(ascii: "/")) }
        if line[end] == UInt8(ascii: "("), name.contains(UInt8(ascii: ".")) { return true }
        return line.last == UInt8(ascii: ")") && line.contains(":")
    }

    /// `#12 0x…`.
    private static func isFrameNumber(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        let end = digits(1, line)
        return end > 1 && line.contains(" 0x")
    }

    /// Elements of XML.
    private static func element(_ line: UnsafeBufferPointer<UInt8>) -> MachineText.Likelihood {
        line[1] == UInt8(ascii: "/") || line[1] == UInt8(ascii: "?") || line.contains("</") || line.contains("=\"")
            ? .certain : .likely
    }

    /// `Mar  4 10:11:12`, with or without the day of the week, in any language.
    private static func isStamped(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        var place = 0
        for _ in 0..<2 {
            let end = line[place...].firstIndex { !($0 >= 0x80 || 97...122 ~= $0 | 0x20 || $0 == UInt8(ascii: ".")) }
            guard let end, 2...6 ~= end - place, line[end] == 0x20 else { return false }
            place = line[end...].firstIndex { $0 != 0x20 } ?? line.count
            let day = digits(place, line)
            guard day > place else { continue }
            return day - place <= 2 && day < line.count && line[day] == 0x20 && clockEnd(day + 1, line) != nil
        }
        return false
    }

    /// `some.qualified.NameException: …`, or a line of the system log.
    private static func exception(_ line: UnsafeBufferPointer<UInt8>) -> MachineText.Likelihood {
        if isStamped(line) { return .certain }
        let name = UnsafeBufferPointer(rebasing: line.prefix { $0 != 0x20 && $0 != UInt8(ascii: ":") })
        guard name.count > 9, name.contains("Exception") || name.contains("Error") else { return .unlikely }
        return name.contains(UInt8(ascii: ".")) ? .certain : .likely
    }
}
