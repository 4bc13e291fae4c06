extension Redactor {
    /// An object of JSON (RFC 8259) with redacted values.
    public func object(_ members: [(key: String, value: RawText)]) -> RedactedText {
        var line = JSONLineWriter(capacity: 256)
        line.literal("{")
        for (place, member) in members.enumerated() {
            if place > 0 { line.literal(",") }
            line.value(member.key)
            line.literal(":")
            line.value(redact(member.value).string)
        }
        line.literal("}")
        return RedactedText(redacted: String(decoding: line.bytes, as: UTF8.self))
    }
}
