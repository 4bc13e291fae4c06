internal import Records
internal import Synchronization

extension JiraSystem {
    /// The pages of a list that are read at most.
    private static let mostPages = 100
    /// The users that are asked for at once.
    private static let mostUsers = 100

    /// An issue as it is now, with the addresses it is linked with where some were added from here; one of another project than the one that is meant is
    /// not there.
    public func ticket(_ id: String) async throws(SystemFault) -> RemoteTicket? {
        let fields = try await readFields() + ["project"]
        let query = SystemRequest.Query("fields", fields.joined(separator: ","))
        let answer = try await send(SystemRequest("GET", path(id), query: [query]), accepting: [404])
        guard answer.status != 404 else { return nil }
        let json = try answer.json
        let project = json["fields"]["project"]
        let places = [project["key"].text, project["id"].identifier, project["name"].text].compactMap { $0 }
        let isMeant = description.place.isEmpty || places.contains { $0.lowercased() == description.place.lowercased() }
        guard isMeant || places.isEmpty else { return nil }
        let names = [id, json["id"].identifier ?? id]
        var addresses: [String]?
        if addressed.withLock({ !$0.isDisjoint(with: names) }) {
            let links = try await send(SystemRequest("GET", path(id, "/remotelink")), accepting: [404])
            guard links.status != 404 else { return nil }
            addresses = try links.json.items.compactMap { $0["object"]["url"].text }
        }
        let organizations = try await organizations()
        guard
            let ticket = RemoteTicket(
                jira: json, description: description, organizations: organizations, addresses: addresses),
            ticket.id == id || ticket.number == id
        else { throw .unreadable("issue \(id): another one, or without its times") }
        return ticket
    }

    /// The comments of issues, and what hangs on the issues.
    public func messages(of tickets: [RemoteTicket]) async throws(SystemFault) -> [String: [RemoteMessage]] {
        var result: [String: [RemoteMessage]] = [:]
        for ticket in tickets {
            let messages = try await comments(of: ticket) + ticket.files
            result[ticket.id] = messages.enumerated().sorted {
                ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
            }.map(\.element)
        }
        return result
    }

    private func comments(of ticket: RemoteTicket) async throws(SystemFault) -> [RemoteMessage] {
        let id = ticket.id
        var messages: [RemoteMessage] = []
        var start = 0
        for _ in 0..<Self.mostPages {
            let query: [SystemRequest.Query] = [
                .init("startAt", "\(start)"), .init("maxResults", "100"), .init("orderBy", "created"),
                .init("expand", "properties"),
            ]
            let answer = try await send(SystemRequest("GET", path(id, "/comment"), query: query), accepting: [404])
            guard answer.status != 404 else { return [] }
            let json = try answer.json
            guard case .list(let items) = json["comments"] else {
                throw .unreadable("issue \(id): comments without comments")
            }
            messages += items.compactMap(RemoteMessage.init(jira:))
            start += items.count
            if items.isEmpty || start >= json["total"].integer ?? 0 { break }
        }
        return messages.written(by: ticket.requester, assignee: ticket.fields[.assignee])
    }

    /// Users by their account ids.
    public func people(_ ids: [String]) async throws(SystemFault) -> [RemotePerson] {
        var people: [RemotePerson] = []
        var rest = ids[...]
        while !rest.isEmpty {
            let query = rest.prefix(Self.mostUsers).map { SystemRequest.Query("accountId", $0) }
            rest = rest.dropFirst(Self.mostUsers)
            let request = SystemRequest(
                "GET", "/rest/api/3/user/bulk", query: query + [.init("maxResults", "\(Self.mostUsers)")])
            people += try await send(request).json["values"].items.compactMap(RemotePerson.init(jira:))
        }
        return people
    }

    /// Organisations of the service desk by their ids, one request each.
    public func organizations(_ ids: [String]) async throws(SystemFault) -> [RemoteOrganization] {
        var organizations: [RemoteOrganization] = []
        for id in ids where Int(id) != nil {
            let request = SystemRequest("GET", "/rest/servicedeskapi/organization/\(id)")
            let answer = try await send(request, accepting: [404])
            guard answer.status != 404, let name = try answer.json["name"].word else { continue }
            organizations.append(RemoteOrganization(id: id, name: name))
        }
        return organizations
    }

