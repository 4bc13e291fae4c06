extension JSONValue {
    /// An identifier: a text, or a whole number by its digits; nil where it is missing.
    func identifier(named name: String) throws(JSONRefusal) -> String? {
        switch self {
        case .text(let bytes): return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
        case .integer(let number): return String(number)
        case .null: return nil
        default: throw JSONRefusal(name, self, .wrongType(expected: "a text"))
        }
    }

    /// A text; empty where it is missing.
    func words(named name: String) throws(JSONRefusal) -> String {
        switch self {
        case .text(let bytes): return String(decoding: bytes, as: UTF8.self)
        case .null: return ""
        default: throw JSONRefusal(name, self, .wrongType(expected: "a text"))
        }
    }

    /// A time in seconds since 1970 UTC; nil where it is missing.
    ///
    /// - Parameters:
    ///   - name: The key.
    ///   - zone: The zone of times without an offset.
    ///   - order: Which of day and month comes first where both may; nil where nothing tells.
    func seconds(named name: String, zone: ZoneRules, order: ColumnDateOrder? = nil) throws(JSONRefusal) -> Double? {
        switch self {
        case .null: return nil
        case .text(let bytes):
            if bytes.isEmpty { return nil }
            guard let order else {
                guard let instant = Instant(written: bytes, zone: zone, order: nil) else { break }
                return instant.seconds
            }
            guard let instant = order.instant(written: bytes, zone: zone) else {
                throw JSONRefusal(name, self, order.refusal(of: bytes))
            }
            return instant.seconds
        case .integer(let number):
            if let instant = Instant(epoch: Double(number)) { return instant.seconds }
        case .number(let number):
            if let instant = Instant(epoch: number) { return instant.seconds }
        default: break
        }
        throw JSONRefusal(name, self, .badDate)
    }

    /// Hours that are not negative; nil where they are missing.
    func hours(named name: String) throws(JSONRefusal) -> Double? {
        let hours: Double
        switch self {
        case .null: return nil
        case .number(let number): hours = number
        case .integer(let number): hours = Double(number)
        case .text(let bytes):
            if bytes.isEmpty { return nil }
            guard let number = DecimalScanner.number(bytes) else { throw JSONRefusal(name, self, .badNumber) }
            hours = number
        default: throw JSONRefusal(name, self, .badNumber)
        }
        if hours < 0 { throw JSONRefusal(name, self, .resolutionBeforeOpening) }
        return hours
    }

    /// A whole number in a range, as a number or as a text of digits.
    func wholeNumber(named name: String, in range: ClosedRange<Int>) throws(JSONRefusal) -> Int {
        let number: Int
        switch self {
        case .integer(let integer): number = Int(integer)
        case .text(let bytes):
            guard let integer = Int(String(decoding: bytes, as: UTF8.self)) else {
                throw JSONRefusal(name, self, .badNumber)
            }
            number = integer
        case .null: throw JSONRefusal(name, self, .missingValue)
        default: throw JSONRefusal(name, self, .badNumber)
        }
        guard range.contains(number) else {
            throw JSONRefusal(name, self, .outOfRange("a whole number from \(range.lowerBound) to \(range.upperBound)"))
        }
        return number
    }

    /// Whether something is so: true or false, 1 or 0; nil where it is not said.
    func flag(named name: String) throws(JSONRefusal) -> Bool? {
        switch self {
        case .null: return nil
        case .flag(let flag): return flag
        case .integer(0): return false
        case .integer(1): return true
        default: throw JSONRefusal(name, self, .badFlag)
        }
    }
}
