internal import CSimdJSON

/// Turns the members of JSON objects into the columns of a ticket table.
struct TicketLineBuilder {
    private let zone: ZoneRules
    private let orders: DateOrders?
    private let isOpen: Bool
    let redactor: Redactor
    private var redaction: RedactionPass
    private var levels = LevelRedaction()
    private var columns: [JSONColumn] = []
    private var topKeys = TicketKeyTable()
    private var attributeKeys = TicketKeyTable()
    private var ids: [String] = []
    private var times: [TicketTimes] = []
    private var knownIds: Set<String>?
    private var plan: [TicketKey] = []

    /// - Parameters:
    ///   - kinds: The wanted columns; nil when every key becomes a column.
    ///   - sources: Roles and attributes by their keys in the source; nil when keys are the names of the roles.
    ///   - zone: The zone of times without an offset.
    ///   - orders: The order of day and month in its times; nil where there are no other tickets to ask.
    ///   - idsAreUnique: Whether a second ticket with an id is refused.
    ///   - redactor: What texts are redacted with.
    init(
        kinds: [String: ColumnKind]?, sources: TicketColumns?, zone: ZoneRules, orders: DateOrders? = nil,
        idsAreUnique: Bool, redactor: Redactor
    ) {
        self.zone = zone
        self.orders = orders
        self.redactor = redactor
        redaction = RedactionPass(redactor)
        isOpen = kinds == nil && sources == nil
        knownIds = idsAreUnique ? [] : nil
        if let sources {
            assign(sources)
        } else {
            for (name, key) in TicketKey.ofTimes { topKeys.assign(name, key) }
            topKeys.assign("attributes", .attributes)
            for (name, kind) in (kinds ?? [:]).sorted(by: { $0.key < $1.key }) { addColumn(name, kind) }
        }
    }

    /// How many tickets wait in the table.
    var count: Int { ids.count }

    /// Adds a ticket; nothing is added when it is refused.
    mutating func append(_ fields: UnsafeBufferPointer<csimdjson_field>) throws(JSONRefusal) {
        var ticket = TicketTimes(openedAt: .nan)
        var id: String?
        plan.removeAll(keepingCapacity: true)
        for field in fields {
            let key = key(of: field)
            plan.append(key)
            let value = field.value
            switch key {
            case .ignored: continue
            case .column(let column), .customer(_, let column):
                if columns[column].takes(value) { continue }
                if let reason = columns[column].refusal(of: value) { throw JSONRefusal(text(field), value, reason) }
            case .attributes:
                switch value {
                case .object, .null: continue
                default: throw JSONRefusal(text(field), value, .wrongType(expected: "an object"))
                }
            case .id: id = try value.identifier(named: text(field))
            case .openedAt:
                ticket.openedAt =
                    try value.seconds(named: text(field), zone: zone, order: orders?.openedAt) ?? .nan
            case .resolvedAt:
                ticket.resolvedAt =
                    try value.seconds(named: text(field), zone: zone, order: orders?.resolvedAt) ?? .nan
            case .hours: ticket.hours = try value.hours(named: text(field)) ?? .nan
            case .resolved: ticket.resolved = try value.flag(named: text(field))
            }
        }
        guard let id else { throw JSONRefusal(topKeys.name(of: .id), .null, .missingValue) }
        if ticket.openedAt.isNaN { throw JSONRefusal(topKeys.name(of: .openedAt), .null, .missingValue) }
        if ticket.resolvedAt < ticket.openedAt {
            throw JSONRefusal(
                topKeys.name(of: .resolvedAt), excerpt: Instant(seconds: ticket.resolvedAt).iso8601,
                .resolutionBeforeOpening)
        }
        if ticket.resolved == true, ticket.duration.isNaN {
            throw JSONRefusal(topKeys.name(of: .hours), .null, .missingValue)
        }
        if let knownIds, knownIds.contains(id) {
            throw JSONRefusal(topKeys.name(of: .id), excerpt: id, .duplicateId)
        }
        knownIds?.insert(id)
        let row = ids.count
        ids.append(id)
        times.append(ticket)
        commit(fields, row: row)
    }

