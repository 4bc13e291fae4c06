extension Redactor {
    /// An object of JSON (RFC 8259) with redacted values.
    ///
    /// Where the tenant has a list of attributes, values under other keys are hidden whole.
    public func object(_ members: [(key: String, value: RawText)]) -> RedactedText {
        var line = JSONLineWriter(capacity: 256)
        line.literal("{")
        for (place, member) in members.enumerated() {
            if place > 0 { line.literal(",") }
            line.value(member.key)
            line.literal(":")
            let isOpen = rules.attributes == nil || lists(member.key)
            line.value((isOpen ? redact(member.value) : hide(member.value)).string)
        }
        line.literal("}")
        return RedactedText(redacted: String(decoding: line.bytes, as: UTF8.self))
    }
}
