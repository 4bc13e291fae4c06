internal import GRDB
public import Records

extension TenantStore {
    /// Keeps uses of articles: all of them, or nothing.
    ///
    /// A use of one kind for one ticket at one time is one; of readers without a ticket each is another.
    ///
    /// - Throws: ``StorageError``, ``StorageError/unknown(file:kind:id:)`` when an article or a ticket is not there.
    public func keep(_ uses: [ArticleUse], by entry: AuditEntry) throws(StorageError) {
        try writing { database in
            let tickets = try TicketNumbers(database, file: path)
            let find = try database.makeStatement(sql: "SELECT EXISTS (SELECT 1 FROM article WHERE id = ?)")
            let insert = try database.makeStatement(
                sql: "INSERT INTO articleUse (article, time, kind, ticket) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
            for item in uses {
                guard try Bool.fetchOne(find, arguments: [item.article]) == true else {
                    throw StorageError.unknown(file: path, kind: "article", id: item.article)
                }
                let ticket = try item.ticket.map { try tickets.neededNumber(of: $0) }
                try insert.execute(arguments: [item.article, item.time.seconds, item.kind.rawValue, ticket])
            }
            try Self.record(entry, in: database)
        }
    }

    /// Uses of articles, in the order of their times, and in which they were kept.
    ///
    /// - Parameter article: The id of the article; nil for those of all articles.
    public func uses(ofArticle article: String? = nil) throws(StorageError) -> [ArticleUse] {
        try reading { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT article, time, kind, id FROM articleUse
                    LEFT JOIN ticket ON ticket.number = articleUse.ticket
                    WHERE ?1 IS NULL OR article = ?1 ORDER BY time, articleUse.number
                    """, arguments: [article]
            ).compactMap { row in
                ArticleUse.Kind(rawValue: row["kind"]).map {
                    ArticleUse(
                        article: row["article"], time: Instant(seconds: row["time"]), kind: $0, ticket: row["id"])
                }
            }
        }
    }
}
