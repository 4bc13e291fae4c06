internal import Records

/// A ticket as Request Tracker sends it, in a list or by itself.
struct RequestTrackerTicket {
    /// The fields that are asked for in a list; by itself a ticket has them all.
    static let fields =
        "Status,Subject,LastUpdated,Created,Resolved,Priority,Owner,Queue,Requestor,Creator,CustomFields,EffectiveId"
    /// What the links by which a ticket that was opened from here is found again begin with.
    static let mark = "casebook:"

    /// The id of the ticket, or of the one in which it lives on where that was read in its place.
    let id: String
    let updatedAt: Instant
    private let json: JSON
    private let createdAt: Instant

    /// Reads a ticket; nil when it lacks an id or its times.
    init?(_ json: JSON) {
        guard let id = json["id"].identifier, let created = json["Created"].text.flatMap({ Instant(iso8601: $0) }),
            let updated = json["LastUpdated"].text.flatMap({ Instant(iso8601: $0) })
        else { return nil }
        self.id = id
        self.json = json
        createdAt = created
        updatedAt = updated
    }

    /// The ticket it was merged into; nil when it was not.
    var mergedInto: String? {
        let effective = json["EffectiveId"].identifier ?? json["EffectiveId"]["id"].identifier
        return effective == id ? nil : effective
    }

    /// Whether it is in a queue, by its name or id; every ticket is where none is meant.
    func isIn(queue: String) -> Bool {
        let own = [json["Queue"]["Name"].word, json["Queue"]["id"].identifier].compactMap { $0 }
        return queue.isEmpty || own.isEmpty || own.contains { $0.lowercased() == queue.lowercased() }
    }

    /// The values of a custom field.
    private func custom(_ name: String) -> String? {
        let values =
            json["CustomFields"].items.first { $0["name"].text == name }?["values"].items.compactMap(\.word) ?? []
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    /// The ticket.
    ///
    /// - Parameters:
    ///   - asked: The id that was asked for.
    ///   - custom: The names of the custom fields that are kept the same.
    func ticket(asked: String, custom: [String]) -> RemoteTicket {
        var fields: [TicketField: String] = [:]
        fields[.status] = json["Status"].word
        fields[.priority] = json["Priority"].word
        fields[.group] = json["Queue"]["Name"].word ?? json["Queue"]["id"].identifier
        let owner = json["Owner"]["id"].identifier
        fields[.assignee] = owner == "Nobody" ? nil : owner
        for name in custom { fields[.custom(name)] = self.custom(name) }
        var fate = RemoteTicket.Fate.present
        if id != asked {
            fate = .merged(into: id)
        } else if let other = mergedInto {
            fate = .merged(into: other)
        } else if fields[.status] == "deleted" {
            fate = .deleted
        }
        let requester = json["Requestor"].items.first?["id"].identifier ?? json["Creator"]["id"].identifier
        let words = fields.map { JSON.text($0.key.name + "=" + $0.value) }.sorted { $0.text ?? "" < $1.text ?? "" }
        let version: JSON = [.text(updatedAt.iso8601), json["Subject"], .text(requester ?? ""), .list(words)]
        return RemoteTicket(
            id: asked, number: asked, version: version.checksum, createdAt: createdAt, updatedAt: updatedAt, fate: fate,
            subject: RawText(json["Subject"].text ?? ""), requester: requester, fields: fields, links: links,
            resolvedAt: json["Resolved"].text.flatMap { Instant(iso8601: $0) }.flatMap { $0.seconds > 0 ? $0 : nil })
    }

    /// The tickets and addresses it is linked with; only a ticket by itself tells them.
    private var links: Set<String> {
        var links: Set<String> = []
        for link in json["_hyperlinks"].items where link["ref"].text != "self" {
            switch link["type"].text {
            case "ticket": if let id = link["id"].identifier { links.insert(id) }
            case "external":
                if let address = link["_url"].text, !address.hasPrefix(Self.mark) { links.insert(address) }
            default: break
            }
        }
        return links
    }
}

extension RemoteChange {
    /// The types of transactions that are changes of a state or of another field.
    static let requestTrackerTypes = ["Status", "Set"]

    /// Reads a transaction; nil when it is about something else than the state or the priority, as others are told by numbers alone.
    init?(requestTracker json: JSON) {
        guard let time = json["Created"].text.flatMap({ Instant(iso8601: $0) }) else { return nil }
        let field: TicketField
        switch (json["Type"].text, json["Field"].text) {
        case ("Status", _): field = .status
        case ("Set", "Priority"): field = .priority
        default: return nil
        }
        self.init(time: time, field: field, from: json["OldValue"].word ?? "", to: json["NewValue"].word ?? "")
    }
}

extension RemoteMessage {
    /// The types of transactions that are messages; mail that was sent because of them is recorded in others.
    static let requestTrackerTypes = ["Create", "Correspond", "Comment"]

    /// Reads a transaction; nil when it lacks an id or a time, or says nothing.
    ///
    /// - Parameters:
    ///   - json: The transaction.
    ///   - text: What it says, with its mark.
    ///   - isMarkup: Whether that is HTML.
    ///   - files: What hangs on it.
    init?(requestTracker json: JSON, text: String, isMarkup: Bool, files: [RemoteAttachment]) {
        guard let id = json["id"].identifier, let time = json["Created"].text.flatMap({ Instant(iso8601: $0) }),
            !text.isEmpty || !files.isEmpty
        else { return nil }
        let (said, key) = MessageMark.parted(text)
        self.init(
            id: id, time: time, author: json["Creator"]["id"].identifier, isPublic: json["Type"].text != "Comment",
            text: RawText(said), isMarkup: isMarkup, key: key, attachments: files)
    }
}

/// A part of a message, as Request Tracker keeps them: the texts, the files, and the covers that hold them together.
struct RequestTrackerPart {
    let id: String
    let transaction: String
    let type: String
    private let name: String
    private let bytes: Int?

    /// Reads a part; nil when it lacks an id or a transaction.
    init?(_ json: JSON) {
        guard let id = json["id"].identifier, let transaction = json["TransactionId"].identifier else { return nil }
        self.id = id
        self.transaction = transaction
        type = json["ContentType"].text ?? ""
        name = json["Filename"].text ?? ""
        bytes = json["ContentLength"].integer
    }

    /// Whether it can be what the message says.
    var isText: Bool { name.isEmpty && (type == "text/plain" || type == "text/html") }

    /// What is known of the file that it is; nil when it is none.
    var file: RemoteAttachment? {
        guard !isText, !type.hasPrefix("multipart/") else { return nil }
        return RemoteAttachment(id: id, name: RawText(name), type: type, bytes: bytes)
    }
}

extension RemotePerson {
    /// Reads a user, whom privileges make one of the team; nil when it lacks a name.
    init?(requestTracker json: JSON) {
        guard let name = json["Name"].word else { return nil }
        self.init(
            id: name, name: RawText(json["RealName"].word ?? name),
            email: json["EmailAddress"].word.map { RawText($0) },
            organization: json["Organization"].word, isAgent: json["Privileged"].integer == 1)
    }
}
