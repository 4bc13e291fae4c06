internal import FoundationEssentials

extension BusinessCalendar {
    /// Reads a calendar from JSON and checks it.
    ///
    /// `{"timeZone": "Europe/Rome", "week": {"monday": ["09:00-13:00", "14:00-18:00"]}, "holidays": ["2026-12-25"]}`: the week is
    /// needed, and a weekday that is not named in it is a day off. Hours stand in the order of time, as `HH:MM-HH:MM`; a desk may close
    /// at 24:00. Without a zone, times are in UTC.
    ///
    /// - Parameter file: The JSON and the path that stands in error messages.
    /// - Throws: ``RecordError/emptyFile(file:)`` or ``RecordError/invalidCalendar(file:key:reason:)``, which names the key
    ///   that is wrong.
    public init(json file: RecordFile) throws(RecordError) {
        guard !file.bytes.isEmpty else { throw .emptyFile(file: file.path) }
        do {
            self = try JSONDecoder().decode(CalendarDocument.self, from: Data(file.bytes)).calendar
        } catch let fault as CalendarFault {
            throw .invalidCalendar(file: file.path, key: fault.key, reason: fault.reason)
        } catch {
            throw .invalidCalendar(file: file.path, key: "", reason: "not JSON")
        }
    }
}

/// What is wrong with a calendar, and under which key.
private struct CalendarFault: Error {
    let key: String
    let reason: String
}

private struct CalendarKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

/// The calendar as it stands in a file.
private struct CalendarDocument: Decodable {
    private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    let calendar: BusinessCalendar

    init(from decoder: any Decoder) throws {
        let document = try Self.object(decoder, key: "", keys: ["timeZone", "week", "holidays"])
        var zone = ZoneRules.utc
        if let name = try Self.value(String.self, "timeZone", of: document, key: "timeZone", "text") {
            do { zone = try ZoneRules(identifier: name) } catch {
                throw CalendarFault(key: "timeZone", reason: error.description)
            }
        }
        guard document.contains(CalendarKey(stringValue: "week")) else {
            throw CalendarFault(key: "week", reason: "is missing")
        }
        let days = try Self.object(
            document.superDecoder(forKey: CalendarKey(stringValue: "week")), key: "week", keys: Self.weekdays)
        let week = try Self.weekdays.map { weekday in
            let key = "week.\(weekday)"
            let texts = try Self.value([String].self, weekday, of: days, key: key, "list of texts") ?? []
            return try texts.map { text in
                guard let hours = OpeningHours(text) else {
                    throw CalendarFault(key: key, reason: "\"\(text)\" is not HH:MM-HH:MM")
                }
                return hours
            }
        }
        let dates = try Self.value([String].self, "holidays", of: document, key: "holidays", "list of texts") ?? []
        let holidays = try dates.map { text in
            guard let date = CivilDate(text) else {
                throw CalendarFault(key: "holidays", reason: "\"\(text)\" is not a day, as 2026-12-25")
            }
            return date
        }
        do {
            calendar = try BusinessCalendar(week: week, holidays: Set(holidays), zone: zone)
        } catch {
            throw CalendarFault(key: Self.key(of: error), reason: error.description)
        }
    }

    /// An object that has no other keys than those.
    private static func object(
        _ decoder: any Decoder, key: String, keys: [String]
    ) throws -> KeyedDecodingContainer<CalendarKey> {
        guard let object = try? decoder.container(keyedBy: CalendarKey.self) else {
            throw CalendarFault(key: key, reason: "is no object")
        }
        let unknown = object.allKeys.map(\.stringValue).filter { !keys.contains($0) }
        if let name = unknown.min() {
            throw CalendarFault(
                key: key.isEmpty ? name : "\(key).\(name)",
                reason: "no such key; there are \(keys.joined(separator: ", "))")
        }
        return object
    }

    private static func value<Value: Decodable>(
        _ type: Value.Type, _ name: String, of object: KeyedDecodingContainer<CalendarKey>, key: String, _ words: String
    ) throws -> Value? {
        do {
            return try object.decodeIfPresent(type, forKey: CalendarKey(stringValue: name))
        } catch {
            throw CalendarFault(key: key, reason: "is no \(words)")
        }
    }

    private static func key(of error: BusinessCalendarError) -> String {
        switch error {
        case .notAWeek: "week"
        case .impossibleHours(let weekday, _), .overlappingHours(let weekday): "week.\(weekdays[weekday])"
        }
    }
}

extension OpeningHours {
    /// Reads `HH:MM-HH:MM`, from 00:00 to 24:00.
    fileprivate init?(_ text: String) {
        let times = text.split(separator: "-", omittingEmptySubsequences: false).map(Self.minute)
        guard times.count == 2, let opens = times[0], let closes = times[1] else { return nil }
        self.init(opens: opens, closes: closes)
    }

    private static func minute(_ text: Substring) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":") else { return nil }
        let digits = [0, 1, 3, 4].map { Int(bytes[$0]) - Int(UInt8(ascii: "0")) }
        guard digits.allSatisfy({ (0...9).contains($0) }), digits[2] <= 5 else { return nil }
        let minute = (digits[0] * 10 + digits[1]) * 60 + digits[2] * 10 + digits[3]
        return minute <= 1_440 ? minute : nil
    }
}

extension CivilDate {
    /// Reads `yyyy-MM-dd`; nil when there is no such day.
    fileprivate init?(_ text: String) {
        // A date alone is as long as this; whatever follows it would be a time of day.
        guard text.utf8.count == 10, let midnight = Instant(iso8601: text) else { return nil }
        self.init(dayNumber: midnight.civilTime(in: .utc).dayNumber)
    }
}
