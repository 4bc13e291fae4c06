internal import GRDB
internal import Records

/// What articles have of some tickets, taken down before anything of these goes.
struct CitedTickets {
    /// One version of one article.
    struct Version: Hashable {
        let article: String
        let number: Int
    }

    /// A sentence that cites one of the tickets.
    struct Citation {
        let sentence: Int64
        let place: Int64
        let ticket: Int64
    }

    /// The citations of the tickets.
    private(set) var citations: [Citation] = []
    /// The words of the tickets and of the sentences that cite them, by the versions of these.
    private(set) var words: [Version: Set<String>] = [:]

    /// Looks who cites the tickets whose numbers a query gives.
    init(_ numbers: String, _ arguments: StatementArguments, _ database: Database) throws {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT sentence, articleCitation.place, ticket, article, version, text FROM articleCitation
                JOIN articleSentence ON articleSentence.number = sentence WHERE ticket IN (\(numbers))
                """, arguments: arguments)
        var wordsOfTicket: [Int64: Set<String>] = [:]
        for row in rows {
            let ticket: Int64 = row["ticket"]
            citations.append(Citation(sentence: row["sentence"], place: row["place"], ticket: ticket))
            let known = try wordsOfTicket[ticket] ?? Set(Self.texts(ofTicket: ticket, database).flatMap(Self.words))
            wordsOfTicket[ticket] = known
            let said = known.union(Self.words(row["text"]))
            words[Version(article: row["article"], number: row["version"]), default: []].formUnion(said)
        }
    }

    /// What is said in a ticket and its messages.
    static func texts(ofTicket number: Int64, _ database: Database) throws -> [String] {
        try String.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT subject FROM ticket WHERE number = ?1 UNION ALL SELECT body FROM ticket WHERE number = ?1
                    UNION ALL SELECT resolution FROM ticket WHERE number = ?1
                    UNION ALL SELECT text FROM interaction WHERE ticket = ?1
                    """), arguments: [number])
    }

    /// The words of a text in lower case, so that punctuation and line ends tell no two texts apart.
    static func words(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// Whether one of some texts says a sentence, word for word.
    static func isSaid(_ sentence: String, in texts: [String]) -> Bool {
        let wanted = words(sentence)
        guard !wanted.isEmpty else { return false }
        let phrase = " " + wanted.joined(separator: " ") + " "
        return texts.contains { (" " + words($0).joined(separator: " ") + " ").contains(phrase) }
    }
}
