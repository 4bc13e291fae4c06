internal import Records

/// The version of a ticket: the two times that Zendesk tells, and whether they say all.
///
/// `updated_at` moves with changes by people, and is what a safe update has to name; `generated_timestamp` moves with every change. Both
/// go in seconds: what was read within the second of the last change is not settled, as it may have changed again under the same times.
struct ZendeskVersion: Equatable {
    var stamp: String
    var generated: String
    var isSettled: Bool

    init(stamp: String, generated: String, isSettled: Bool) {
        self.stamp = stamp
        self.generated = generated
        self.isSettled = isSettled
    }

    init(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        stamp = String(parts[0])
        generated = parts.count > 1 ? String(parts[1]) : ""
        isSettled = parts.count < 3
    }

    var text: String { stamp + "/" + generated + (isSettled ? "" : "/~") }
}

extension RemoteTicket {
    /// Reads a ticket; nil when it lacks an id or its times.
    init?(zendesk json: JSON, description: SystemDescription, readAt now: Instant) {
        guard let id = json["id"].identifier, let stamp = json["updated_at"].text,
            let updated = Instant(iso8601: stamp),
            let created = json["created_at"].text.flatMap({ Instant(iso8601: $0) })
        else { return nil }
        let generated = json["generated_timestamp"].integer
        let changed = max(updated, Instant(seconds: Double(generated ?? 0)))
        let version = ZendeskVersion(
            stamp: stamp, generated: generated.map { "\($0)" } ?? "", isSettled: now.seconds >= changed.seconds + 1)
        var fields: [TicketField: String] = [:]
        fields[.status] = json["status"].word
        fields[.priority] = json["priority"].word
        fields[.assignee] = json["assignee_id"].identifier
        fields[.group] = json["group_id"].identifier
        var lists: Set<TicketField> = []
        let wanted = Set(description.fields.values)
        for field in json["custom_fields"].items {
            guard let id = field["id"].identifier, wanted.contains(id) else { continue }
            fields[.custom(id)] = field["value"].word ?? FieldList.text(field["value"].items.compactMap(\.word))
            if case .list = field["value"] { lists.insert(.custom(id)) }
        }
        var links = Set(json["followup_ids"].items.compactMap(\.identifier))
        if let problem = json["problem_id"].identifier { links.insert(problem) }
        let source = json["via"]["source"]
        let origin = source["from"]["ticket_id"].identifier
        if let origin { links.insert(origin) }
        if let field = description.fields["links"], let text = fields[.custom(field)] {
            links.formUnion(text.split(separator: " ").map(String.init))
        }
        self.init(
            id: id, number: id, version: version.text, createdAt: created, updatedAt: changed,
            fate: json["status"].text == "deleted" ? .deleted : .present,
            subject: RawText(json["subject"].text ?? ""), requester: json["requester_id"].identifier,
            organization: json["organization_id"].identifier, channel: json["via"]["channel"].word ?? "",
            fields: fields,
            tags: Set(json["tags"].items.compactMap(\.text)), links: links,
            follows: source["rel"].text == "follow_up" ? origin : nil)
        self.lists = lists
    }
}

extension JSON {
    /// The comments of an audit, with what the audit tells of them.
    var zendeskComments: [JSON] {
        self["events"].items.filter { $0["type"].text == "Comment" || $0["type"].text == "VoiceComment" }.map { event in
            var members = event.members
            members["created_at"] = self["created_at"]
            members["via"] = self["via"]
            return .object(members)
        }
    }
}

extension RemoteChange {
    /// Reads an audit: one event a field.
    ///
    /// - Parameters:
    ///   - audit: The audit.
    ///   - custom: The ids of the custom fields that are kept the same.
    static func all(zendesk audit: JSON, custom: Set<String>) -> [RemoteChange] {
        guard let time = audit["created_at"].text.flatMap({ Instant(iso8601: $0) }) else { return [] }
        return audit["events"].items.compactMap { event in
            guard event["type"].text == "Change", let name = event["field_name"].identifier else { return nil }
            let field: TicketField
            switch name {
            case "status": field = .status
            case "priority": field = .priority
            case "assignee_id": field = .assignee
            case "group_id": field = .group
            default:
                guard custom.contains(name) else { return nil }
                field = .custom(name)
            }
            return RemoteChange(
                time: time, field: field, from: word(event["previous_value"]), to: word(event["value"]))
        }
    }

    private static func word(_ value: JSON) -> String {
        FieldList.text(value.items.compactMap(\.word)) ?? value.identifier ?? ""
    }
}

extension RemoteMessage {
    /// Reads a comment; nil when it lacks an id or a time.
    init?(zendesk json: JSON) {
        guard let id = json["id"].identifier, let time = json["created_at"].text.flatMap({ Instant(iso8601: $0) })
        else { return nil }
        let (text, key) = MessageMark.parted(json["body"].text ?? json["plain_body"].text ?? "")
        self.init(
            id: id, time: time, author: json["author_id"].identifier, isPublic: json["public"].flag ?? true,
            channel: json["via"]["channel"].word ?? "", text: RawText(text), key: key,
            attachments: json["attachments"].items.compactMap { file in
                guard let id = file["id"].identifier else { return nil }
                return RemoteAttachment(
                    id: id, name: RawText(file["file_name"].text ?? ""), type: file["content_type"].text ?? "",
                    bytes: file["size"].integer)
            })
    }
}

/// Why Zendesk refused something.
enum ZendeskReason {
    /// Reads `{"error", "description", "details": {field: [{"description"}]}}`, `{"error": {"title", "message"}}` and
    /// `{"errors": [{"title"}]}`.
    @Sendable static func read(_ json: JSON) -> (reason: String, fields: [String])? {
        let error = json["error"]
        var sentences = [json["description"].text, error["title"].text, error["message"].text].compactMap { $0 }
        sentences += json["errors"].items.compactMap { $0["title"].text }
        let details = json["details"].members
        for (_, items) in details.sorted(by: { $0.key < $1.key }) {
            sentences += items.items.compactMap { $0["description"].text }
        }
        if sentences.isEmpty, let word = error.text { sentences = [word] }
        return sentences.isEmpty ? nil : (sentences.joined(separator: " · "), details.keys.sorted())
    }

    /// The names, as ``TicketField/name``, of the fields of a change that a refusal is about.
    ///
    /// - Parameters:
    ///   - keys: The keys of `details`.
    ///   - reason: The sentences, which begin with the title of a custom field that is at fault.
    ///   - wanted: The fields of the change.
    ///   - titles: The titles of custom fields by their ids.
    static func fields(_ keys: [String], reason: String, wanted: Set<TicketField>, titles: [String: String]) -> [String]
    {
        let plain = keys.compactMap { TicketField(name: $0.hasSuffix("_id") ? String($0.dropLast(3)) : $0) }
        var found = wanted.intersection(plain)
        if keys.contains("base") || keys.contains("custom_fields") {
            let custom = wanted.filter { if case .custom = $0 { true } else { false } }
            let named = custom.filter { field in
                guard case .custom(let id) = field, let title = titles[id] else { return false }
                return reason.split(separator: "·").contains { String($0).trimmed.hasPrefix(title + ":") }
            }
            found.formUnion(named.isEmpty ? custom : named)
        }
        return found.map(\.name).sorted()
    }
}
