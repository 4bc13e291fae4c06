internal import GRDB
@_spi(Stored) internal import Records

/// Reads versions of articles.
struct ArticleReader {
    private let version: Statement
    private let sentences: Statement
    private let facts: Statement
    private let keywords: Statement

    init(_ database: Database) throws {
        version = try database.makeStatement(sql: "SELECT * FROM article WHERE id = ? AND version = ?")
        sentences = try database.makeStatement(
            sql: """
                SELECT articleSentence.number, part, text, id FROM articleSentence
                LEFT JOIN articleCitation ON sentence = articleSentence.number
                LEFT JOIN ticket ON ticket.number = articleCitation.ticket
                WHERE article = ? AND version = ? ORDER BY part, articleSentence.place, articleCitation.place
                """)
        facts = try database.makeStatement(
            sql: "SELECT field, value, cases FROM articleFact WHERE article = ? AND version = ? ORDER BY place")
        keywords = try database.makeStatement(
            sql: "SELECT keyword FROM articleKeyword WHERE article = ? AND version = ? ORDER BY place")
    }

    /// A version of an article; nil when it is not there.
    func article(_ id: String, version number: Int) throws -> Article? {
        try Row.fetchOne(version, arguments: [id, number]).flatMap { try article($0) }
    }

    /// The version that stands in a row.
    func article(_ row: Row) throws -> Article? {
        guard let state = Article.State(rawValue: row["state"]),
            let audience = Article.Audience(rawValue: row["audience"])
        else { return nil }
        var article = Article(
            id: row["id"], version: row["version"], state: state, audience: audience, group: row["issueGroup"],
            createdAt: Instant(seconds: row["createdAt"]), updatedAt: Instant(seconds: row["updatedAt"]),
            title: RedactedText(stored: row["title"]))
        let key: StatementArguments = [article.id, article.version]
        try readSentences(of: &article, key)
        article.environment = try Row.fetchAll(facts, arguments: key).map {
            Article.EnvironmentFact(field: $0["field"], value: $0["value"], cases: $0["cases"])
        }
        article.keywords = try String.fetchAll(keywords, arguments: key)
        return article
    }

    private func readSentences(of article: inout Article, _ key: StatementArguments) throws {
        var last: Int64?
        for row in try Row.fetchAll(sentences, arguments: key) {
            guard let part = ArticlePart(rawValue: row["part"])?.sentences else { continue }
            let number: Int64 = row["number"]
            if number != last {
                let text = RedactedText(stored: row["text"])
                article[keyPath: part].append(Article.Sentence(text: text, tickets: []))
                last = number
            }
            if let ticket = row["id"] as String? {
                let place = article[keyPath: part].count - 1
                article[keyPath: part][place].tickets.append(ticket)
            }
        }
    }
}
