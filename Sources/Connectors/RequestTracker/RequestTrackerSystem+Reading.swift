internal import Records

extension RequestTrackerSystem {
    /// The entries that are named in one question.
    private static let mostNames = 100

    /// A ticket as it is now, with its links; one that was merged has the values of the one in which it lives on, and one of another queue than the one
    /// that is meant is not there.
    public func ticket(_ id: String) async throws(SystemFault) -> RemoteTicket? {
        guard let (json, _) = try await single(id) else { return nil }
        guard json.id != id || json.mergedInto != nil || json.isIn(queue: description.place) else { return nil }
        return json.ticket(asked: id, custom: custom)
    }

    /// A ticket by itself with its entity tag, or the one it was merged into; nil when there is none.
    func single(_ id: String) async throws(SystemFault) -> (ticket: RequestTrackerTicket, tag: String)? {
        let request = SystemRequest("GET", path(id), query: [.init("fields[Queue]", "Name"), .init("fields", "Queue")])
        let answer = try await connection.send(request, accepting: [404])
        guard answer.status != 404 else { return nil }
        guard let ticket = RequestTrackerTicket(try answer.json), let tag = answer.headers["etag"] else {
            throw .unreadable("ticket \(id): without its times or its entity tag")
        }
        return (ticket, tag)
    }

    /// What was said in tickets: transactions, and the parts of what they say.
    public func messages(of tickets: [RemoteTicket]) async throws(SystemFault) -> [String: [RemoteMessage]] {
        let said = try await transactions(
            RemoteMessage.requestTrackerTypes, of: tickets, fields: "Type,ObjectId,Creator,Created")
        return try await messages(in: said, of: tickets)
    }

    /// What was said, and the changes of states and priorities.
    public func history(of tickets: [RemoteTicket]) async throws(SystemFault) -> [String: RemoteHistory] {
        let found = try await transactions(
            RemoteMessage.requestTrackerTypes + RemoteChange.requestTrackerTypes, of: tickets,
            fields: "Type,ObjectId,Creator,Created,Field,OldValue,NewValue")
        let said = found.filter { RemoteMessage.requestTrackerTypes.contains($0["Type"].text ?? "") }
        var histories = try await messages(in: said, of: tickets).mapValues { RemoteHistory(messages: $0) }
        for transaction in found {
            guard let ticket = transaction["ObjectId"].identifier else { continue }
            if let change = RemoteChange(requestTracker: transaction) { histories[ticket]?.changes.append(change) }
        }
        return histories
    }

    private func messages(
        in transactions: [JSON], of tickets: [RemoteTicket]
    ) async throws(SystemFault) -> [String: [RemoteMessage]] {
        let ids = transactions.compactMap { $0["id"].identifier }
        let parts = try await find(
            "attachments", byAny: "TransactionId", of: ids, fields: "Filename,ContentType,ContentLength,TransactionId"
        ).compactMap(RequestTrackerPart.init)
        let byTransaction = Dictionary(grouping: parts, by: \.transaction)
        // Of several forms of one text the plain one is read.
        let texts = byTransaction.compactMapValues { parts in
            let texts = parts.filter(\.isText)
            return texts.first { $0.type == "text/plain" } ?? texts.first
        }
        var contents: [String: String] = [:]
        for item in try await find("attachments", byAny: "id", of: texts.values.map(\.id).sorted(), fields: "Content") {
            if let id = item["id"].identifier { contents[id] = item["Content"].text }
        }
        var messages: [String: [RemoteMessage]] = Dictionary(
            tickets.map { ($0.id, []) }, uniquingKeysWith: { first, _ in first })
        for transaction in transactions {
            guard let ticket = transaction["ObjectId"].identifier, let id = transaction["id"].identifier,
                let message = RemoteMessage(
                    requestTracker: transaction, text: texts[id].flatMap { contents[$0.id] } ?? "",
                    isMarkup: texts[id]?.type == "text/html",
                    files: byTransaction[id]?.compactMap(\.file) ?? [])
            else { continue }
            messages[ticket]?.append(message)
        }
        return messages
    }

    private func transactions(
        _ types: [String], of tickets: [RemoteTicket], fields: String
    ) async throws(SystemFault) -> [JSON] {
        guard !tickets.isEmpty else { return [] }
        let wanted =
            [Self.condition("ObjectType", "RT::Ticket")] + tickets.map { Self.condition("ObjectId", $0.id) }
            + types.map { Self.condition("Type", $0) }
        return try await find("transactions", wanted, fields: fields)
    }

    private static func condition(_ field: String, _ value: String) -> JSON {
        ["field": .text(field), "value": .text(value)]
    }

    /// The entries of a list for which one of the conditions on each field holds, in the order of their ids.
    private func find(_ name: String, _ conditions: [JSON], fields: String) async throws(SystemFault) -> [JSON] {
        let query: [SystemRequest.Query] = [.init("fields", fields), .init("orderby", "id"), .init("order", "ASC")]
        return try await list(
            SystemRequest("POST", "/REST/2.0/\(name)", query: query, body: .json(.list(conditions))),
            pages: Self.mostPages)
    }

    /// The entries of a list whose field has one of many values.
    private func find(
        _ name: String, byAny field: String, of values: [String], fields: String
    ) async throws(SystemFault) -> [JSON] {
        var found: [JSON] = []
        var rest = values[...]
        while !rest.isEmpty {
            let conditions = rest.prefix(Self.mostNames).map { Self.condition(field, $0) }
            rest = rest.dropFirst(Self.mostNames)
            found += try await find(name, conditions, fields: fields)
        }
        return found
    }

    /// Users by their login names, one by one: lists do not tell who is privileged.
    public func people(_ ids: [String]) async throws(SystemFault) -> [RemotePerson] {
        var people: [RemotePerson] = []
        for id in ids {
            let request = SystemRequest("GET", "/REST/2.0/user/\(SystemRequest.escaped(id))")
            let answer = try await connection.send(request, accepting: [404])
            guard answer.status != 404 else { continue }
            if var person = RemotePerson(requestTracker: try answer.json) {
                person.id = id
                people.append(person)
            }
        }
        return people
    }

    /// Organisations, which are words that stand with people.
    public func organizations(_ ids: [String]) async throws(SystemFault) -> [RemoteOrganization] {
        ids.map { RemoteOrganization(named: $0) }
    }

    /// The custom fields of the queue; the states and priorities are those of the description, as the system does not tell its own.
    public func vocabulary() async throws(SystemFault) -> SystemVocabulary {
        var fields: [String: String] = [:]
        if description.place.isEmpty {
            let condition: JSON = ["field": "LookupType", "value": "RT::Queue-RT::Ticket"]
            for field in try await find("customfields", [condition], fields: "Name") {
                if let name = field["Name"].word { fields[name] = name }
            }
        } else {
            let queue = SystemRequest("GET", "/REST/2.0/queue/\(SystemRequest.escaped(description.place))")
            for field in try await connection.send(queue).json["TicketCustomFields"].items {
                if let name = field["name"].word { fields[name] = name }
            }
        }
        func same(_ words: Set<String>) -> [String: String] {
            Dictionary(words.map { ($0, $0) }, uniquingKeysWith: { first, _ in first })
        }
        return SystemVocabulary(
            statuses: same(description.statuses.known), priorities: same(description.priorities.known), fields: fields)
    }
}
