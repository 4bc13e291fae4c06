internal import CSimdJSON

extension RedactionRules.Contact {
    /// Reads contacts: one JSON object a line, with `name` (a person) or `company`, or both.
    ///
    /// Other keys are passed over, so that the contacts of a desk can be given as they are. Empty lines are skipped.
    ///
    /// - Throws: ``RecordError/invalidRow(_:)`` with the line and the field that is wrong.
    public static func read(_ file: RecordFile) throws(RecordError) -> [Self] {
        let parser = JSONLineParser()
        var splitter = LineSplitter()
        var contacts: [Self] = []
        let take = { (line: LineSplitter.Line) throws(RecordError) in
            if line.bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return }
            guard let fields = parser.parse(line.bytes) else {
                throw .invalidRow(RowFault(file: file.path, unparsed: line))
            }
            do throws(JSONRefusal) {
                contacts.append(try contact(fields))
            } catch {
                throw .invalidRow(
                    RowFault(
                        file: file.path, line: line.number, field: error.field, excerpt: error.excerpt,
                        reason: error.reason))
            }
        }
        try splitter.feed(file.bytes) { line throws(RecordError) in try take(line) }
        try splitter.finish { line throws(RecordError) in try take(line) }
        return contacts
    }

    private static func contact(_ fields: UnsafeBufferPointer<csimdjson_field>) throws(JSONRefusal) -> Self {
        var contact = Self()
        for field in fields where field.parent == 0 {
            switch String(decoding: field.name, as: UTF8.self) {
            case "name": contact.person = try field.value.words(named: "name")
            case "company": contact.company = try field.value.words(named: "company")
            default: continue
            }
        }
        if contact.person.isEmpty, contact.company.isEmpty { throw JSONRefusal("name", .null, .missingValue) }
        return contact
    }
}
