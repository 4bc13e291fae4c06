/// A value of JSON (RFC 8259) as systems send and take it.
public enum JSON: Sendable, Hashable {
    case null
    case flag(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case list([JSON])
    case object([String: JSON])

    /// The value of a member; null where there is none, or where this is no object.
    public subscript(name: String) -> JSON {
        guard case .object(let members) = self else { return .null }
        return members[name] ?? .null
    }

    /// Whether it is null or missing.
    public var isNull: Bool { self == .null }

    /// The text; nil for anything else.
    public var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    /// A text that is not empty, or a whole number by its digits: systems send ids either way.
    public var identifier: String? {
        switch self {
        case .text(let text): text.isEmpty ? nil : text
        case .integer(let number): String(number)
        default: nil
        }
    }

    /// What a person would read: a text, a number or a flag; of an object its name or its value; nil for null, and for a list.
    public var word: String? {
        switch self {
        case .null, .list: nil
        case .text(let text): text.isEmpty ? nil : text
        case .integer(let number): String(number)
        case .number(let number): "\(number)"
        case .flag(let flag): "\(flag)"
        case .object: self["name"].word ?? self["value"].word
        }
    }

    /// The flag; nil for anything else.
    public var flag: Bool? {
        switch self {
        case .flag(let flag): flag
        case .text("true"): true
        case .text("false"): false
        default: nil
        }
    }

    /// The whole number, as a number or by its digits; nil for anything else.
    public var integer: Int? {
        switch self {
        case .integer(let number): Int(exactly: number)
        case .text(let text): Int(text)
        default: nil
        }
    }

    /// The items; none where this is no list.
    public var items: [JSON] {
        guard case .list(let items) = self else { return [] }
        return items
    }

    /// The members; none where this is no object.
    public var members: [String: JSON] {
        guard case .object(let members) = self else { return [:] }
        return members
    }
}

extension JSON: Codable {
    /// Decodes any value.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let object = try? container.decode([String: JSON].self) {
            self = .object(object)
        } else if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let integer = try? container.decode(Int64.self) {
            self = .integer(integer)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .list(try container.decode([JSON].self))
        }
    }

    /// Encodes the value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        case .integer(let number): try container.encode(number)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let items): try container.encode(items)
        case .object(let members): try container.encode(members)
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A text.
    public init(stringLiteral text: String) { self = .text(text) }
    /// A flag.
    public init(booleanLiteral flag: Bool) { self = .flag(flag) }
    /// A whole number.
    public init(integerLiteral number: Int64) { self = .integer(number) }
    /// A list.
    public init(arrayLiteral items: JSON...) { self = .list(items) }
    /// An object; of members with one name the last one counts.
    public init(dictionaryLiteral members: (String, JSON)...) {
        self = .object(Dictionary(members, uniquingKeysWith: { $1 }))
    }
}
