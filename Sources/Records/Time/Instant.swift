/// A point in time: seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
public struct Instant: Sendable, Hashable, Comparable, Codable {
    /// Seconds since 1970-01-01T00:00:00Z.
    public var seconds: Double

    /// Creates an instant.
    public init(seconds: Double) {
        self.seconds = seconds
    }

    /// Reads an ISO 8601 time, or the local forms `yyyy-MM-dd HH:mm:ss` and `yyyy-MM-dd HH:mm`.
    ///
    /// Date and time are parted by `T` or a space; seconds and their fraction may be left out; `Z`, `+02:00`, `+0200`
    /// and `+02` are offsets. A time without an offset is local in `zone`; a date alone is midnight there.
    ///
    /// - Parameters:
    ///   - text: The time.
    ///   - zone: The zone of times without an offset.
    /// - Returns: nil when the text is no such time or the day does not exist.
    public init?(iso8601 text: String, zone: ZoneRules = .utc) {
        var text = text
        guard let instant = text.withUTF8({ Instant(iso8601: UnsafeRawBufferPointer($0), zone: zone) }) else {
            return nil
        }
        self = instant
    }

    /// Reads the same forms from bytes, without a copy.
    ///
    /// - Complexity: O(1), and O(log k) for a zone with k changes of its offset.
    public init?(iso8601 bytes: UnsafeRawBufferPointer, zone: ZoneRules = .utc) {
        var scanner = CivilTimeScanner(bytes)
        guard let (civil, offset) = scanner.iso8601() else { return nil }
        seconds = offset.map { civil.localSeconds - Double($0) } ?? zone.instant(of: civil).seconds
    }

    /// The time in UTC, as `2024-05-01T10:00:00Z`, with milliseconds where there is a fraction of a second.
    public var iso8601: String {
        let milliseconds = (seconds * 1_000).rounded()
        guard milliseconds.isFinite, abs(milliseconds) < 1e18 else { return "unknown" }
        let civil = CivilTime(localSeconds: (milliseconds / 1_000).rounded(.down))
        let fraction = Int(milliseconds - (milliseconds / 1_000).rounded(.down) * 1_000)
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(abs(number))
            return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let date = "\(padded(civil.year, 4))-\(padded(civil.month, 2))-\(padded(civil.day, 2))"
        let time = "\(padded(civil.hour, 2)):\(padded(civil.minute, 2)):\(padded(Int(civil.second), 2))"
        return date + "T" + time + (fraction == 0 ? "" : "." + padded(fraction, 3)) + "Z"
    }

    /// The date and time of day that a clock in a zone shows.
    public func civilTime(in zone: ZoneRules) -> CivilTime {
        CivilTime(localSeconds: seconds + Double(zone.offset(at: self)))
    }

    /// Orders instants in time.
    public static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }
}
