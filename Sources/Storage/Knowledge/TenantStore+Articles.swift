internal import GRDB
public import Records

extension TenantStore {
    /// Keeps versions of articles: all of them, or none.
    ///
    /// A version that is there stays as it is, and may be kept again.
    ///
    /// - Throws: ``StorageError``: ``StorageError/different(file:kind:id:)`` when a version is there with other content,
    ///   ``StorageError/unknown(file:kind:id:)`` when a ticket that is cited is not there.
    public func keep(_ articles: [Article], by entry: AuditEntry) throws(StorageError) {
        try writing { database in
            let writer = try ArticleWriter(database, file: path)
            for article in articles { try writer.write(article) }
            try Self.record(entry, in: database)
        }
    }

    /// The id of a new article about an issue group, by the key that the store was opened with.
    public func articleID(ofGroup group: String) -> String { Article.id(ofGroup: group, seal: try? seal()) }

    /// The newest version of each article, in the order of their ids.
    ///
    /// - Parameter end: Versions that were made after it do not count; all count when nil.
    public func articles(until end: Instant? = nil) throws(StorageError) -> [Article] {
        try articles(
            where:
                "version = (SELECT MAX(version) FROM article AS any WHERE any.id = article.id AND any.updatedAt <= ?)",
            [end?.seconds ?? .infinity])
    }

    /// The newest version of each article that somebody has read, in the order of their ids; none of an article that is archived or that nobody has read yet.
    ///
    /// A newer draft changes nothing of what is in use.
    ///
    /// - Parameter end: Versions that were made after it do not count; all count when nil.
    public func articlesInUse(until end: Instant? = nil) throws(StorageError) -> [Article] {
        try articles(
            where: """
                version = (
                    SELECT MAX(version) FROM article AS any
                    WHERE any.id = article.id AND any.state != ? AND any.updatedAt <= ?
                ) AND state != ?
                """, [Article.State.draft.rawValue, end?.seconds ?? .infinity, Article.State.archived.rawValue])
    }

    /// All versions of an article, the first one first; none when it is not there.
    public func versions(ofArticle id: String) throws(StorageError) -> [Article] {
        try articles(where: "id = ?", [id])
    }

    private func articles(
        where condition: String, _ arguments: StatementArguments
    ) throws(StorageError) -> [Article] {
        try reading { database in
            let reader = try ArticleReader(database)
            return try Row.fetchAll(
                database, sql: "SELECT * FROM article WHERE \(condition) ORDER BY id, version", arguments: arguments
            ).compactMap { try reader.article($0) }
        }
    }
}
