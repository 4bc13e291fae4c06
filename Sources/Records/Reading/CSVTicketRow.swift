/// Checks one row of a CSV file and reads its times.
struct CSVTicketRow {
    let file: String
    let roles: CSVRolePositions
    let zone: ZoneRules
    let orders: DateOrders
    let bytes: UnsafeRawBufferPointer
    let redactor: Redactor
    /// The line on which the row starts.
    var line = 0

    init(
        file: String, roles: CSVRolePositions, zone: ZoneRules, orders: DateOrders, bytes: UnsafeRawBufferPointer,
        redactor: Redactor
    ) {
        self.file = file
        self.roles = roles
        self.zone = zone
        self.orders = orders
        self.bytes = bytes
        self.redactor = redactor
    }

    /// Throws unless the row has as many fields as the header.
    func checkShape(_ ending: CSVScanner.Ending, fields: [CSVField], width: Int) throws(RecordError) {
        switch ending {
        case .complete where fields.count == width, .endOfSource where fields.count == width: return
        case .complete:
            throw fault(fields.first, named: "", .raggedRow(found: fields.count, expected: width))
        case .endOfSource where fields.count > width:
            throw fault(fields.first, named: "", .raggedRow(found: fields.count, expected: width))
        case .endOfSource:
            throw fault(fields.first, named: "", .halfWritten)
        case .unclosedQuote:
            throw fault(fields.first, named: "", .unclosedQuote)
        case .textAfterQuote:
            throw fault(fields.last, named: "", .textAfterQuote)
        }
    }

    /// Throws unless the row has an id that no earlier row has.
    func checkId(_ fields: [CSVField], among ids: ByteInterner) throws(RecordError) {
        let field = fields[roles.id.position]
        if field.isMissing(in: bytes) { throw fault(field, named: roles.id.name, .missingValue) }
        if field.withBytes(in: bytes, { ids.code(of: $0) }) != nil {
            throw fault(field, named: roles.id.name, .duplicateId)
        }
    }

    /// The times of the ticket.
    func times(_ fields: [CSVField]) throws(RecordError) -> TicketTimes {
        let opening = try time(fields[roles.openedAt.position], named: roles.openedAt.name, order: orders.openedAt)
        guard let openedAt = opening else {
            throw fault(fields[roles.openedAt.position], named: roles.openedAt.name, .missingValue)
        }
        var times = TicketTimes(openedAt: openedAt)
        if let column = roles.resolved { times.resolved = try flag(fields[column.position], named: column.name) }
        if let column = roles.hours {
            let field = fields[column.position]
            times.hours = try number(field, named: column.name) ?? .nan
            if times.hours < 0 { throw fault(field, named: column.name, .resolutionBeforeOpening) }
            if times.hours.isNaN, roles.resolved != nil, roles.resolvedAt == nil {
                throw fault(field, named: column.name, .missingValue)
            }
        }
        if let column = roles.resolvedAt {
            let field = fields[column.position]
            times.resolvedAt = try time(field, named: column.name, order: orders.resolvedAt) ?? .nan
            if times.resolvedAt < openedAt { throw fault(field, named: column.name, .resolutionBeforeOpening) }
            if times.resolved == true, times.duration.isNaN { throw fault(field, named: column.name, .missingValue) }
        }
        return times
    }

    /// The number in a field, or nil where it is missing.
    func number(_ field: CSVField, named name: String) throws(RecordError) -> Double? {
        if field.isMissing(in: bytes) { return nil }
        guard let number = field.withBytes(in: bytes, DecimalScanner.number) else {
            throw fault(field, named: name, .badNumber)
        }
        return number
    }

    private func time(
        _ field: CSVField, named name: String, order: ColumnDateOrder
    ) throws(RecordError) -> Double? {
        if field.isMissing(in: bytes) { return nil }
        guard let instant = field.withBytes(in: bytes, { order.instant(written: $0, zone: zone) }) else {
            throw fault(field, named: name, field.withBytes(in: bytes, order.refusal))
        }
        return instant.seconds
    }

    private func flag(_ field: CSVField, named name: String) throws(RecordError) -> Bool {
        if field.isMissing(in: bytes) { throw fault(field, named: name, .missingValue) }
        switch field.text(in: bytes).lowercased() {
        case "1", "true": return true
        case "0", "false": return false
        default: throw fault(field, named: name, .badFlag)
        }
    }

    private func fault(_ field: CSVField?, named name: String, _ reason: RowFault.Reason) -> RecordError {
        // Four bytes a character at most: more of a long field than this never shows.
        let excerpt = field.map { field in
            let end = min(field.length, 4 * RowFault.longestExcerpt + 4)
            return redactor.redact(RawText(bytes: bytes[field.start..<(field.start + end)])).string
        }
        return .invalidRow(RowFault(file: file, line: line, field: name, excerpt: excerpt ?? "", reason: reason))
    }
}
