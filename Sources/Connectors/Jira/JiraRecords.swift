internal import Records

extension RemoteTicket {
    /// What makes the label by which a ticket that was opened from here is found again.
    static let jiraLabel = "casebook-key-"

    /// Reads an issue; nil when it lacks an id or its times.
    ///
    /// - Parameters:
    ///   - json: The issue.
    ///   - description: The site. A state that it does not name is the category it belongs to.
    ///   - organizations: The id of the field with the customer's organisations; nil where there is none.
    ///   - addresses: The addresses of the web that it is linked with; nil where they were not asked for.
    init?(jira json: JSON, description: SystemDescription, organizations: String?, addresses: [String]? = nil) {
        let values = json["fields"]
        guard let id = json["id"].identifier,
            let created = values["created"].text.flatMap({ Instant(iso8601: $0) }),
            let updated = values["updated"].text.flatMap({ Instant(iso8601: $0) })
        else { return nil }
        var fields: [TicketField: String] = [:]
        fields[.status] = Self.jiraStatus(values["status"], description)
        fields[.priority] = values["priority"]["name"].word
        fields[.assignee] = values["assignee"]["accountId"].text
        fields[.category] = values["issuetype"]["name"].word
        fields[.resolution] = values["resolution"]["name"].word
        for field in Set(description.fields.values) { fields[.custom(field)] = JiraField.word(values[field]) }
        var links = Set(addresses ?? [])
        for link in values["issuelinks"].items {
            for other in [link["inwardIssue"], link["outwardIssue"]] {
                links.formUnion([other["id"].identifier, other["key"].text].compactMap { $0 })
            }
        }
        let labels = values["labels"].items.compactMap(\.text)
        self.init(
            id: id, number: json["key"].text ?? id, version: Self.jiraVersion(updated), createdAt: created,
            updatedAt: updated,
            subject: RawText(values["summary"].text ?? ""), body: RawText(ADFText.text(values["description"])),
            requester: values["reporter"]["accountId"].text,
            organization: organizations.flatMap { values[$0].items.first?["id"].identifier }, fields: fields,
            tags: Set(labels.filter { !$0.hasPrefix(Self.jiraLabel) }), links: links,
            key: labels.first { $0.hasPrefix(Self.jiraLabel) }.map { String($0.dropFirst(Self.jiraLabel.count)) },
            files: values["attachment"].items.compactMap(RemoteMessage.init(jiraFile:)),
            resolvedAt: values["resolutiondate"].text.flatMap { Instant(iso8601: $0) })
        tellsAddresses = addresses != nil
        mentioned = ADFText.mentions(values["description"])
        for field in Set(description.fields.values) {
            if case .list = values[field] { lists.insert(.custom(field)) }
        }
    }

    /// The version of an issue: the time of its last change in milliseconds, as accounts see it in zones of their own.
    static func jiraVersion(_ updated: Instant) -> String { "\(Int((updated.seconds * 1_000).rounded()))" }

    /// The word for a state: its name where the description has it, and else its category.
    static func jiraStatus(_ status: JSON, _ description: SystemDescription) -> String? {
        let name = status["name"].word
        if let name, description.statuses.knows(name) { return name }
        return status["statusCategory"]["key"].text ?? name
    }
}

