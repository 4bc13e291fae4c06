internal import GRDB
internal import Records

/// Writes versions of articles, none of which is ever rewritten.
struct ArticleWriter {
    private let database: Database
    private let file: String
    private let reader: ArticleReader
    private let tickets: TicketNumbers
    private let version: Statement
    private let sentence: Statement
    private let citation: Statement
    private let fact: Statement
    private let keyword: Statement

    init(_ database: Database, file: String) throws {
        self.database = database
        self.file = file
        reader = try ArticleReader(database)
        tickets = try TicketNumbers(database, file: file)
        version = try database.makeStatement(
            sql: """
                INSERT INTO article (id, version, state, audience, issueGroup, createdAt, updatedAt, title)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
        sentence = try database.makeStatement(
            sql: "INSERT INTO articleSentence (article, version, part, place, text) VALUES (?, ?, ?, ?, ?)")
        citation = try database.makeStatement(
            sql: "INSERT INTO articleCitation (sentence, place, ticket) VALUES (?, ?, ?)")
        fact = try database.makeStatement(
            sql: "INSERT INTO articleFact (article, version, place, field, value, cases) VALUES (?, ?, ?, ?, ?, ?)")
        keyword = try database.makeStatement(
            sql: "INSERT INTO articleKeyword (article, version, place, keyword) VALUES (?, ?, ?, ?)")
    }

    /// Writes a version, unless the same is there.
    ///
    /// - Throws: ``StorageError/different(file:kind:id:)`` when it is there and says something else,
    ///   ``StorageError/unknown(file:kind:id:)`` when a ticket that is cited is not there.
    func write(_ article: Article) throws {
        if let known = try reader.article(article.id, version: article.version) {
            guard known == article else {
                throw StorageError.different(
                    file: file, kind: "version \(article.version) of article", id: article.id)
            }
            return
        }
        try version.execute(
            arguments: [
                article.id, article.version, article.state.rawValue, article.audience.rawValue, article.group,
                article.createdAt.seconds, article.updatedAt.seconds, article.title.string,
            ])
        for part in ArticlePart.allCases { try write(part, of: article) }
        for (place, item) in article.environment.enumerated() {
            try fact.execute(arguments: [article.id, article.version, place, item.field, item.value, item.cases])
        }
        for (place, item) in article.keywords.enumerated() {
            try keyword.execute(arguments: [article.id, article.version, place, item])
        }
    }

    private func write(_ part: ArticlePart, of article: Article) throws {
        for (place, item) in article[keyPath: part.sentences].enumerated() {
            try sentence.execute(
                arguments: [article.id, article.version, part.rawValue, place, item.text.string])
            let number = database.lastInsertedRowID
            for (place, ticket) in item.tickets.enumerated() {
                try citation.execute(arguments: [number, place, tickets.neededNumber(of: ticket)])
            }
        }
    }
}
