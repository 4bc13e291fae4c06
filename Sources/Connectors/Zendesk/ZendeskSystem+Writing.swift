internal import FoundationEssentials
internal import Records

extension ZendeskSystem {
    /// Changes a ticket under its stamp, and single tags by the calls that add and remove them.
    public func write(_ change: TicketChange, to ticket: RemoteTicket) async throws(SystemFault) -> RemoteTicket? {
        let tags = change.tagsAdded.union(change.tagsRemoved)
        guard tags.allSatisfy({ !$0.isEmpty && $0 == $0.lowercased() && !$0.contains(where: \.isWhitespace) }) else {
            throw .refused(reason: "tags have small letters and no blanks in Zendesk", fields: [])
        }
        var members = try await self.members(of: change.fields)
        if !change.linksAdded.isEmpty { try await add(change.linksAdded, to: &members, of: ticket.id) }
        var current = ticket
        // What adds only needs no settled stamp.
        if !members.isEmpty { current = try await settled(ticket) }
        if let message = change.message {
            members["comment"] = comment(message.document, key: message.key, isPublic: message.isPublic)
        }
        var guardNeeded = true
        var written: RemoteTicket?
        if !members.isEmpty {
            written = try await put(members, to: current, for: change)
            guardNeeded = false
        }
        // Adding and removing single tags loses none that somebody else sets, so only the first request needs the stamp.
        for (method, tags) in [("PUT", change.tagsAdded), ("DELETE", change.tagsRemoved)] where !tags.isEmpty {
            var body: [String: JSON] = ["tags": .list(tags.sorted().map { .text($0) })]
            if guardNeeded {
                body["updated_stamp"] = .text(ZendeskVersion(current.version).stamp)
                body["safe_update"] = "true"
            }
            let path = "/api/v2/tickets/\(SystemRequest.escaped(ticket.id))/tags"
            let answer = try await sent(SystemRequest(method, path, body: .json(.object(body))))
            guard case .list = try answer.json["tags"] else {
                throw .unreadable("ticket \(ticket.id): the answer holds no tags")
            }
            guardNeeded = false
            written = nil
        }
        return written
    }

    private func put(
        _ members: [String: JSON], to ticket: RemoteTicket, for change: TicketChange
    ) async throws(SystemFault) -> RemoteTicket {
        var members = members
        members["safe_update"] = true
        members["updated_stamp"] = .text(ZendeskVersion(ticket.version).stamp)
        let request = SystemRequest(
            "PUT", "/api/v2/tickets/\(SystemRequest.escaped(ticket.id))", body: .json(["ticket": .object(members)]))
        let answer: SystemResponse
        do throws(SystemFault) {
            answer = try await sent(request)
        } catch .refused(let reason, let keys) where !keys.isEmpty {
            // A closed ticket refuses everything, and names the status.
            guard ticket.fields[.status] != "closed" else { throw .refused(reason: reason, fields: []) }
            let titles = keys.contains("base") ? try await vocabulary().fields : [:]
            throw .refused(
                reason: reason,
                fields: ZendeskReason.fields(
                    keys, reason: reason, wanted: Set(change.fields.keys), titles: titles))
        }
        let json = try answer.json
        guard let written = try await remote(json["ticket"]) else {
            throw .unreadable("ticket \(ticket.id): the answer to a change holds no ticket")
        }
        if let message = change.message { try check(json["audit"], for: message) }
        return written
    }

    /// Makes sure that what an update did holds a comment, and that those read it for whom it is.
    private func check(_ audit: JSON, for message: OutgoingMessage) throws(SystemFault) {
        let said = audit.zendeskComments.compactMap(RemoteMessage.init(zendesk:)).first { $0.key == message.key }
        guard let said else { throw .unreadable("the answer to a comment holds none") }
        guard let reason = description.misreading(of: said.isPublic, wanted: message.isPublic) else { return }
        throw .refused(reason: reason, fields: [])
    }

    /// The ticket with a stamp that no later change can share.
    private func settled(_ ticket: RemoteTicket) async throws(SystemFault) -> RemoteTicket {
        let version = ZendeskVersion(ticket.version)
        guard !version.isSettled else { return ticket }
        do {
            try await Task.sleep(for: .milliseconds(1_050))
        } catch {
            throw .unreachable("given up before it was sent")
        }
        guard let again = try await self.ticket(ticket.id) else { throw .missing }
        let isSame = ZendeskVersion(again.version).stamp == version.stamp && again.fate == ticket.fate
        guard isSame, again.fields == ticket.fields, again.links == ticket.links else { throw .stale }
        return again
    }

    /// Sends a request that changes something.
    ///
    /// - Throws: ``SystemFault/unavailable(status:retryAfter:)`` for a collision in the data base, which means: again, not: read again.
    private func sent(_ request: SystemRequest, accepting codes: Set<Int> = []) async throws(SystemFault)
        -> SystemResponse
    {
        let answer = try await connection.send(request, accepting: codes.union([409]))
        guard answer.status == 409 else { return answer }
        guard (try? answer.json)?["error"].text == "DatabaseConflict" else { throw .stale }
        throw .unavailable(status: 409, retryAfter: nil)
    }

