internal import Records

extension RoundupSystem {
    /// Changes an issue by one request that carries its entity tag; a message is made before, and belongs to nothing until then.
    public func write(_ change: TicketChange, to ticket: RemoteTicket) async throws(SystemFault) -> RemoteTicket? {
        if let message = change.message, let old = message.replaces, try await edit(old, message) { return nil }
        guard let (issue, tag) = try await single(ticket.id) else { throw .missing }
        guard issue.version == ticket.version else { throw .stale }
        var members = try self.members(of: change.fields)
        if !change.tagsAdded.isEmpty || !change.tagsRemoved.isEmpty {
            let tags = Set(issue.names("keyword")).union(change.tagsAdded).subtracting(change.tagsRemoved)
            try await addKeywords(change.tagsAdded)
            members["keyword"] = .list(tags.sorted().map { .text($0) })
        }
        if !change.linksAdded.isEmpty {
            guard change.linksAdded.allSatisfy({ Int($0) != nil }) else {
                throw .refused(reason: "Roundup links issues with issues, not with addresses", fields: [])
            }
            members["superseder"] = .list(
                Set(issue.links("superseder")).union(change.linksAdded).sorted().map { .text($0) })
        }
        var said: String?
        if let message = change.message {
            let readers = message.isPublic ? [] : issue.links("nosy")
            let id = try await ensureMessage(message.document, key: message.key, readers: readers)
            said = id
            members["messages"] = .list((issue.links("messages") + [id]).map { .text($0) })
            if !message.isPublic { members["status"] = members["status"] ?? issue.link("status").map { .text($0) } }
        }
        guard !members.isEmpty else { return nil }
        members["@op"] = "replace"
        let changed = try await patch("issue", ticket.id, tag: tag, members)
        // What was so before is not among what has changed.
        if let said, case .list(let messages) = changed["messages"],
            !messages.contains(where: { $0.identifier == said })
        {
            throw .unreadable("issue \(ticket.id): the answer does not hold the message")
        }
        return nil
    }

    /// Opens an issue whose first message has the key.
    public func create(_ draft: TicketDraft, key: String) async throws(SystemFault) -> RemoteTicket {
        if let known = try await ticket(keyed: key) { return known }
        var members = try self.members(of: draft.fields.mapValues { .some($0) })
        try await addKeywords(draft.tags)
        if !draft.tags.isEmpty { members["keyword"] = .list(draft.tags.sorted().map { .text($0) }) }
        members["title"] = .text(draft.subject.string)
        members["messages"] = [.text(try await ensureMessage(draft.document, key: key, readers: []))]
        let id = try await post("issue", members)
        guard let ticket = try await ticket(id) else { throw .unreadable("the new issue \(id) is not there") }
        return ticket
    }

    /// The issue that holds the message with the key.
    public func ticket(keyed key: String) async throws(SystemFault) -> RemoteTicket? {
        guard let message = try await messageID(key) else { return nil }
        let issues = try await list("issue", [.init("messages", message)], fields: ["activity"])
        guard let id = issues.first?["id"].identifier else { return nil }
        return try await ticket(id)
    }

    /// Gives a message another content.
    ///
    /// - Returns: Whether it is there.
    private func edit(_ id: String, _ message: OutgoingMessage) async throws(SystemFault) -> Bool {
        let answer = try await connection.send(SystemRequest("GET", path("msg", id)), accepting: [404])
        guard answer.status != 404, let tag = try answer.json["data"]["@etag"].text else { return false }
        let members: [String: JSON] = [
            "@op": "replace", "content": .text(message.document.plainText),
            "messageid": .text(RemoteMessage.roundupMark(message.key)),
        ]
        _ = try await patch("msg", id, tag: tag, members)
        return true
    }

    /// Changes an item.
    ///
    /// - Returns: The properties that have changed.
    private func patch(
        _ list: String, _ id: String, tag: String, _ members: [String: JSON]
    ) async throws(SystemFault) -> JSON {
        let request = SystemRequest(
            "PATCH", path(list, id), headers: [("If-Match", tag)], body: .json(.object(members)))
        let json = try await send(request).json["data"]
        guard json["id"].identifier == id else {
            throw .unreadable("\(list) \(id): the answer to a change is of another one")
        }
        return json["attribute"]
    }

    /// The id of a message that no issue need have yet; one that was left over from an interrupted write is used again.
    ///
    /// - Parameter readers: The users who are not mailed.
    private func ensureMessage(_ document: Document, key: String, readers: [String]) async throws(SystemFault) -> String
    {
        if let known = try await messageID(key) { return known }
        return try await post(
            "msg",
            [
                "content": .text(document.plainText), "author": .text(description.user),
                "messageid": .text(RemoteMessage.roundupMark(key)), "recipients": .list(readers.map { .text($0) }),
            ])
    }

    private func messageID(_ key: String) async throws(SystemFault) -> String? {
        let mark = RemoteMessage.roundupMark(key)
        let found = try await list("msg", [.init("messageid:", mark)], fields: ["messageid"])
        return found.first { $0["messageid"].text == mark }?["id"].identifier
    }

    /// Makes the keywords that do not exist yet.
    private func addKeywords(_ names: Set<String>) async throws(SystemFault) {
        guard !names.isEmpty else { return }
        let known = try await list("keyword", [], fields: ["name"]).compactMap { $0["name"].word }
        for name in names.subtracting(known).sorted() { _ = try await post("keyword", ["name": .text(name)]) }
    }

    /// Fields as an issue takes them; an empty text empties one.
    private func members(of fields: [TicketField: String?]) throws(SystemFault) -> [String: JSON] {
        var members: [String: JSON] = [:]
        for (field, value) in fields {
            let value = JSON.text(value ?? "")
            switch field {
            case .status, .priority: members[field.name] = value
            case .assignee: members["assignedto"] = value
            case .custom(let property): members[property] = value
            case .group, .category, .resolution:
                throw .refused(reason: "a classic tracker has no \(field.name)", fields: [field.name])
            }
        }
        return members
    }

    /// Makes an item.
    ///
    /// - Returns: Its id.
    private func post(_ list: String, _ members: [String: JSON]) async throws(SystemFault) -> String {
        let answer = try await send(SystemRequest("POST", "/rest/data/\(list)", body: .json(.object(members))))
        guard let id = try answer.json["data"]["id"].identifier else {
            throw .unreadable("\(list): the answer to a new one holds no id")
        }
        return id
    }

    /// Sends a write.
    ///
    /// - Throws: ``SystemFault/refused(reason:fields:)`` for 409 too: it tells of things that do not exist, and not of changes by others.
    private func send(_ request: SystemRequest) async throws(SystemFault) -> SystemResponse {
        let answer = try await connection.send(request, accepting: [409])
        guard answer.status == 409 else { return answer }
        let reason = connection.explanation(of: answer)
        throw .refused(reason: reason?.reason ?? "code 409", fields: reason?.fields ?? [])
    }

    private func path(_ list: String, _ id: String) -> String { "/rest/data/\(list)/\(SystemRequest.escaped(id))" }
}
