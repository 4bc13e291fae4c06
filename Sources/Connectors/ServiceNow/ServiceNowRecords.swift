internal import Records

/// The columns that are read and written.
enum ServiceNowColumns {
    private static let usual = [
        "sys_id", "number", "sys_mod_count", "sys_created_on", "sys_updated_on", "opened_at", "short_description",
        "description",
        "state", "priority", "assigned_to", "assignment_group", "category", "close_notes", "caller_id", "company",
        "contact_type",
        "correlation_id", "parent_incident", "problem_id", "resolved_at",
    ]

    /// All columns that are read of a ticket.
    static func all(for description: SystemDescription) -> [String] {
        usual + Set(description.fields.values).subtracting(usual).sorted()
    }

    /// The fields that are kept the same.
    static func fields(for description: SystemDescription) -> [TicketField] {
        [.status, .priority, .assignee, .group, .category, .resolution]
            + Set(description.fields.values).sorted().map { .custom($0) }
    }

    /// The column of a field.
    static func name(of field: TicketField) -> String {
        switch field {
        case .status: "state"
        case .priority: "priority"
        case .assignee: "assigned_to"
        case .group: "assignment_group"
        case .category: "category"
        case .resolution: "close_notes"
        case .custom(let column): column
        }
    }
}

/// Times as the system writes them, `2026-11-22 10:00:00` in UTC.
enum ServiceNowTime {
    static func instant(_ text: String?) -> Instant? { text.flatMap { Instant(iso8601: $0) } }

    /// The second in which a time falls.
    static func text(_ time: Instant) -> String {
        let text = Instant(seconds: time.seconds.rounded(.down)).iso8601
        return text.replacing("T", with: " ").replacing("Z", with: "")
    }
}

extension RemoteTicket {
    /// Reads a record; nil when it lacks an id or its times.
    init?(serviceNow row: JSON, description: SystemDescription) {
        guard let id = row["sys_id"].word, let updated = ServiceNowTime.instant(row["sys_updated_on"].word),
            let created = ServiceNowTime.instant(row["opened_at"].word ?? row["sys_created_on"].word)
        else { return nil }
        var fields: [TicketField: String] = [:]
        for field in ServiceNowColumns.fields(for: description) {
            fields[field] = ServiceNowTables.reference(row[ServiceNowColumns.name(of: field)])
        }
        var links = Set([row["parent_incident"], row["problem_id"]].compactMap(ServiceNowTables.reference))
        if let column = description.fields["links"], let text = fields[.custom(column)] {
            links.formUnion(text.split(separator: " ").map(String.init))
        }
        self.init(
            id: id, number: row["number"].word ?? id, version: row["sys_mod_count"].word ?? row.checksum,
            createdAt: created,
            updatedAt: updated, subject: RawText(row["short_description"].word ?? ""),
            body: RawText(row["description"].word ?? ""), requester: ServiceNowTables.reference(row["caller_id"]),
            organization: ServiceNowTables.reference(row["company"]), channel: row["contact_type"].word ?? "",
            fields: fields,
            links: links, key: row["correlation_id"].word,
            resolvedAt: ServiceNowTime.instant(row["resolved_at"].word))
    }
}

extension RemoteMessage {
    /// Reads an entry of a journal; nil when it lacks an id or a time, or is of another field than the two that people write in.
    init?(journal row: JSON, of ticket: RemoteTicket, users: [String: String]) {
        guard let id = row["sys_id"].word, let time = ServiceNowTime.instant(row["sys_created_on"].word),
            let element = row["element"].word, element == "comments" || element == "work_notes"
        else { return nil }
        let author = Self.author(row, users)
        let (whole, key) = MessageMark.parted(row["value"].word ?? "")
        let (text, isMarkup) = JournalText.read(whole)
        self.init(
            id: id, time: time, author: author, isFromAgent: element == "work_notes" ? true : Self.side(author, ticket),
            isPublic: element == "comments", text: RawText(text), isMarkup: isMarkup, key: key)
    }

    /// Reads a file, which hangs on the record and on no entry of the journal; nil for those that the system makes for itself.
    init?(attachment row: JSON, of ticket: RemoteTicket, users: [String: String]) {
        guard let id = row["sys_id"].word, let time = ServiceNowTime.instant(row["sys_created_on"].word),
            row["table_name"].word?.hasPrefix("ZZ_YY") != true
        else { return nil }
        let author = Self.author(row, users)
        let file = RemoteAttachment(
            id: id, name: RawText(row["file_name"].word ?? ""), type: row["content_type"].word ?? "",
            bytes: row["size_bytes"].integer)
        self.init(
            id: id, time: time, author: author, isFromAgent: Self.side(author, ticket), isPublic: true,
            text: RawText(""),
            attachments: [file])
    }

    private static func author(_ row: JSON, _ users: [String: String]) -> String? {
        row["sys_created_by"].word.map { users[$0] ?? $0 }
    }

    /// Whether an author is of the support team, where the ticket tells.
    private static func side(_ author: String?, _ ticket: RemoteTicket) -> Bool? {
        guard let author else { return nil }
        if author == ticket.requester { return false }
        return author == ticket.fields[.assignee] ? true : nil
    }
}
