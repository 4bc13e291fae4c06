internal import Records
internal import Synchronization

extension JiraSystem {
    /// Changes an issue that is still as it was read: fields and labels by an edit, the status by the transition that leads there.
    public func write(_ change: TicketChange, to ticket: RemoteTicket) async throws(SystemFault) -> RemoteTicket? {
        if let message = change.message {
            // A comment is written over nothing.
            try await say(message, in: ticket.id)
            return nil
        }
        let query: [SystemRequest.Query] = [
            .init("fields", "updated,status,issuelinks"),
            .init("expand", change.fields[.status] == nil ? "" : "transitions"),
        ]
        let issue = try await send(SystemRequest("GET", path(ticket.id), query: query)).json
        guard let updated = issue["fields"]["updated"].text.flatMap({ Instant(iso8601: $0) }) else {
            throw .unreadable("issue \(ticket.id): without its times")
        }
        guard RemoteTicket.jiraVersion(updated) == ticket.version else { throw .stale }
        var values = try await values(of: change.fields, in: ticket.id)
        let transition = try transition(of: issue, to: change.fields[.status])
        var moved: [String: JSON] = [:]
        // A resolution can be set on the way only.
        if transition != nil, let resolution = values.removeValue(forKey: "resolution") {
            moved["resolution"] = resolution
        }
        let labels =
            change.tagsAdded.sorted().map { ["add": .text($0)] as JSON }
            + change.tagsRemoved.sorted().map { ["remove": .text($0)] }
        if !values.isEmpty || !labels.isEmpty {
            let body: JSON = ["fields": .object(values), "update": labels.isEmpty ? [:] : ["labels": .list(labels)]]
            try await self.change(SystemRequest("PUT", path(ticket.id), body: .json(body)))
        }
        if let transition {
            let body: JSON = ["transition": ["id": .text(transition)], "fields": .object(moved)]
            try await self.change(SystemRequest("POST", path(ticket.id, "/transitions"), body: .json(body)))
        }
        for link in change.linksAdded.sorted() {
            try await add(link, to: ticket.id, known: issue["fields"]["issuelinks"])
        }
        return nil
    }

    /// Opens an issue in a project, of the type that the category names, or else of the first one; it begins where its workflow does.
    public func create(_ draft: TicketDraft, key: String) async throws(SystemFault) -> RemoteTicket {
        let place = draft.place.isEmpty ? description.place : draft.place
        var wanted = draft.fields.mapValues { String?.some($0) }
        wanted[.status] = nil
        let category = wanted.removeValue(forKey: .category) ?? nil
        var values = try await values(of: wanted, in: nil)
        values["project"] = ["key": .text(place)]
        values["issuetype"] = ["name": .text(try await issueType(category, in: place))]
        // A summary is one line of 255 characters at most.
        let line = draft.subject.string.split(whereSeparator: \.isNewline).joined(separator: " ")
        values["summary"] = .text(String(line.prefix(255)))
        values["description"] = draft.document.adf
        values["labels"] = .list((draft.tags.sorted() + [RemoteTicket.jiraLabel + key]).map { .text($0) })
        let request = SystemRequest("POST", "/rest/api/3/issue", body: .json(["fields": .object(values)]))
        guard let id = try await send(request).json["id"].identifier else {
            throw .unreadable("the answer to a new issue holds no id")
        }
        guard let ticket = try await ticket(id) else { throw .unreadable("the new issue \(id) is not there") }
        return ticket
    }

    /// The issue with the label of the key, as soon as the index shows it.
    public func ticket(keyed key: String) async throws(SystemFault) -> RemoteTicket? {
        let json = try await search(
            "labels = \(Self.quoted(RemoteTicket.jiraLabel + key)) ORDER BY created ASC", token: nil)
        guard case .list(let items) = json["issues"] else { throw .unreadable("a search without issues") }
        guard let id = items.first?["id"].identifier else { return nil }
        return try await ticket(id)
    }

    /// The id of the transition that leads to a state; nil where the issue is in it, or none is wanted.
    private func transition(of issue: JSON, to wanted: String??) throws(SystemFault) -> String? {
        guard let wanted else { return nil }
        guard let word = wanted else {
            throw .refused(reason: "an issue has a status", fields: [TicketField.status.name])
        }
        let status = issue["fields"]["status"]
        func leads(_ status: JSON) -> Bool { [status["name"].text, status["id"].identifier].contains(word) }
        func means(_ name: String) -> Bool { description.statuses.ours(name) == description.statuses.ours(word) }
        guard !leads(status), RemoteTicket.jiraStatus(status, description) != word else { return nil }
        let transitions = issue["transitions"].items
        let found =
            transitions.first { leads($0["to"]) }
            // Another state that means the same.
            ?? transitions.first { move in
                move["to"]["name"].word.map { description.statuses.knows($0) && means($0) } ?? false
            }
            ?? transitions.first { $0["to"]["statusCategory"]["key"].text == word }
        guard let id = found?["id"].identifier else {
            throw .refused(
                reason: "the workflow does not lead from \(status["name"].word ?? "") to \(word)",
                fields: [TicketField.status.name])
        }
        return id
    }

