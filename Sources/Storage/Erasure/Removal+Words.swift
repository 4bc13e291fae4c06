internal import Foundation
internal import GRDB
@_spi(Stored) internal import Records

extension Removal {
    /// Where texts of few different values stand.
    private static let columns = [
        ("ticket", ["channel", "priority", "category", "team", "assignee"]),
        ("ticketEvent", ["was", "became", "actor"]), ("topology", ["caller", "callee"]),
        ("release", ["component", "version"]), ("fact", ["item", "value"]), ("source", ["path"]),
        ("incidentAccount", ["evidence"]), ("incidentSignature", ["line"]), ("interaction", ["channel", "author"]),
        ("agent", ["id", "team"]),
        ("article", ["title"]), ("articleFact", ["value"]), ("articleKeyword", ["keyword"]),
        ("groupDecision", ["actor"]), ("linkedValue", ["value"]), ("outbox", ["actor"]),
    ]

    /// Where texts of many different values stand, in rows with numbers.
    private static let texts = [
        ("ticket", ["subject", "body", "resolution"]), ("interaction", ["text"]), ("articleSentence", ["text"]),
        ("outbox", ["payload", "fault"]),
        ("attachment", ["name"]),
    ]

    /// Takes names out of every text; ids of others that contain one stay, since they tie rows together.
    ///
    /// A name of letters alone that stands in tickets of ``ordinaryAccounts`` other accounts is a word of the language, and stays.
    ///
    /// - Returns: The names that were looked for.
    mutating func erase(_ names: ErasedWords) throws -> ErasedWords {
        let ordinary = try ordinaryNames(names)
        let words = names.without(ordinary)
        namesLeft += names.tooShort + names.shared + ordinary.count
        for (table, columns) in Self.columns {
            for column in columns {
                let sql = "SELECT DISTINCT \(column) FROM \(table) WHERE typeof(\(column)) = 'text'"
                for text in try String.fetchAll(database, sql: sql) {
                    guard let erased = words.erased(from: RedactedText(stored: text)) else { continue }
                    let change = "UPDATE OR REPLACE \(table) SET \(column) = ? WHERE \(column) = ?"
                    try run("texts", change, [erased.string, text])
                }
            }
        }
        for (table, columns) in Self.texts { try erase(words, in: table, columns) }
        return words
    }

    private static let ordinaryAccounts = 3

    private func ordinaryNames(_ names: ErasedWords) throws -> Set<RawText> {
        var accounts: [RawText: Set<String>] = [:]
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT account, subject, body, resolution FROM ticket WHERE account IS NOT NULL
                UNION ALL SELECT account, text, '', '' FROM interaction
                JOIN ticket ON ticket.number = interaction.ticket WHERE account IS NOT NULL
                """)
        while let row = try rows.next() {
            for column in 1...3 {
                for name in names.found(in: RedactedText(stored: row[column])) {
                    accounts[name, default: []].insert(row[0])
                }
            }
        }
        return Set(accounts.filter { $0.value.count >= Self.ordinaryAccounts }.keys)
    }

    private mutating func erase(_ words: ErasedWords, in table: String, _ columns: [String]) throws {
        var changes: [StatementArguments] = []
        let rows = try Row.fetchCursor(
            database, sql: "SELECT number, \(columns.joined(separator: ", ")) FROM \(table)")
        while let row = try rows.next() {
            var texts: [String] = []
            var isChanged = false
            for column in columns {
                let text = RedactedText(stored: row[column])
                let erased = words.erased(from: text)
                if erased != nil { isChanged = true }
                texts.append((erased ?? text).string)
            }
            if isChanged { changes.append(StatementArguments(texts) + [row["number"] as Int64]) }
        }
        let places = columns.map { "\($0) = ?" }.joined(separator: ", ")
        let update = try database.makeStatement(sql: "UPDATE \(table) SET \(places) WHERE number = ?")
        for change in changes { try update.execute(arguments: change) }
        add("texts", changes.count)
    }
}
