import Records

/// Objects and lists by their members.
extension JSONLineWriter {
    /// An object with a line end.
    static func line(_ members: (inout JSONLineWriter) -> Void) -> String {
        var line = JSONLineWriter(capacity: 1 << 16)
        line.object(members)
        line.literal("\n")
        return String(decoding: line.bytes, as: UTF8.self)
    }

    /// Prints an object with a line end.
    static func print(_ members: (inout JSONLineWriter) -> Void) {
        Swift.print(line(members), terminator: "")
    }

    /// Writes an object; `members` writes each member with ``member(_:_:)-(_,String?)`` and its like.
    mutating func object(_ members: (inout JSONLineWriter) -> Void) {
        literal("{")
        members(&self)
        literal("}")
    }

    /// Writes a list of what `item` writes.
    mutating func list<Item>(_ items: some Collection<Item>, _ item: (Item, inout JSONLineWriter) -> Void) {
        literal("[")
        var isFirst = true
        for value in items {
            if !isFirst { literal(",") }
            isFirst = false
            item(value, &self)
        }
        literal("]")
    }

    /// A text; null for nil.
    mutating func member(_ name: StaticString, _ text: String?) {
        key(name)
        if let text { value(text) } else { literal("null") }
    }

    /// A number; null for nil and what is not finite.
    mutating func member(_ name: StaticString, _ number: Double?) {
        key(name)
        value(number ?? .nan)
    }

    /// A number of which six decimals may leave nothing, such as a probability: below a thousandth it has all its digits.
    mutating func member(_ name: StaticString, small number: Double) {
        key(name)
        guard number > 0, number < 0.001 else { return value(number) }
        var text = number.description
        text.withUTF8 { literal($0) }
    }

    mutating func member(_ name: StaticString, _ flag: Bool) {
        key(name)
        literal(flag ? "true" : "false")
    }

    mutating func member(_ name: StaticString, _ time: Instant?) {
        key(name)
        if let time { value(time.iso8601) } else { literal("null") }
    }

    mutating func member(_ name: StaticString, _ range: ClosedRange<Double>?) {
        key(name)
        guard let range else { return literal("null") }
        list([range.lowerBound, range.upperBound]) { $1.value($0) }
    }

    mutating func member<Item>(
        _ name: StaticString, _ items: some Collection<Item>, _ item: (Item, inout JSONLineWriter) -> Void
    ) {
        key(name)
        list(items, item)
    }

    /// An object that `members` writes of a value; null for nil.
    mutating func member<Value>(
        _ name: StaticString, object value: Value?, _ members: (Value, inout JSONLineWriter) -> Void
    ) {
        key(name)
        guard let value else { return literal("null") }
        object { members(value, &$0) }
    }

    private mutating func key(_ name: StaticString) {
        if last != UInt8(ascii: "{") { literal(",") }
        literal("\"")
        literal(name)
        literal("\":")
    }
}
