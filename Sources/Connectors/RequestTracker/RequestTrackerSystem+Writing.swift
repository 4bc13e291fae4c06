internal import Records

extension RequestTrackerSystem {
    /// Changes a ticket with its entity tag, and reads it back, as a change that was not made is answered like one that was.
    public func write(_ change: TicketChange, to ticket: RemoteTicket) async throws(SystemFault) -> RemoteTicket? {
        guard let (found, tag) = try await single(ticket.id) else { throw .missing }
        // What was merged leads to another ticket, which is not to be changed in its place.
        guard found.id == ticket.id, found.ticket(asked: ticket.id, custom: custom).version == ticket.version else {
            throw .stale
        }
        var members = try members(of: change.fields)
        if !change.linksAdded.isEmpty { members["AddRefersTo"] = .list(change.linksAdded.sorted().map { .text($0) }) }
        var written: RemoteTicket?
        if !members.isEmpty {
            let request = SystemRequest(
                "PUT", path(ticket.id), headers: [("If-Match", tag)], body: .json(.object(members)))
            guard case .list(let said) = try await connection.send(request).json else {
                throw .unreadable("ticket \(ticket.id): the answer to a change does not say what was done")
            }
            written = try await readBack(change, in: ticket.id, said: said.compactMap(\.text))
        }
        guard let message = change.message else { return written }
        let body: JSON = [
            "Content": .text(message.document.plainText + "\n\n" + MessageMark.line(message.key)),
            "ContentType": "text/plain",
        ]
        // Messages have no entity tag to match: they are added, and write over nothing.
        let place = path(ticket.id, message.isPublic ? "/correspond" : "/comment")
        let answer = try await connection.send(SystemRequest("POST", place, body: .json(body)))
        guard Self.transaction(of: answer) != nil else {
            throw .unreadable("ticket \(ticket.id): the answer to a message names no transaction")
        }
        return nil
    }

    /// The id of the transaction that an answer says was made; nil where it names none.
    static func transaction(of answer: SystemResponse) -> String? {
        let parts = answer.headers["location"]?.split(separator: "/").suffix(2).map(String.init) ?? []
        guard parts.count == 2, parts[0] == "transaction", Int(parts[1]) != nil else { return nil }
        return parts[1]
    }

    /// The ticket after a change.
    ///
    /// - Parameter said: The sentences with which it was answered.
    private func readBack(
        _ change: TicketChange, in id: String, said: [String]
    ) async throws(SystemFault) -> RemoteTicket {
        // It may be in another queue now.
        guard let written = try await single(id)?.ticket.ticket(asked: id, custom: custom) else { throw .missing }
        guard written.fate == .present || change.fields[.status] == "deleted" else { throw .stale }
        let missing = Self.missing(change, in: written)
        guard missing.isEmpty, change.linksAdded.isSubset(of: written.links) else {
            throw .refused(
                reason: said.isEmpty
                    ? "the system has no such field" : connection.printable(said.joined(separator: " · ")),
                fields: missing)
        }
        return written
    }

    /// The names of the fields of a change that a ticket does not have.
    static func missing(_ change: TicketChange, in ticket: RemoteTicket) -> [String] {
        change.fields.compactMap { field, value -> String? in
            let (now, wanted) = (ticket.fields[field] ?? "", value ?? "")
            switch field {
            // A priority can be named by a word, and is read as a number.
            case .priority where Int(wanted) == nil: return nil
            case .priority: return Int(now) == Int(wanted) ? nil : field.name
            // Nobody has what no one has.
            case .assignee where wanted == "Nobody": return now.isEmpty ? nil : field.name
            // The system takes queues, states and people in any case.
            case .group, .status, .assignee: return now.lowercased() == wanted.lowercased() ? nil : field.name
            default: return now == wanted ? nil : field.name
            }
        }.sorted()
    }

    /// Opens a ticket in a queue, with a link that its key finds.
    public func create(_ draft: TicketDraft, key: String) async throws(SystemFault) -> RemoteTicket {
        if let known = try await ticket(keyed: key) { return known }
        var members = try self.members(of: draft.fields.mapValues { .some($0) })
        let place = draft.place.isEmpty ? description.place : draft.place
        members["Queue"] = members["Queue"] ?? .text(place.isEmpty ? "General" : place)
        members["Subject"] = .text(draft.subject.string.split(whereSeparator: \.isNewline).joined(separator: " "))
        members["Content"] = .text(draft.document.plainText + "\n\n" + MessageMark.line(key))
        members["ContentType"] = "text/plain"
        members["RefersTo"] = .text(RequestTrackerTicket.mark + key)
        let answer = try await connection.send(SystemRequest("POST", "/REST/2.0/ticket", body: .json(.object(members))))
        guard let id = try answer.json["id"].identifier else {
            throw .unreadable("the answer to a new ticket holds no id")
        }
        guard let ticket = try await ticket(id) else { throw .unreadable("the new ticket \(id) is not there") }
        return ticket
    }

    /// The ticket with the link of the key.
    public func ticket(keyed key: String) async throws(SystemFault) -> RemoteTicket? {
        let query = "RefersTo = \(Self.quoted(RequestTrackerTicket.mark + key))"
        let found = try await list(SystemRequest("GET", "/REST/2.0/tickets", query: [.init("query", query)]), pages: 1)
        guard let id = found.first?["id"].identifier else { return nil }
        return try await ticket(id)
    }

    /// Fields as a ticket takes them.
    private func members(of fields: [TicketField: String?]) throws(SystemFault) -> [String: JSON] {
        var members: [String: JSON] = [:]
        var custom: [String: JSON] = [:]
        for (field, value) in fields {
            switch field {
            case .status: members["Status"] = .text(value ?? "")
            case .priority: members["Priority"] = .text(value ?? "0")
            case .assignee: members["Owner"] = .text(value ?? "Nobody")
            case .group: members["Queue"] = .text(value ?? "")
            case .custom(let name): custom[name] = .text(value ?? "")
            case .category, .resolution:
                throw .refused(
                    reason: "tickets have no \(field.name): name a custom field in the description",
                    fields: [field.name])
            }
        }
        if !custom.isEmpty { members["CustomFields"] = .object(custom) }
        return members
    }
}
