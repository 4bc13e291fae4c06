internal import Records

extension ServiceNowSystem {
    /// Changes a record whose count of changes is still the one that was read.
    public func write(_ change: TicketChange, to ticket: RemoteTicket) async throws(SystemFault) -> RemoteTicket? {
        guard change.tagsAdded.isEmpty, change.tagsRemoved.isEmpty else {
            throw .refused(reason: "ServiceNow has no tags that the Table API can write", fields: [])
        }
        var values = try Self.values(of: change.fields)
        if let message = change.message {
            let text = JournalText.written(message.document.plainText) + "\n\n" + MessageMark.line(message.key)
            values[message.isPublic ? "comments" : "work_notes"] = .text(text)
        }
        // The system has no guard of its own: what is left is the moment between these two requests.
        var columns = ["sys_id", "sys_mod_count"]
        if !change.linksAdded.isEmpty { columns += ["parent_incident", description.fields["links"]].compactMap { $0 } }
        guard let before = try await rows.row(ticket.id, of: table, columns: columns) else { throw .missing }
        guard before["sys_mod_count"].word == ticket.version else { throw .stale }
        for (column, value) in try added(change.linksAdded, to: before) { values[column] = value }
        guard !values.isEmpty else { return nil }
        let row = try await rows.write(
            values, to: ticket.id, of: table, columns: ServiceNowColumns.all(for: description))
        guard let written = RemoteTicket(serviceNow: row, description: description), written.id == ticket.id,
            let count = Int(ticket.version), let counted = Int(written.version), counted <= count + 1
        else {
            // Somebody else came in between: what they did has to be read.
            return nil
        }
        return written
    }

    private static func values(of fields: [TicketField: String?]) throws(SystemFault) -> [String: JSON] {
        var values: [String: JSON] = [:]
        for (field, value) in fields {
            // The system takes any text for a reference, and then nobody has the ticket.
            if field == .assignee || field == .group, let value, !isID(value) {
                throw .refused(
                    reason: "\(field.name): ids have 32 hexadecimal digits in ServiceNow", fields: [field.name])
            }
            values[ServiceNowColumns.name(of: field)] = .text(value ?? "")
        }
        if case let priority?? = fields[.priority], let (impact, urgency) = levels[priority] {
            (values["impact"], values["urgency"]) = (.text(impact), .text(urgency))
        }
        return values
    }

    private static func isID(_ text: String) -> Bool { text.utf8.count == 32 && text.allSatisfy(\.isHexDigit) }

    /// Impact and urgency by the priority that follows from them, as instances are delivered.
    private static let levels = [
        "1": ("1", "1"), "2": ("1", "2"), "3": ("2", "2"), "4": ("2", "3"), "5": ("3", "3"),
    ]

    /// Links as a record takes them: another incident as the parent, addresses in the column that the description names, behind what stands there.
    private func added(_ links: Set<String>, to row: JSON) throws(SystemFault) -> [String: JSON] {
        if let column = description.fields["links"] {
            let text = row[column].word ?? ""
            let known = text.split(separator: " ").map(String.init)
            let new = links.subtracting(known).sorted()
            return new.isEmpty ? [:] : [column: .text(((text.isEmpty ? [] : [text]) + new).joined(separator: " "))]
        }
        let parent = ServiceNowTables.reference(row["parent_incident"])
        let new = links.subtracting([parent].compactMap { $0 }).sorted()
        guard !new.isEmpty else { return [:] }
        guard parent == nil else {
            throw .refused(reason: "the incident has another parent already", fields: [])
        }
        guard new.count == 1, Self.isID(new[0]) else {
            throw .refused(
                reason: "ServiceNow has no place for a link: name a column as \"links\" in the description", fields: [])
        }
        return ["parent_incident": .text(new[0])]
    }

    /// Opens a record, if there is none with the key as its correlation id.
    public func create(_ draft: TicketDraft, key: String) async throws(SystemFault) -> RemoteTicket {
        guard draft.place.isEmpty || draft.place == table else {
            throw .refused(
                reason: "tickets of this system are opened in the table \(table), not in \(draft.place)", fields: [])
        }
        // Nothing makes a repetition the same record.
        if let known = try await ticket(keyed: key) { return known }
        var values = try Self.values(of: draft.fields.mapValues { .some($0) })
        values["short_description"] = .text(draft.subject.string)
        values["description"] = .text(draft.document.plainText)
        values["correlation_id"] = .text(key)
        values["correlation_display"] = "Casebook"
        let row = try await rows.write(values, to: nil, of: table, columns: ServiceNowColumns.all(for: description))
        guard let ticket = RemoteTicket(serviceNow: row, description: description) else {
            throw .unreadable("the answer to a new record holds no record")
        }
        return ticket
    }

    /// The oldest record with a correlation id.
    public func ticket(keyed key: String) async throws(SystemFault) -> RemoteTicket? {
        guard ServiceNowTables.isPlain(key) else { return nil }
        let page = try await rows.page(
            of: table, query: "correlation_id=\(key)^ORDERBYsys_created_on^ORDERBYsys_id",
            columns: ServiceNowColumns.all(for: description), limit: 10)
        guard let row = page?.rows.first(where: { $0["correlation_id"].word == key }) else { return nil }
        return RemoteTicket(serviceNow: row, description: description)
    }
}
