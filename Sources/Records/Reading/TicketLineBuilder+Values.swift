internal import CSimdJSON

extension TicketLineBuilder {
    /// The identifier: a text, or a whole number by its digits; nil where it is missing.
    func identifier(_ value: JSONValue, _ field: csimdjson_field) throws(Refusal) -> String? {
        switch value {
        case .text(let bytes): return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
        case .integer(let number): return String(number)
        case .null: return nil
        default: throw refusal(value, field, .wrongType(expected: "a text"))
        }
    }

    /// A time in seconds since 1970 UTC; nil where it is missing.
    func time(_ value: JSONValue, _ field: csimdjson_field) throws(Refusal) -> Double? {
        switch value {
        case .null: return nil
        case .text(let bytes):
            if bytes.isEmpty { return nil }
            guard let instant = Instant(iso8601: bytes, zone: zone) else { throw refusal(value, field, .badDate) }
            return instant.seconds
        default: throw refusal(value, field, .badDate)
        }
    }

    /// Hours that are not negative; nil where they are missing.
    func hours(_ value: JSONValue, _ field: csimdjson_field) throws(Refusal) -> Double? {
        let hours: Double
        switch value {
        case .null: return nil
        case .number(let number): hours = number
        case .integer(let number): hours = Double(number)
        case .text(let bytes):
            if bytes.isEmpty { return nil }
            guard let number = DecimalScanner.number(bytes) else { throw refusal(value, field, .badNumber) }
            hours = number
        default: throw refusal(value, field, .badNumber)
        }
        if hours < 0 { throw refusal(value, field, .resolutionBeforeOpening) }
        return hours
    }

    /// Whether the ticket is resolved; nil where it is not said.
    func flag(_ value: JSONValue, _ field: csimdjson_field) throws(Refusal) -> Bool? {
        switch value {
        case .null: return nil
        case .flag(let flag): return flag
        case .integer(0): return false
        case .integer(1): return true
        default: throw refusal(value, field, .badFlag)
        }
    }

    private func refusal(_ value: JSONValue, _ field: csimdjson_field, _ reason: RowFault.Reason) -> Refusal {
        Refusal(String(decoding: field.name, as: UTF8.self), value, reason)
    }
}
