/// How messages, agents, articles and their uses in a desk's files become values; the names are those of the Swift properties, and `public`.
extension Interaction {
    /// A message whose side is not said counts as the customer's, since of a customer more is guarded.
    init(_ row: RecordRow, _ redactor: Redactor, agents: Set<String>) throws(JSONRefusal) {
        guard let time = try row.instant("time") else { throw JSONRefusal("time", excerpt: "", .missingValue) }
        var side = Side.customer
        if let name = try row.identifier("side") {
            guard let known = Side(rawValue: name) else {
                let names = Side.allCases.map(\.rawValue).joined(separator: ", ")
                throw JSONRefusal("side", excerpt: name, .outOfRange("one of \(names)"))
            }
            side = known
        }
        self.init(
            ticket: try row.neededIdentifier("ticket"), time: time, side: side,
            isPublic: try row.flag("public") ?? true, channel: try row.words("channel"),
            author: try side == .customer ? row.words("author") : row.colleague("author", of: agents, redactor),
            text: redactor.redact(RawText(try Self.text(of: row))))
    }

    /// What is said; a ticket's own words are its `body`, and so some call those of its messages.
    static func text(of row: RecordRow) throws(JSONRefusal) -> String {
        if let text = try row.identifier("text") { return text }
        return try row.words("body")
    }
}

extension Agent {
    init(_ row: RecordRow) throws(JSONRefusal) {
        let since = try row.instant("since")
        let until = try row.instant("until")
        if let since, let until, until < since {
            throw JSONRefusal("until", excerpt: until.iso8601, .outOfRange("at or after \(since.iso8601)"))
        }
        self.init(id: try row.neededIdentifier("id"), group: try row.words("group"), since: since, until: until)
    }
}

extension ArticleUse {
    init(_ row: RecordRow) throws(JSONRefusal) {
        guard let time = try row.instant("time") else { throw JSONRefusal("time", excerpt: "", .missingValue) }
        let name = try row.neededIdentifier("kind")
        guard let kind = Kind(rawValue: name) else {
            let names = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw JSONRefusal("kind", excerpt: name, .outOfRange("one of \(names)"))
        }
        self.init(
            article: try row.neededIdentifier("article"), time: time, kind: kind, ticket: try row.identifier("ticket"))
    }
}

extension ArticlePublication {
    init(_ row: RecordRow, _ redactor: Redactor) throws(JSONRefusal) {
        guard let time = try row.instant("publishedAt") else {
            throw JSONRefusal("publishedAt", excerpt: "", .missingValue)
        }
        self.init(
            id: try row.neededIdentifier("id"), publishedAt: time,
            title: redactor.redact(RawText(try row.words("title"))), tickets: try row.list("tickets"))
    }
}
