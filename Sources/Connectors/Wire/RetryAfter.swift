public import Records

/// How long a system wants to be left alone (RFC 9110, section 10.2.3).
public enum RetryAfter {
    /// The seconds of a `Retry-After`.
    ///
    /// - Parameters:
    ///   - value: Seconds, or a date in the form `Sun, 06 Nov 1994 08:49:37 GMT`.
    ///   - now: The time.
    /// - Returns: 0 or more, a day at most; nil when the value is neither.
    public static func seconds(of value: String, at now: Instant) -> Double? {
        if let seconds = Double(value.trimmed), seconds.isFinite { return min(max(0, seconds), 86_400) }
        guard let date = date(of: value.trimmed) else { return nil }
        return min(max(0, date.seconds - now.seconds), 86_400)
    }

    private static func date(of text: String) -> Instant? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT" || parts[5] == "UTC", let day = Int(parts[1]),
            let month = months.firstIndex(of: String(parts[2])), let year = Int(parts[3])
        else { return nil }
        let time = parts[4].split(separator: ":").map { Int($0) ?? -1 }
        guard time.count == 3 else { return nil }
        let civil = CivilTime(
            year: year, month: month + 1, day: day, hour: time[0], minute: time[1], second: Double(time[2]))
        return civil.isValid ? Instant(seconds: civil.localSeconds) : nil
    }
}

extension String {
    /// Without blanks at either end.
    var trimmed: String {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
