internal import Glibc
@_spi(RawText) internal import Records

extension LogBatch {
    /// The values at the top of a range that belong to a scope.
    func attributes(_ range: FieldRange, _ scope: LogField.Scope) -> [LogAttribute] {
        let fields = Int(range.start)..<Int(range.start) + Int(range.count)
        let held = heldFields(fields)
        return fields.compactMap { index in
            let field = self.fields[index]
            guard field.up == 0, field.scope == scope else { return nil }
            return LogAttribute(key: text(field.key), value: value(index, held))
        }
    }

    /// A value as JSON (RFC 8259), for a body that is no text.
    func json(_ index: Int, in fields: Range<Int>) -> [UInt8] {
        let held = heldFields(fields)
        var output = JSONLineWriter(capacity: 256)
        write(value(index, held), to: &output)
        return output.bytes
    }

    /// The text that a list of bytes spells, as the journal writes one that is not all printable; nil where a field is no such list.
    ///
    /// Source: systemd, "Journal JSON Format".
    func spelled(_ index: Int, in fields: Range<Int>) -> [UInt8]? {
        guard self.fields[index].kind == .array else { return nil }
        var text: [UInt8] = []
        for (place, field) in zip(1..., self.fields[index + 1..<fields.upperBound]) {
            guard Int(field.up) == place else { break }
            guard field.kind == .integer, let byte = UInt8(exactly: field.bits) else { return nil }
            text.append(byte)
        }
        return text.isEmpty ? nil : text
    }

    /// A text without the sequences that colour it; nil where it has none.
    func withoutControlSequences(_ text: ByteRange) -> [UInt8]? {
        bytes.withUnsafeBytes { all in
            let written = UnsafeRawBufferPointer(rebasing: all[range(text)])
            guard let base = written.baseAddress, memchr(base, ControlSequences.escape, written.count) != nil else {
                return nil
            }
            return ControlSequences.removed(from: written)
        }
    }

    /// For each field of a range those that it holds, so that a tree is walked in linear time.
    private func heldFields(_ range: Range<Int>) -> [Int: [Int]] {
        var held: [Int: [Int]] = [:]
        for index in range where fields[index].up > 0 {
            held[index - Int(fields[index].up), default: []].append(index)
        }
        return held
    }

    private func text(_ range: ByteRange) -> String {
        String(decoding: bytes[self.range(range)], as: UTF8.self)
    }

    private func value(_ index: Int, _ held: [Int: [Int]]) -> LogValue {
        let field = fields[index]
        switch field.kind {
        case .null: return .null
        case .no: return .flag(false)
        case .yes: return .flag(true)
        case .integer: return .integer(field.bits)
        case .number: return .number(Double(bitPattern: UInt64(bitPattern: field.bits)))
        case .string: return .text(RawText(bytes: bytes[range(field.text)]))
        case .bytes: return .bytes(RawText(bytes: bytes[range(field.text)]))
        case .array: return .list((held[index] ?? []).map { value($0, held) })
        case .object:
            return .map(
                (held[index] ?? []).map {
                    LogAttribute(key: text(fields[$0].key), value: value($0, held))
                })
        }
    }

    private func write(_ value: LogValue, to output: inout JSONLineWriter) {
        switch value {
        case .null: output.literal("null")
        case .flag(let flag): output.literal(flag ? "true" : "false")
        case .integer(let number):
            let digits = Array(String(number).utf8)
            digits.withUnsafeBufferPointer { output.literal($0) }
        case .number(let number):
            let digits = Array((number.isFinite ? "\(number)" : "null").utf8)
            digits.withUnsafeBufferPointer { output.literal($0) }
        case .text(let text), .bytes(let text): output.value(String(decoding: text.bytes, as: UTF8.self))
        case .list(let items):
            output.literal("[")
            for (place, item) in items.enumerated() {
                if place > 0 { output.literal(",") }
                write(item, to: &output)
            }
            output.literal("]")
        case .map(let members):
            output.literal("{")
            for (place, member) in members.enumerated() {
                if place > 0 { output.literal(",") }
                output.value(member.key)
                output.literal(":")
                write(member.value, to: &output)
            }
            output.literal("}")
        }
    }
}
