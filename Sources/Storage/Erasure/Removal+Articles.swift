internal import GRDB
internal import Records

extension Removal {
    /// Takes back the citations of tickets that do not say any more what they are cited for.
    mutating func removeUnsaidCitations(_ cited: CitedTickets) throws {
        var texts: [Int64: [String]] = [:]
        for citation in cited.citations {
            let left = try texts[citation.ticket] ?? CitedTickets.texts(ofTicket: citation.ticket, database)
            texts[citation.ticket] = left
            let sentence = try String.fetchOne(
                database, sql: "SELECT text FROM articleSentence WHERE number = ?", arguments: [citation.sentence])
            if let sentence, CitedTickets.isSaid(sentence, in: left) { continue }
            try run(
                "citations", "DELETE FROM articleCitation WHERE sentence = ? AND place = ?",
                [citation.sentence, citation.place])
        }
    }

    /// Removes the sentences that have lost their last citation, and what else articles know from nowhere any more.
    ///
    /// Of a title and of keywords, what has a word that only the lost texts had goes with them. A version that is left without
    /// a sentence goes; when it is the newest, the earlier ones, which it has replaced, go with it.
    mutating func removeUncited(_ cited: CitedTickets) throws {
        for sentence in Set(cited.citations.map(\.sentence)).sorted() {
            try run(
                "sentences",
                """
                DELETE FROM articleSentence WHERE number = ?1
                    AND NOT EXISTS (SELECT 1 FROM articleCitation WHERE sentence = ?1)
                """, [sentence])
        }
        for (version, words) in cited.words { try remove(words, from: version) }
        if !cited.words.isEmpty {
            try run("articleUses", "DELETE FROM articleUse WHERE article NOT IN (SELECT id FROM article)")
        }
    }

    private mutating func remove(_ words: Set<String>, from version: CitedTickets.Version) throws {
        let key: StatementArguments = [version.article, version.number]
        let sentences = try String.fetchAll(
            database,
            sql: """
                SELECT text FROM articleSentence WHERE article = ? AND version = ?
                ORDER BY part = 'issue' DESC, part, place
                """, arguments: key)
        guard let first = sentences.first else {
            let newest = try Int.fetchOne(
                database, sql: "SELECT MAX(version) FROM article WHERE id = ?", arguments: [version.article])
            let condition = newest == version.number ? "version <= ?" : "version = ?"
            return try run("articles", "DELETE FROM article WHERE id = ? AND \(condition)", key)
        }
        let lost = try words.subtracting(wordsLeft(in: version, sentences))
        func isLost(_ text: String) -> Bool { CitedTickets.words(text).contains { lost.contains($0) } }
        let keywords = try Row.fetchAll(
            database, sql: "SELECT place, keyword FROM articleKeyword WHERE article = ? AND version = ?",
            arguments: key)
        for row in keywords where isLost(row["keyword"]) {
            let place: Int64 = row["place"]
            try run(
                "keywords", "DELETE FROM articleKeyword WHERE article = ? AND version = ? AND place = ?",
                [version.article, version.number, place])
        }
        let title = try String.fetchOne(
            database, sql: "SELECT title FROM article WHERE id = ? AND version = ?", arguments: key)
        if let title, isLost(title) {
            try run(
                "texts", "UPDATE article SET title = ? WHERE id = ? AND version = ?",
                [first, version.article, version.number])
        }
    }

    /// What a version still has from somewhere: its sentences, its environment, and all that is said in tickets it cites.
    private func wordsLeft(in version: CitedTickets.Version, _ sentences: [String]) throws -> Set<String> {
        let key: StatementArguments = [version.article, version.number]
        let values = try String.fetchAll(
            database, sql: "SELECT value FROM articleFact WHERE article = ? AND version = ?", arguments: key)
        let tickets = try Int64.fetchAll(
            database,
            sql: """
                SELECT DISTINCT ticket FROM articleCitation JOIN articleSentence ON articleSentence.number = sentence
                WHERE article = ? AND version = ?
                """, arguments: key)
        let texts = try tickets.flatMap { try CitedTickets.texts(ofTicket: $0, database) }
        return Set((sentences + values + texts).flatMap(CitedTickets.words))
    }
}
