internal import GRDB
public import Records

extension TenantStore {
    /// Keeps what is known of an article in a knowledge base, in place of what was known.
    ///
    /// - Parameters:
    ///   - published: The article there.
    ///   - entry: Who has published it; nil for what is no news to anybody, such as an article that is being sent.
    public func keep(_ published: PublishedArticle, by entry: AuditEntry? = nil) throws(StorageError) {
        try writing { database in
            try database.execute(
                sql: """
                    INSERT OR REPLACE INTO published
                    (base, article, remote, version, revision, hash, sent, sentText, state, conflict, publishedAt)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    published.base, published.article, published.remote, published.version, published.revision,
                    published.hash, published.sent, published.sentText, published.state.rawValue,
                    published.conflict, published.publishedAt.seconds,
                ])
            if let entry { try Self.record(entry, in: database) }
        }
    }

    /// Forgets that an article was ever in a knowledge base.
    public func forget(article: String, in base: String, by entry: AuditEntry) throws(StorageError) {
        try writing { database in
            try database.execute(
                sql: "DELETE FROM published WHERE base = ? AND article = ?", arguments: [base, article])
            try Self.record(entry, in: database)
        }
    }

    /// The articles of a knowledge base, in the order of their ids.
    public func published(in base: String) throws(StorageError) -> [PublishedArticle] {
        try reading { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM published WHERE base = ? ORDER BY article", arguments: [base]
            ).compactMap { row in
                PublishedArticle.State(rawValue: row["state"]).map {
                    PublishedArticle(
                        base: row["base"], article: row["article"], remote: row["remote"], version: row["version"],
                        revision: row["revision"], hash: row["hash"], sent: row["sent"],
                        sentText: row["sentText"], state: $0, conflict: row["conflict"],
                        publishedAt: Instant(seconds: row["publishedAt"]))
                }
            }
        }
    }
}