    /// Fields as a ticket takes them.
    private func members(of fields: [TicketField: String?]) async throws(SystemFault) -> [String: JSON] {
        var members: [String: JSON] = [:]
        var custom: [JSON] = []
        for (field, value) in fields.sorted(by: { $0.key < $1.key }) {
            let text = value.map { JSON.text($0) } ?? .null
            switch field {
            case .status: members["status"] = text
            case .priority: members["priority"] = text
            case .assignee: members["assignee_id"] = try number(value, field)
            case .group: members["group_id"] = try number(value, field)
            case .custom(let id):
                let isList = try await multiselects().contains(id)
                let words = FieldList.words(value ?? "").map { JSON.text($0) }
                custom.append(["id": try number(id, field), "value": isList ? .list(words) : text])
            case .category, .resolution:
                throw .refused(
                    reason: "Zendesk has no field \(field.name) of its own: name one in the description",
                    fields: [field.name])
            }
        }
        if !custom.isEmpty { members["custom_fields"] = .list(custom) }
        return members
    }

    private func number(_ text: String?, _ field: TicketField) throws(SystemFault) -> JSON {
        guard let text else { return .null }
        guard let number = Int64(text) else {
            throw .refused(reason: "\(field.name): ids are numbers in Zendesk", fields: [field.name])
        }
        return .integer(number)
    }

    /// Links as a ticket takes them: another ticket as the problem that this one is an incident of, addresses in the field that the
    /// description names, behind what stands there now.
    private func add(
        _ links: Set<String>, to members: inout [String: JSON], of ticket: String
    ) async throws(SystemFault) {
        let request = SystemRequest("GET", "/api/v2/tickets/\(SystemRequest.escaped(ticket))")
        let current = try await sent(request).json["ticket"]
        if let field = description.fields["links"], let id = Int64(field) {
            let text = current["custom_fields"].items.first { $0["id"].identifier == field }?["value"].word ?? ""
            let new = links.subtracting(text.split(separator: " ").map(String.init)).sorted()
            guard !new.isEmpty else { return }
            let value: JSON = .text(((text.isEmpty ? [] : [text]) + new).joined(separator: " "))
            members["custom_fields"] = .list(
                members["custom_fields", default: []].items + [["id": .integer(id), "value": value]])
            return
        }
        let taken = current["problem_id"].identifier
        let new = links.subtracting([taken].compactMap { $0 }).sorted()
        guard !new.isEmpty else { return }
        if taken != nil {
            throw .refused(reason: "the ticket is an incident of another problem already", fields: [])
        } else if new.count == 1, let problem = Int64(new[0]) {
            members["type"] = "incident"
            members["problem_id"] = .integer(problem)
        } else {
            throw .refused(
                reason: "Zendesk has no place for a link: name a text field as \"links\" in the description", fields: []
            )
        }
    }

    /// A comment; the mark that finds it again is its last line.
    private func comment(_ document: Document, key: String, isPublic: Bool) -> JSON {
        ["html_body": .text(document.html + "\n<p>" + MessageMark.line(key) + "</p>"), "public": .flag(isPublic)]
    }

    /// Opens a ticket; the key is its external id, and makes a repetition the same ticket.
    public func create(_ draft: TicketDraft, key: String) async throws(SystemFault) -> RemoteTicket {
        var members = try await self.members(of: draft.fields.mapValues { .some($0) })
        members["subject"] = .text(draft.subject.string)
        members["comment"] = comment(draft.document, key: key, isPublic: true)
        members["external_id"] = .text(key)
        if !draft.tags.isEmpty { members["tags"] = .list(draft.tags.sorted().map { .text($0) }) }
        let place = draft.place.isEmpty ? description.place : draft.place
        if members["group_id"] == nil, !place.isEmpty { members["group_id"] = try number(place, .group) }
        let request = SystemRequest(
            "POST", "/api/v2/tickets", headers: [("Idempotency-Key", key)], body: .json(["ticket": .object(members)]))
        let answer = try await sent(request, accepting: [400])
        if answer.status == 400 {
            // The key was used before, for a draft that was another one then.
            if let known = try await ticket(keyed: key) { return known }
            throw .refused(reason: connection.explanation(of: answer)?.reason ?? "code 400", fields: [])
        }
        guard let ticket = try await remote(try answer.json["ticket"]) else {
            throw .unreadable("the answer to a new ticket holds no ticket")
        }
        return ticket
    }

    /// The ticket with an external id.
    public func ticket(keyed key: String) async throws(SystemFault) -> RemoteTicket? {
        let json = try await connection.send(
            SystemRequest("GET", "/api/v2/tickets", query: [.init("external_id", key)])
        ).json
        guard case .list(let items) = json["tickets"] else { throw .unreadable("tickets by external id: no tickets") }
        guard let item = items.first(where: { $0["external_id"].text == key }) else { return nil }
        return try await remote(item)
    }
}
