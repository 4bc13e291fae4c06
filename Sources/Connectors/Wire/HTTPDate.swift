public import Records

/// Dates of HTTP (RFC 9110, section 5.6.7), such as `Sun, 06 Nov 1994 08:49:37 GMT`.
public enum HTTPDate {
    /// When an answer was made, by the clock of the system; nil where it does not say.
    ///
    /// - Parameter headers: Its headers, names in small letters.
    static func instant(of headers: [String: String]) -> Instant? { headers["date"].flatMap { instant($0.trimmed) } }

    /// The time that a date names; nil when it is none.
    public static func instant(_ text: String) -> Instant? {
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
