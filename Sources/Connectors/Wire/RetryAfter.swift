public import Records

/// How long a system wants to be left alone (RFC 9110, section 10.2.3).
public enum RetryAfter {
    /// The seconds of a `Retry-After`.
    ///
    /// - Parameters:
    ///   - value: Seconds, or a date in the form `Sun, 06 Nov 1994 08:49:37 GMT`.
    ///   - now: The time by the clock of whoever sent it.
    /// - Returns: 0 or more, a day at most; nil when the value is neither.
    public static func seconds(of value: String, at now: Instant) -> Double? {
        if let seconds = Double(value.trimmed), seconds.isFinite { return min(max(0, seconds), 86_400) }
        guard let date = HTTPDate.instant(value.trimmed) else { return nil }
        return min(max(0, date.seconds - now.seconds), 86_400)
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
