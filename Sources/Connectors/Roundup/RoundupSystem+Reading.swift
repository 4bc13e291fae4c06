internal import Records

extension RoundupSystem {
    /// An issue as it is now; a retired one is a deleted ticket.
    public func ticket(_ id: String) async throws(SystemFault) -> RemoteTicket? {
        if let json = try await issues([id])[id], let issue = RoundupIssue(json) { return issue.ticket(custom: custom) }
        // Lists leave out what was retired; an issue by itself still answers.
        guard let (issue, _) = try await single(id) else { return nil }
        return issue.ticket(custom: custom, fate: .deleted)
    }

    /// An issue by itself, retired ones included, with its entity tag; nil when there is none.
    func single(_ id: String) async throws(SystemFault) -> (issue: RoundupIssue, tag: String)? {
        let query: [SystemRequest.Query] = [
            .init("@verbose", "2"), .init("@fields", (RoundupIssue.properties + custom).joined(separator: ",")),
        ]
        let path = "/rest/data/issue/\(SystemRequest.escaped(id))"
        let answer = try await connection.send(SystemRequest("GET", path, query: query), accepting: [404])
        guard answer.status != 404 else { return nil }
        let json = try answer.json["data"]
        guard let issue = RoundupIssue(json), issue.id == id, let tag = json["@etag"].text else {
            throw .unreadable("issue \(id): without its times or its entity tag")
        }
        return (issue, tag)
    }

    /// The messages of issues; a file that hangs on no message is a message without a text.
    public func messages(of tickets: [RemoteTicket]) async throws(SystemFault) -> [String: [RemoteMessage]] {
        let issues = try await items(
            "issue", tickets.map(\.id), fields: ["messages", "files", "creation", "activity"], detail: 1)
        let known = issues.mapValues(RoundupIssue.init)
        func all(_ property: String) -> [String] { known.values.flatMap { $0?.links(property) ?? [] } }
        let messages = try await items(
            "msg", all("messages"), fields: ["author", "creator", "date", "creation", "messageid", "content", "files"],
            detail: 3)
        let attached = messages.mapValues { Set($0["files"].items.compactMap { $0["id"].identifier }) }
        let names = Set(all("files")).union(attached.values.joined())
        let files = try await items(
            "file", names.sorted(), fields: ["name", "type", "creator", "creation"], detail: 1)
        var result: [String: [RemoteMessage]] = [:]
        for ticket in tickets {
            guard let issue = known[ticket.id] ?? nil else {
                result[ticket.id] = []
                continue
            }
            let ids = issue.links("messages")
            let read = ids.compactMap { id in messages[id].flatMap { RemoteMessage(roundup: $0, files: files) } }
            let onMessages = ids.reduce(into: Set<String>()) { $0.formUnion(attached[$1] ?? []) }
            let loose = issue.links("files").filter { !onMessages.contains($0) }
            let alone = loose.compactMap { id in files[id].flatMap(RemoteMessage.init(roundupFile:)) }
            result[ticket.id] = (read + alone).enumerated().sorted {
                ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
            }.map(\.element)
        }
        return result
    }

    /// The messages: of the changes that the tracker keeps, it tells programs nothing.
    public func history(of tickets: [RemoteTicket]) async throws(SystemFault) -> [String: RemoteHistory] {
        try await messages(of: tickets).mapValues { RemoteHistory(messages: $0) }
    }

    /// Users by their ids.
    public func people(_ ids: [String]) async throws(SystemFault) -> [RemotePerson] {
        let numbers = ids.filter { Int($0) != nil }
        let users = try await items(
            "user", numbers, fields: ["username", "realname", "address", "organisation", "roles"], detail: 1)
        return numbers.compactMap { users[$0].flatMap(RemotePerson.init(roundup:)) }
    }

    /// Organisations, which are words that stand with people.
    public func organizations(_ ids: [String]) async throws(SystemFault) -> [RemoteOrganization] {
        ids.map { RemoteOrganization(named: $0) }
    }

    /// The states and priorities, and the properties that an issue has.
    public func vocabulary() async throws(SystemFault) -> SystemVocabulary {
        var fields = RoundupIssue.properties
        // The schema shows itself in an issue, if there is one.
        let query: [SystemRequest.Query] = [.init("@sort", "-id"), .init("@page_size", "1")]
        let newest = try await connection.send(SystemRequest("GET", "/rest/data/issue", query: query)).json
        if let id = newest["data"]["collection"].items.first?["id"].identifier {
            let issue = try await connection.send(SystemRequest("GET", "/rest/data/issue/\(id)")).json
            fields += issue["data"]["attributes"].members.keys.filter { !fields.contains($0) }
        }
        return SystemVocabulary(
            statuses: try await names("status"), priorities: try await names("priority"),
            fields: Dictionary(fields.map { ($0, $0) }, uniquingKeysWith: { first, _ in first }),
            readOnlyFields: ["creation", "creator", "activity"])
    }

    private func names(_ list: String) async throws(SystemFault) -> [String: String] {
        let names = try await self.list(list, [], fields: ["name"]).compactMap { $0["name"].word }
        return Dictionary(names.map { ($0, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
