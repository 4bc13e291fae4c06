internal import CSimdJSON

/// Parses one JSON object at a time; the members it reports are valid until the next parse.
final class JSONLineParser {
    /// How many readable bytes must follow a line in memory.
    static let padding = Int(csimdjson_padding())

    private let parser: OpaquePointer?

    init() {
        parser = csimdjson_create()
    }

    deinit {
        csimdjson_destroy(parser)
    }

    /// The members of an object and, after each member that is an object, that object's own members; nil when the bytes
    /// are no object.
    ///
    /// - Parameter line: The bytes; ``padding`` more must be readable after them.
    func parse(_ line: UnsafeRawBufferPointer) -> UnsafeBufferPointer<csimdjson_field>? {
        guard let parser, let base = line.baseAddress else { return nil }
        guard csimdjson_parse(parser, base.assumingMemoryBound(to: CChar.self), line.count) == 0 else { return nil }
        return UnsafeBufferPointer(start: csimdjson_fields(parser), count: csimdjson_field_count(parser))
    }
}

extension csimdjson_field {
    /// What the value is.
    @inline(__always)
    var value: JSONValue {
        switch Int(kind) {
        case csimdjson_false: .flag(false)
        case csimdjson_true: .flag(true)
        case csimdjson_number: .number(number)
        case csimdjson_integer: .integer(integer)
        case csimdjson_string: .text(UnsafeRawBufferPointer(start: text, count: Int(text_length)))
        case csimdjson_object: .object
        case csimdjson_array: .array
        default: .null
        }
    }

    /// The key, without escapes.
    var name: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: key, count: Int(key_length)) }
}

/// A JSON value whose text lies in the parser's memory.
enum JSONValue {
    case null
    case flag(Bool)
    case integer(Int64)
    case number(Double)
    case text(UnsafeRawBufferPointer)
    case object
    case array

    /// What stands in an error message.
    var excerpt: String {
        switch self {
        case .null: "null"
        case .flag(let flag): "\(flag)"
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .text(let bytes): String(decoding: bytes.prefix(4 * RowFault.longestExcerpt + 4), as: UTF8.self)
        case .object: "an object"
        case .array: "a list"
        }
    }
}
