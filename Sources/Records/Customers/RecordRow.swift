internal import CSimdJSON

/// The values of one record by name, from an object of JSON or from a row of CSV.
struct RecordRow {
    enum Value {
        case text(String)
        case number(Double)
        case flag(Bool)
        case list([String])
        /// Of a type that no value here has.
        case other(excerpt: String)
    }

    /// What parts the items of a list in a field of CSV.
    private static let separator: Character = ";"

    private var values: [String: Value] = [:]
    /// The line from 1 on which it begins.
    let line: Int

    init(_ fields: UnsafeBufferPointer<csimdjson_field>, line: Int) {
        self.line = line
        values.reserveCapacity(fields.count)
        for (index, field) in fields.enumerated() where field.parent == 0 {
            let name = String(decoding: field.name, as: UTF8.self)
            switch field.value {
            case .null: continue
            case .text(let bytes): values[name] = .text(String(decoding: bytes, as: UTF8.self))
            case .integer(let number): values[name] = .text(String(number))
            case .number(let number): values[name] = .number(number)
            case .flag(let flag): values[name] = .flag(flag)
            case .object: values[name] = .other(excerpt: "an object")
            case .array: values[name] = Self.list(fields[(index + 1)...], of: Int32(truncatingIfNeeded: index) + 1)
            }
        }
    }

    init(names: [String], fields: [CSVField], bytes: UnsafeRawBufferPointer, line: Int) {
        self.line = line
        for (name, field) in zip(names, fields) where !field.isMissing(in: bytes) {
            values[name] = .text(field.text(in: bytes))
        }
    }

    private static func list(_ fields: Slice<UnsafeBufferPointer<csimdjson_field>>, of parent: Int32) -> Value {
        var items: [String] = []
        for field in fields.prefix(while: { $0.parent == parent }) {
            switch field.value {
            case .text(let bytes): items.append(String(decoding: bytes, as: UTF8.self))
            case .integer(let number): items.append(String(number))
            case .null: continue
            default: return .other(excerpt: "a list of other things than texts")
            }
        }
        return .list(items)
    }

    /// The names of the values that are there.
    var names: Set<String> { Set(values.keys) }

    /// A text that is not empty; nil where it is missing.
    func identifier(_ name: String) throws(JSONRefusal) -> String? {
        switch values[name] {
        case nil, .text(""): return nil
        case .text(let text): return text
        case .number(let number):
            // Beyond 2⁵³ some digits of a whole number are lost.
            guard abs(number) < 9_007_199_254_740_992 else {
                throw JSONRefusal(name, excerpt: "\(number)", .wrongType(expected: "a text"))
            }
            return number == number.rounded() ? String(Int(number)) : "\(number)"
        case .flag(let flag): throw JSONRefusal(name, excerpt: "\(flag)", .wrongType(expected: "a text"))
        case .list: throw JSONRefusal(name, excerpt: "a list", .wrongType(expected: "a text"))
        case .other(let excerpt): throw JSONRefusal(name, excerpt: excerpt, .wrongType(expected: "a text"))
        }
    }

    /// A text that every record must have, with more in it than blanks.
    func neededIdentifier(_ name: String) throws(JSONRefusal) -> String {
        guard let text = try identifier(name), !text.allSatisfy(\.isWhitespace) else {
            throw JSONRefusal(name, excerpt: "", .missingValue)
        }
        return text
    }

    /// A text; empty where it is missing.
    func words(_ name: String) throws(JSONRefusal) -> String { try identifier(name) ?? "" }

    /// Somebody of the support team: as it is where it is the id of an agent, since that ties rows together, else redacted.
    func colleague(_ name: String, of agents: Set<String>, _ redactor: Redactor) throws(JSONRefusal) -> String {
        let name = try words(name)
        return agents.contains(name) ? name : redactor.redact(RawText(name)).string
    }

    /// A number that is not negative; nil where it is missing.
    func amount(_ name: String) throws(JSONRefusal) -> Double? {
        guard let number = try number(name) else { return nil }
        guard number >= 0 else { throw JSONRefusal(name, excerpt: excerpt(name), .outOfRange("0 or more")) }
        return number
    }

    /// A finite number; nil where it is missing.
    func number(_ name: String) throws(JSONRefusal) -> Double? {
        let number: Double?
        switch values[name] {
        case nil, .text(""): return nil
        case .number(let value): number = value
        case .text(var text): number = text.withUTF8 { DecimalScanner.number(UnsafeRawBufferPointer($0)) }
        default: number = nil
        }
        guard let number, number.isFinite else { throw JSONRefusal(name, excerpt: excerpt(name), .badNumber) }
        return number
    }

    /// Whether something is so; nil where it is not said.
    func flag(_ name: String) throws(JSONRefusal) -> Bool? {
        switch values[name] {
        case nil, .text(""): return nil
        case .flag(let flag): return flag
        case .text("1"), .text("true"): return true
        case .text("0"), .text("false"): return false
        default: throw JSONRefusal(name, excerpt: excerpt(name), .badFlag)
        }
    }

    /// A time; nil where it is missing.
    func instant(_ name: String) throws(JSONRefusal) -> Instant? {
        switch values[name] {
        case nil, .text(""): return nil
        case .text(let text):
            if let instant = Instant(iso8601: text) { return instant }
        default: break
        }
        throw JSONRefusal(name, excerpt: excerpt(name), .badDate)
    }

    /// Some texts; none where they are missing.
    func list(_ name: String) throws(JSONRefusal) -> [String] {
        switch values[name] {
        case nil, .text(""): return []
        case .list(let items): return items
        case .text(let text): return text.split(separator: Self.separator).map { $0.trimmingSpaces() }
        default: throw JSONRefusal(name, excerpt: excerpt(name), .wrongType(expected: "a list of texts"))
        }
    }

    private func excerpt(_ name: String) -> String {
        switch values[name] {
        case nil: ""
        case .text(let text): text
        case .number(let number): "\(number)"
        case .flag(let flag): "\(flag)"
        case .list: "a list"
        case .other(let excerpt): excerpt
        }
    }
}

extension Substring {
    fileprivate func trimmingSpaces() -> String {
        var rest = self[...]
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}
