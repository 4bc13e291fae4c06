import Records

extension SimulatedKnowledge {
    /// The desk as a folder: organizations, accounts, deployments, contacts, aliases, releases, agents, tickets, interactions, article-uses
    /// and published as NDJSON, and truth.json.
    ///
    /// Members that are not known are left out, but for `until` of agents and `ticket` of article uses, which are null.
    ///
    /// - Complexity: O(n) time and memory for n tickets.
    public var files: [DeskFile] {
        customerFiles + [
            file("agents.ndjson", agents) { json, agent in
                json.member("id", agent.id)
                json.member("group", agent.group)
                json.member("since", agent.since.iso8601)
                json.optional("until", agent.until?.iso8601)
            },
            file("tickets.ndjson", tickets, Self.write),
            file("interactions.ndjson", messages) { json, message in
                json.member("ticket", message.ticket)
                json.member("time", message.time.iso8601)
                json.member("side", message.side.rawValue)
                json.member("public", json: message.isPublic ? "true" : "false")
                json.member("channel", message.channel)
                json.member("author", message.author)
                json.member("text", message.text)
            },
            file("article-uses.ndjson", uses) { json, use in
                json.member("article", use.article)
                json.member("time", use.time.iso8601)
                json.member("kind", use.kind.rawValue)
                json.optional("ticket", use.ticket)
            },
            file("published.ndjson", articles) { json, article in
                json.member("id", article.id)
                json.member("publishedAt", article.publishedAt.iso8601)
                json.member("title", article.title)
                json.member("tickets", article.tickets)
            },
            DeskFile(name: "truth.json", contents: truth.json),
        ]
    }

    private static func write(_ json: inout JSONText, _ ticket: KnowledgeTicket) {
        json.member("id", ticket.id)
        json.member("openedAt", ticket.openedAt.iso8601)
        if let resolvedAt = ticket.resolvedAt { json.member("resolvedAt", resolvedAt.iso8601) }
        json.member("account", ticket.account)
        if let contact = ticket.contact { json.member("contact", contact) }
        json.member("channel", ticket.channel)
        json.member("subject", ticket.subject)
        json.member("body", ticket.body)
        json.member("priority", ticket.priority)
        if let category = ticket.category { json.member("category", category) }
        json.member("group", ticket.group)
        json.member("assignee", ticket.assignee)
        json.member("resolution", ticket.resolution)
        if let minutes = ticket.handlingMinutes { json.member("handlingMinutes", json: decimal(minutes, places: 1)) }
        if let duplicateOf = ticket.duplicateOf { json.member("duplicateOf", duplicateOf) }
    }

    private func file<Row>(_ name: String, _ rows: [Row], _ body: (inout JSONText, Row) -> Void) -> DeskFile {
        var json = JSONText()
        for row in rows {
            json.open()
            body(&json, row)
            json.close()
            json.endLine()
        }
        return DeskFile(name: name, contents: json.text)
    }
}

extension JSONText {
    /// A member that is null where there is no value.
    mutating func optional(_ key: String, _ value: String?) {
        if let value { member(key, value) } else { member(key, json: "null") }
    }
}