    /// Fields as an edit takes them; the status is none.
    private func values(
        of fields: [TicketField: String?], in issue: String?
    ) async throws(SystemFault) -> [String: JSON] {
        var values: [String: JSON] = [:]
        for (field, value) in fields {
            let text = value.map { JSON.text($0) }
            switch field {
            case .status: break
            case .priority, .resolution: values[field.name] = text.map { ["name": $0] } ?? .null
            case .assignee: values["assignee"] = text.map { ["accountId": $0] } ?? .null
            case .custom(let id):
                let known = try await self.fields()[id]
                // What holds a comma may be one option.
                let isDoubtful = known?.holdsOptions == true && value?.contains(",") == true
                let options = isDoubtful ? try await options(of: id, in: issue) : []
                values[id] = try JiraField.value(value, for: known, id: id, options: options)
            case .group, .category:
                throw .refused(
                    reason: "an issue has no \(field.name) that can be changed: name a field in the description",
                    fields: [field.name])
            }
        }
        return values
    }

    /// The options that a field of an issue can have, as far as the site tells.
    private func options(of field: String, in issue: String?) async throws(SystemFault) -> Set<String> {
        guard let issue else { return [] }
        let answer = try await send(SystemRequest("GET", path(issue, "/editmeta")), accepting: [404])
        guard answer.status != 404 else { return [] }
        return Set(try answer.json["fields"][field]["allowedValues"].items.compactMap { $0["value"].text })
    }

    private func add(_ link: String, to id: String, known: JSON) async throws(SystemFault) {
        guard !link.hasPrefix("https://"), !link.hasPrefix("http://") else {
            // One address is one link, however often it is made.
            let body: JSON = ["globalId": .text(link), "object": ["url": .text(link), "title": .text(link)]]
            addressed.withLock { _ = $0.insert(id) }
            _ = try await send(SystemRequest("POST", path(id, "/remotelink"), body: .json(body)))
            return
        }
        let others = known.items.flatMap { [$0["inwardIssue"], $0["outwardIssue"]] }
        guard !others.contains(where: { $0["id"].identifier == link || $0["key"].text == link }) else { return }
        let name = Int(link) == nil ? "key" : "id"
        let body: JSON = [
            "type": ["name": "Relates"], "inwardIssue": ["id": .text(id)], "outwardIssue": .object([name: .text(link)]),
        ]
        let answer = try await send(SystemRequest("POST", "/rest/api/3/issueLink", body: .json(body)), accepting: [404])
        guard answer.status != 404 else { throw .refused(reason: "there is no issue \(link)", fields: []) }
    }

    /// Writes a comment, in the place of an old one where that is still there.
    private func say(_ message: OutgoingMessage, in id: String) async throws(SystemFault) {
        let properties: [JSON] = [
            ["key": .text(RemoteMessage.jiraKey), "value": ["key": .text(message.key)]],
            ["key": .text(RemoteMessage.jiraVisibility), "value": ["internal": .flag(!message.isPublic)]],
        ]
        let body: JSON = ["body": message.document.adf, "properties": .list(properties)]
        if let old = message.replaces {
            let place = path(id, "/comment/\(SystemRequest.escaped(old))")
            let answer = try await send(SystemRequest("PUT", place, body: .json(body)), accepting: [404])
            if answer.status != 404 { return try check(answer, for: message) }
        }
        try check(await send(SystemRequest("POST", path(id, "/comment"), body: .json(body))), for: message)
    }

    /// Makes sure that an answer holds the comment as it was written; where it does not, a reading tells more.
    private func check(_ answer: SystemResponse, for message: OutgoingMessage) throws(SystemFault) {
        let comment = try answer.json
        let isPublic = comment["jsdPublic"].flag ?? message.isPublic
        guard comment["id"].identifier != nil,
            description.misreading(of: isPublic, wanted: message.isPublic) == nil
        else { throw .unreadable("the answer to a comment does not hold it as it was written") }
    }

    /// Sends a change that is answered with nothing.
    private func change(_ request: SystemRequest) async throws(SystemFault) {
        guard try await send(request).body.isEmpty else {
            throw .unreadable("\(request.path): an answer where none was promised")
        }
    }

    /// The type of a new issue in a project.
    private func issueType(_ wanted: String?, in project: String) async throws(SystemFault) -> String {
        if let wanted { return wanted }
        let answer = try await send(
            SystemRequest("GET", "/rest/api/3/project/\(SystemRequest.escaped(project))"), accepting: [404])
        guard answer.status != 404 else { throw .refused(reason: "there is no project \(project)", fields: []) }
        let types = try answer.json["issueTypes"].items.filter { $0["subtask"].flag != true }
        guard let name = types.first?["name"].text else {
            throw .refused(reason: "project \(project) has no types", fields: [])
        }
        return name
    }
}