extension RemoteChange {
    /// Reads an entry of a changelog.
    ///
    /// - Parameters:
    ///   - entry: The entry.
    ///   - custom: The ids of the custom fields that are kept the same.
    ///   - people: The ids of those whose values are people, who are told by their ids.
    ///   - status: The word for a state by its name.
    static func all(
        jira entry: JSON, custom: Set<String>, people: Set<String>, status: (String) -> String
    ) -> [RemoteChange] {
        guard let time = entry["created"].text.flatMap({ Instant(iso8601: $0) }) else { return [] }
        return entry["items"].items.compactMap { item in
            guard let name = item["fieldId"].text ?? item["field"].text else { return nil }
            let (from, to) = (item["fromString"].text ?? "", item["toString"].text ?? "")
            switch name {
            case "status": return RemoteChange(time: time, field: .status, from: status(from), to: status(to))
            case "priority": return RemoteChange(time: time, field: .priority, from: from, to: to)
            case "issuetype": return RemoteChange(time: time, field: .category, from: from, to: to)
            case "resolution": return RemoteChange(time: time, field: .resolution, from: from, to: to)
            case "assignee":
                return RemoteChange(
                    time: time, field: .assignee, from: item["from"].text ?? "", to: item["to"].text ?? "")
            case _ where people.contains(name):
                return RemoteChange(
                    time: time, field: .custom(name), from: item["from"].text ?? "", to: item["to"].text ?? "")
            default:
                return custom.contains(name) ? RemoteChange(time: time, field: .custom(name), from: from, to: to) : nil
            }
        }
    }
}

extension RemoteMessage {
    /// The property of a comment that holds its key, and the one that keeps it from the customer.
    static let jiraKey = "casebook"
    static let jiraVisibility = "sd.public.comment"

    /// Reads a comment; nil when it lacks an id or a time.
    init?(jira json: JSON) {
        guard let id = json["id"].identifier, let time = json["created"].text.flatMap({ Instant(iso8601: $0) }) else {
            return nil
        }
        let property = json["properties"].items.first { $0["key"].text == Self.jiraKey }
        self.init(
            id: id, time: time, author: json["author"]["accountId"].text,
            isPublic: json["jsdPublic"].flag ?? json["visibility"].isNull, text: RawText(ADFText.text(json["body"])),
            key: property?["value"]["key"].text)
        mentioned = ADFText.mentions(json["body"])
    }

    /// A message that holds nothing but a file: files hang on issues, not on comments; nil when it lacks an id or a time.
    init?(jiraFile json: JSON) {
        guard let id = json["id"].identifier, let time = json["created"].text.flatMap({ Instant(iso8601: $0) }) else {
            return nil
        }
        let file = RemoteAttachment(
            id: id, name: RawText(json["filename"].text ?? ""), type: json["mimeType"].text ?? "",
            bytes: json["size"].integer)
        self.init(
            id: "file:" + id, time: time, author: json["author"]["accountId"].text, text: RawText(""),
            attachments: [file])
    }
}

extension [RemoteMessage] {
    /// The comments of an issue when it is known who asked: customers may have accounts as agents have them, but none is assigned or writes what is internal.
    func written(by requester: String?, assignee: String?) -> [RemoteMessage] {
        guard let requester, requester != assignee,
            allSatisfy({ $0.isPublic || $0.author != requester })
        else { return self }
        return map { message in
            var message = message
            if message.author == requester { message.isFromAgent = false }
            return message
        }
    }
}

extension RemotePerson {
    /// Reads a user, whom an account of the portal alone makes a customer for sure; nil when it lacks an id.
    init?(jira json: JSON) {
        guard let id = json["accountId"].text else { return nil }
        self.init(
            id: id, name: RawText(json["displayName"].text ?? ""), email: json["emailAddress"].word.map { RawText($0) },
            isAgent: json["accountType"].text != "customer")
    }
}

/// Why Jira refused something.
enum JiraReason {
    /// Reads `{"errorMessages": [], "errors": {field: sentence}}` and `{"errorMessage"}`.
    @Sendable static func read(_ json: JSON) -> (reason: String, fields: [String])? {
        let errors = json["errors"].members.sorted { $0.key < $1.key }
        let sentences =
            json["errorMessages"].items.compactMap(\.text) + errors.map { "\($0.key): \($0.value.word ?? "")" }
            + [json["errorMessage"].word].compactMap { $0 }
        guard !sentences.isEmpty else { return nil }
        let fields = errors.compactMap { name, _ -> String? in
            if name.hasPrefix("customfield_") { return TicketField.custom(name).name }
            return name == "issuetype" ? TicketField.category.name : TicketField(name: name)?.name
        }
        return (sentences.joined(separator: " · "), fields)
    }
}
