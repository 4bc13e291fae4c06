/// Why the members of a JSON object cannot become a record.
struct JSONRefusal: Error {
    let field: String
    let excerpt: String
    let reason: RowFault.Reason

    init(_ field: String, excerpt: String, _ reason: RowFault.Reason) {
        self.field = field
        self.excerpt = excerpt
        self.reason = reason
    }

    init(_ field: String, _ value: JSONValue, _ reason: RowFault.Reason) {
        self.init(field, excerpt: value.excerpt, reason)
    }
}

extension RowFault {
    /// What is wrong with a line that is no JSON object.
    ///
    /// - Parameter redactor: What the excerpt is redacted with; nil for lines in which nobody's data are to be expected.
    init(file: String, unparsed line: LineSplitter.Line, redactor: Redactor? = nil) {
        let isEmpty = line.bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 }
        let isCutShort = !line.isEnded && !isEmpty
        let offset = JSONFault.offset(in: line.bytes)
        let start = isCutShort ? 0 : min(offset, line.bytes.count)
        let excerpt = line.bytes[start...].prefix(4 * Self.longestExcerpt + 4)
        self.init(
            file: file, line: line.number, field: "",
            excerpt: redactor?.redact(RawText(bytes: excerpt)).string ?? String(decoding: excerpt, as: UTF8.self),
            reason: isEmpty ? .emptyLine : isCutShort ? .halfWritten : .malformedJSON(offset: offset))
    }
}