    /// The waiting tickets as a table; the builder begins the next one with the same columns.
    ///
    /// - Parameter isLast: Whether open tickets of unknown age are censored at the latest moment in the table.
    /// - Returns: The table, and how many levels of its columns were replaced by tokens.
    mutating func take(censoringAtLatest isLast: Bool) -> (table: TicketTable, hiddenLevels: Int) {
        for column in columns.indices { columns[column].fill(rows: ids.count) }
        let latest = isLast ? times.reduce(-Double.infinity) { max($0, $1.latest) } : .nan
        let words = columns.filter { $0.kind == .categorical }.map { levels.redact($0.categorical, &redaction) }
        let table = TicketTable(
            ids: ids, openedAt: times.map(\.openedAt),
            hours: times.map { $0.duration.isNaN ? (latest - $0.openedAt) / 3_600 : $0.duration },
            resolved: times.map(\.isResolved),
            categorical: words.map(\.column),
            numeric: columns.filter { $0.kind == .numeric }.map(\.numeric),
            text: columns.filter { $0.kind == .text }.map(\.text))
        ids = []
        times = []
        columns = columns.map { JSONColumn(after: $0) }
        return (table, words.reduce(0) { $0 + $1.hidden })
    }
}

// MARK: - Keys

extension TicketLineBuilder {
    private mutating func assign(_ sources: TicketColumns) {
        topKeys.assign(sources.id, .id)
        topKeys.assign(sources.openedAt, .openedAt)
        if let name = sources.resolvedAt { topKeys.assign(name, .resolvedAt) }
        if let name = sources.hoursToResolution { topKeys.assign(name, .hours) }
        if let name = sources.resolved { topKeys.assign(name, .resolved) }
        topKeys.assign("attributes", .attributes)
        for (role, source) in sources.words { addColumn(role, .categorical, key: source) }
        for (role, source) in sources.texts { addColumn(role, .text, key: source) }
        for name in sources.attributes ?? [] {
            // Without a declaration the first value says what the column is.
            if (sources.numeric ?? []).contains(name) {
                addColumn(name, .numeric)
            } else {
                topKeys.expect(name)
                attributeKeys.expect(name)
            }
        }
    }

    @discardableResult
    private mutating func addColumn(_ name: String, _ kind: ColumnKind, key: String? = nil) -> Int {
        let column = columns.count
        columns.append(JSONColumn(name: name, kind: kind))
        topKeys.assign(key ?? name, .column(column))
        attributeKeys.assign(name, .column(column))
        if name == "customer", key == nil {
            for (rank, alias) in TicketKey.ofCustomer.enumerated() {
                topKeys.assign(alias, .customer(rank: rank, column: column))
            }
        }
        return column
    }

    private func text(_ field: csimdjson_field) -> String { String(decoding: field.name, as: UTF8.self) }

    private mutating func key(of field: csimdjson_field) -> TicketKey {
        if field.parent == 0 {
            switch topKeys.find(field.name) {
            case .key(let key): return key
            case .expected: return newColumn(field)
            case .unknown: return isOpen ? newColumn(field) : .ignored
            }
        }
        guard plan[Int(field.parent) - 1] == .attributes else { return .ignored }
        switch attributeKeys.find(field.name) {
        case .key(let key): return key
        case .expected: return newColumn(field)
        case .unknown: return isOpen ? newColumn(field) : .ignored
        }
    }

    /// A column for a key that is met for the first time; a null says nothing of its kind, so the key waits for a
    /// value.
    private mutating func newColumn(_ field: csimdjson_field) -> TicketKey {
        let name = text(field)
        if field.parent == 0, TicketKey.ofCustomer.contains(name) {
            addColumn("customer", .categorical)
            if case .key(let key) = topKeys.find(field.name) { return key }
        }
        if TicketKey.isRole(name) {
            return .column(addColumn(name, TicketKey.ofText.contains(name) ? .text : .categorical))
        }
        switch field.value {
        case .null: return .ignored
        case .number, .integer: return .column(addColumn(name, .numeric))
        case .text, .flag, .object, .array: return .column(addColumn(name, .categorical))
        }
    }

    private mutating func commit(_ fields: UnsafeBufferPointer<csimdjson_field>, row: Int) {
        var customer: (rank: Int, column: Int, value: JSONValue)?
        columns.withUnsafeMutableBufferPointer { columns in
            for (key, field) in zip(plan, fields) {
                switch key {
                case .column(let column): columns[column].set(field.value, row: row, &redaction)
                case .customer(let rank, let column) where Int(field.kind) != csimdjson_null:
                    if rank <= customer?.rank ?? .max { customer = (rank, column, field.value) }
                default: continue
                }
            }
            if let customer { columns[customer.column].set(customer.value, row: row, &redaction) }
        }
    }
}