    /// Whether the project is one of a service desk, in which comments can be internal, or nobody but the team can read it.
    public func hidesInternalMessages(inTicket number: String?) async throws(SystemFault) -> Bool {
        guard !description.isTeamOnly else { return true }
        let project =
            number.flatMap { $0.lastIndex(of: "-").map { end in String(number?[..<end] ?? "") } } ?? description.place
        guard !project.isEmpty else { return false }
        if let known = serviceProjects.withLock({ $0[project] }) { return known }
        let request = SystemRequest("GET", "/rest/api/3/project/\(SystemRequest.escaped(project))")
        let isServiceDesk = try await send(request).json["projectTypeKey"].text == "service_desk"
        serviceProjects.withLock { $0[project] = isServiceDesk }
        return isServiceDesk
    }

    /// The states of the project with the categories that stand for those the description does not name, the priorities and fields.
    public func vocabulary() async throws(SystemFault) -> SystemVocabulary {
        var statuses: [String: String] = [:]
        for status in try await self.statuses() {
            if let name = status["name"].word { statuses[name] = name }
            let category = status["statusCategory"]
            if let key = category["key"].text { statuses[key] = category["name"].word ?? key }
        }
        var priorities: [String: String] = [:]
        for priority in try await send(SystemRequest("GET", "/rest/api/3/priority")).json.items {
            if let name = priority["name"].word { priorities[name] = name }
        }
        return SystemVocabulary(
            statuses: statuses, priorities: priorities, fields: try await fields().mapValues(\.name),
            readOnlyFields: ["created", "updated", "creator", "status"])
    }

    /// The states of the project, or of the site where no project is meant.
    private func statuses() async throws(SystemFault) -> [JSON] {
        let ofProject = "/rest/api/3/project/\(SystemRequest.escaped(description.place))/statuses"
        let listed = try await send(
            SystemRequest("GET", description.place.isEmpty ? "/rest/api/3/status" : ofProject)
        ).json.items
        return listed.flatMap { $0["statuses"].isNull ? [$0] : $0["statuses"].items }
    }

    /// The comments and changelogs of issues.
    ///
    /// A state that the description does not name is the category it belongs to, as far as it still exists.
    public func history(of tickets: [RemoteTicket]) async throws(SystemFault) -> [String: RemoteHistory] {
        var known = statusWords.withLock { $0 }
        if known == nil {
            known = [:]
            for status in try await statuses() {
                if let name = status["name"].word { known?[name] = RemoteTicket.jiraStatus(status, description) }
            }
            statusWords.withLock { [known] in $0 = known }
        }
        let words = known ?? [:]
        let custom = Set(description.fields.values)
        let people = Set(try await fields().values.filter(\.holdsPeople).map(\.id)).intersection(custom)
        var histories = try await messages(of: tickets).mapValues { RemoteHistory(messages: $0) }
        for ticket in tickets {
            histories[ticket.id]?.changes = try await changelog(of: ticket.id).flatMap {
                RemoteChange.all(jira: $0, custom: custom, people: people) { words[$0] ?? $0 }
            }
        }
        return histories
    }

    private func changelog(of id: String) async throws(SystemFault) -> [JSON] {
        var entries: [JSON] = []
        for _ in 0..<Self.mostPages {
            let query: [SystemRequest.Query] = [.init("startAt", "\(entries.count)"), .init("maxResults", "100")]
            let answer = try await send(SystemRequest("GET", path(id, "/changelog"), query: query), accepting: [404])
            guard answer.status != 404 else { return [] }
            let json = try answer.json
            guard case .list(let page) = json["values"] else {
                throw .unreadable("issue \(id): a changelog without values")
            }
            entries += page
            if page.isEmpty || entries.count >= json["total"].integer ?? 0 { break }
        }
        return entries
    }
}
