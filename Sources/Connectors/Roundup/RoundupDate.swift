internal import Records

/// Times as Roundup writes and reads them: `2026-11-22.14:00:00`, UTC in what it writes, the account's zone in what it is asked.
enum RoundupDate {
    /// The time that a text names; nil when it is none.
    static func instant(_ text: String) -> Instant? {
        guard text.utf8.count >= 19, let point = text.firstIndex(of: ".") else { return nil }
        return Instant(iso8601: text[..<point] + "T" + text[text.index(after: point)...])
    }

    /// A time to the whole second before it.
    static func text(_ instant: Instant) -> String {
        let second = Instant(seconds: instant.seconds.rounded(.down)).iso8601
        return String(second.map { $0 == "T" ? "." : $0 }.filter { $0 != "Z" })
    }
}
