extension DeskFolder {
    /// Reads the messages of tickets, in the order of the files.
    ///
    /// - Parameters:
    ///   - agents: The ids of agents, which stay as they are.
    ///   - redactor: Redacts texts, and authors of the support team, as they are read.
    ///   - badRows: What to do with a row that is wrong.
    /// - Throws: ``RecordError``.
    public func interactions(
        agents: Set<String> = [], redactor: Redactor, badRows: BadRows = .areErrors
    ) throws(RecordError) -> (interactions: [Interaction], rejected: [RejectedRow]) {
        let read = try records("interactions", badRows) { row throws(JSONRefusal) in
            try Interaction(row, redactor, agents: agents)
        }
        return (read.items, read.rejected)
    }

    /// Reads the members of the support team, in the order of the files.
    ///
    /// - Parameter badRows: What to do with a row that is wrong.
    /// - Throws: ``RecordError``.
    public func agents(
        badRows: BadRows = .areErrors
    ) throws(RecordError) -> (agents: [Agent], rejected: [RejectedRow]) {
        let read = try records("agents", badRows, Agent.init)
        return (read.items, read.rejected)
    }

    /// Reads the uses of articles, in the order of the files.
    ///
    /// - Parameter badRows: What to do with a row that is wrong.
    /// - Throws: ``RecordError``.
    public func articleUses(
        badRows: BadRows = .areErrors
    ) throws(RecordError) -> (uses: [ArticleUse], rejected: [RejectedRow]) {
        let read = try records("article-uses", badRows, ArticleUse.init)
        return (read.items, read.rejected)
    }

    /// Reads the list of the articles that people can read, in the order of the files.
    ///
    /// - Parameters:
    ///   - redactor: Redacts titles as they are read.
    ///   - badRows: What to do with a row that is wrong; an id that stands twice is.
    /// - Throws: ``RecordError``.
    public func published(
        redactor: Redactor, badRows: BadRows = .areErrors
    ) throws(RecordError) -> (articles: [ArticlePublication], rejected: [RejectedRow]) {
        var ids: Set<String> = []
        let read = try records("published", badRows) { row throws(JSONRefusal) in
            let article = try ArticlePublication(row, redactor)
            guard ids.insert(article.id).inserted else { throw JSONRefusal("id", excerpt: article.id, .duplicateId) }
            return article
        }
        return (read.items, read.rejected)
    }

    private func records<Item>(
        _ name: String, _ badRows: BadRows, _ item: (RecordRow) throws(JSONRefusal) -> Item
    ) throws(RecordError) -> (items: [Item], rejected: [RejectedRow]) {
        var items: [Item] = []
        var rejected: [RejectedRow] = []
        for file in try files(name) {
            rejected += try RecordRows.read(file, badRows: badRows) { row throws(JSONRefusal) in
                items.append(try item(row))
            }
        }
        return (items, rejected)
    }
}
