/// Writes log records as JSON lines in which nothing is left that a tenant has not let stand.
///
/// The body and the keys of attributes are redacted. Of an attribute whose key is on the tenant's list, so is the value; that
/// of any other is hidden whole, number or text, as nobody knows what it holds. The key of what stands in an
/// object is that of the object, a dot and its own; what stands under a listed key counts as listed.
public struct RecordRedaction {
    private let redactor: Redactor
    private var pass: RedactionPass

    /// Creates a writer that hides what the redactor's rules do not list.
    public init(_ redactor: Redactor) {
        self.redactor = redactor
        pass = RedactionPass(redactor)
    }

    /// Appends a record with the keys of OTLP: `timeUnixNano`, `observedTimeUnixNano`, `severityNumber`, `severityText`, `body`,
    /// `attributes`, `resource`, `traceId` and `spanId`; those that it does not have are left out.
    public mutating func write(_ event: LogEvent, to output: inout JSONLineWriter) {
        output.literal("{")
        if let time = event.time {
            output.literal("\"timeUnixNano\":")
            output.value(String(time))
            output.literal(",")
        }
        output.literal("\"observedTimeUnixNano\":")
        output.value(String(event.observedTime))
        output.literal(",\"severityNumber\":")
        output.value(Double(event.severityNumber))
        if let text = event.severityText {
            output.literal(",\"severityText\":")
            output.value(redacted(RawText(text)))
        }
        output.literal(",\"body\":")
        output.value(redacted(event.body))
        if !event.attributes.isEmpty {
            output.literal(",\"attributes\":")
            write(event.attributes, below: "", isListed: false, to: &output)
        }
        if !event.resource.isEmpty {
            output.literal(",\"resource\":")
            write(event.resource, below: "", isListed: false, to: &output)
        }
        if let id = event.traceID {
            output.literal(",\"traceId\":")
            output.value(id.description)
        }
        if let id = event.spanID {
            output.literal(",\"spanId\":")
            output.value(id.description)
        }
        output.literal("}\n")
    }

    private mutating func write(
        _ members: [LogAttribute], below path: String, isListed: Bool, to output: inout JSONLineWriter
    ) {
        output.literal("{")
        for (place, member) in members.enumerated() {
            if place > 0 { output.literal(",") }
            output.value(redacted(RawText(member.key)))
            output.literal(":")
            let key = path + member.key
            write(member.value, key, isListed: isListed || redactor.lists(key), to: &output)
        }
        output.literal("}")
    }

    private mutating func write(_ value: LogValue, _ key: String, isListed: Bool, to output: inout JSONLineWriter) {
        switch value {
        case .null: output.literal("null")
        case .flag(let flag): output.literal(flag ? "true" : "false")
        case .integer(let number): write(number: String(number), isListed, to: &output)
        case .number(let number): write(number: number.isFinite ? "\(number)" : "null", isListed, to: &output)
        case .text(let text), .bytes(let text):
            output.value(isListed ? redacted(text) : redactor.hide(text).string)
        case .list(let items):
            output.literal("[")
            for (place, item) in items.enumerated() {
                if place > 0 { output.literal(",") }
                write(item, key, isListed: isListed, to: &output)
            }
            output.literal("]")
        case .map(let members): write(members, below: key + ".", isListed: isListed, to: &output)
        }
    }

    /// A number whose digits are no finding stays a number.
    private mutating func write(number: String, _ isListed: Bool, to output: inout JSONLineWriter) {
        let text = isListed ? redacted(RawText(number)) : redactor.hide(RawText(number)).string
        if text == number {
            Array(number.utf8).withUnsafeBufferPointer { output.literal($0) }
        } else {
            output.value(text)
        }
    }

    private mutating func redacted(_ text: RawText) -> String {
        let string = text.withBytes { pass.redact(UnsafeRawBufferPointer($0)) }.string
        // U+FFFD may complete what the bytes that it stands for did not.
        return string.unicodeScalars.contains("\u{FFFD}") ? redactor.redact(RawText(string)).string : string
    }
}
