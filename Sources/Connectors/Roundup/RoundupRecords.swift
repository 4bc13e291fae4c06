internal import Records

/// An issue as Roundup sends it, in a list or by itself.
struct RoundupIssue {
    /// The properties that every issue of the classic schema has.
    static let properties = [
        "title", "status", "priority", "assignedto", "keyword", "messages", "files", "superseder", "nosy", "creation",
        "creator",
        "activity",
    ]

    let id: String
    let attributes: JSON
    let createdAt: Instant
    let updatedAt: Instant

    /// Reads an issue; nil when it lacks an id or its times.
    init?(_ json: JSON) {
        // By itself an issue has its properties in a member of their own.
        var attributes = json["attributes"].isNull ? json.members : json["attributes"].members
        attributes["id"] = nil
        attributes["link"] = nil
        guard let id = json["id"].identifier,
            let created = attributes["creation"]?.text.flatMap(RoundupDate.instant),
            let updated = attributes["activity"]?.text.flatMap(RoundupDate.instant)
        else { return nil }
        self.id = id
        self.attributes = .object(attributes)
        createdAt = created
        updatedAt = updated
    }

    /// The id of what a property points to; nil when it points to nothing.
    func link(_ property: String) -> String? { attributes[property]["id"].identifier }

    /// The ids of all that a property points to.
    func links(_ property: String) -> [String] { attributes[property].items.compactMap { $0["id"].identifier } }

    /// The names of what a property points to.
    func names(_ property: String) -> [String] { attributes[property].items.compactMap { Self.label($0) } }

    /// A checksum over what is read of an issue: it differs whenever the issue does, also within one second, and a list has it where
    /// it has no entity tag.
    var version: String {
        let read = attributes.members.mapValues { value -> JSON in
            switch value {
            case .object: value["id"]
            case .list(let items): .list(items.map { $0["id"].isNull ? $0 : $0["id"] })
            default: value
            }
        }
        return JSON.object(read).checksum
    }

    /// The ticket.
    ///
    /// - Parameters:
    ///   - custom: The properties that are kept the same besides the usual ones.
    ///   - fate: What has become of it.
    func ticket(custom: [String], fate: RemoteTicket.Fate = .present) -> RemoteTicket {
        var fields: [TicketField: String] = [:]
        fields[.status] = Self.label(attributes["status"])
        fields[.priority] = Self.label(attributes["priority"])
        fields[.assignee] = link("assignedto")
        for property in custom { fields[.custom(property)] = Self.label(attributes[property]) }
        return RemoteTicket(
            id: id, number: id, version: version, createdAt: createdAt, updatedAt: updatedAt, fate: fate,
            subject: RawText(attributes["title"].text ?? ""), requester: link("creator"), fields: fields,
            tags: Set(names("keyword")), links: Set(links("superseder")))
    }

    /// What people call a value: of what it points to the member besides its id and its address.
    private static func label(_ value: JSON) -> String? {
        guard case .object(let members) = value else { return value.word }
        return members.first { $0.key != "id" && $0.key != "link" }?.value.word
    }
}

extension RemoteMessage {
    /// The place in a message where its key is, a message id of mail (RFC 5322, section 3.6.4).
    static func roundupMark(_ key: String) -> String { "<\(key)@casebook>" }

    /// Reads a message, which whoever may see the issue can read; nil when it lacks an id or a time.
    init?(roundup json: JSON, files: [String: JSON]) {
        guard let id = json["id"].identifier,
            let time = (json["date"].text ?? json["creation"].text).flatMap(RoundupDate.instant)
        else { return nil }
        var key: String?
        if let mark = json["messageid"].text, mark.hasPrefix("<"), mark.hasSuffix("@casebook>") {
            key = String(mark.dropFirst().dropLast("@casebook>".count))
        }
        let attached = json["files"].items.compactMap { $0["id"].identifier.flatMap { files[$0] } }
        self.init(
            id: id, time: time, author: json["author"]["id"].identifier ?? json["creator"]["id"].identifier,
            text: RawText(json["content"].text ?? ""), key: key,
            attachments: attached.compactMap(RemoteAttachment.init(roundup:)))
    }

    /// A message that holds nothing but a file which hangs on the issue itself; nil when the file lacks an id or a time.
    init?(roundupFile json: JSON) {
        guard let file = RemoteAttachment(roundup: json), let time = json["creation"].text.flatMap(RoundupDate.instant)
        else { return nil }
        self.init(
            id: "file:" + file.id, time: time, author: json["creator"]["id"].identifier, text: RawText(""),
            attachments: [file])
    }
}

extension RemoteAttachment {
    /// Reads a file; nil when it lacks an id.
    init?(roundup json: JSON) {
        guard let id = json["id"].identifier else { return nil }
        self.init(id: id, name: RawText(json["name"].text ?? ""), type: json["type"].text ?? "")
    }
}

extension RemotePerson {
    /// Reads a user, who is of the team with a role besides those that every user gets; nil without an id.
    init?(roundup json: JSON) {
        guard let id = json["id"].identifier else { return nil }
        let roles = (json["roles"].text ?? "").split(separator: ",").map { String($0).trimmed.lowercased() }
        self.init(
            id: id, name: RawText(json["realname"].word ?? json["username"].word ?? ""),
            email: json["address"].word.map { RawText($0) }, organization: json["organisation"].word,
            isAgent: roles.contains { !$0.isEmpty && $0 != "user" && $0 != "anonymous" })
    }
}

/// Why Roundup refused something.
enum RoundupReason {
    /// Reads `{"error": {"status", "msg"}}`, whose sentence names a property: `property status: …`, `Property nonsense not found …`.
    @Sendable static func read(_ json: JSON) -> (reason: String, fields: [String])? {
        guard let sentence = json["error"]["msg"].word else { return nil }
        let words = sentence.split(separator: " ")
        guard words.count > 1, words[0].lowercased() == "property" else { return (sentence, []) }
        let property = words[1].prefix { $0 != ":" }
        switch property {
        case "status", "priority": return (sentence, [String(property)])
        case "assignedto": return (sentence, [TicketField.assignee.name])
        case "keyword", "superseder", "messages", "title": return (sentence, [])
        default: return (sentence, [TicketField.custom(String(property)).name])
        }
    }
}
