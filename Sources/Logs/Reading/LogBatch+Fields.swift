extension LogBatch {
    /// Adds a value whose text lies in the batch already.
    mutating func add(_ key: ByteRange, text: ByteRange, scope: LogField.Scope = .attribute) {
        var field = LogField()
        field.key = key
        field.text = text
        field.kind = .string
        field.scope = scope
        fields.append(field)
    }

    /// Adds a value under a name of the semantic conventions.
    mutating func add(_ key: StaticString, text: ByteRange, scope: LogField.Scope = .attribute) {
        add(append(key), text: text, scope: scope)
    }

    /// Adds a number under a name of the semantic conventions.
    mutating func add(_ key: StaticString, number: Int64) {
        var field = LogField()
        field.key = append(key)
        field.kind = .integer
        field.bits = number
        fields.append(field)
    }
}
