internal import Foundation
internal import GRDB
@_spi(Stored) internal import Records

extension Removal {
    /// Where texts of few different values stand.
    private static let columns = [
        ("ticket", ["channel", "priority", "category", "team", "assignee"]),
        ("ticketEvent", ["was", "became", "actor"]), ("topology", ["caller", "callee"]),
        ("release", ["component", "version"]), ("fact", ["item", "value"]), ("source", ["path"]),
        ("incidentAccount", ["evidence"]),
    ]

    /// Takes names out of every text; ids of others that contain one stay, since they tie rows together.
    mutating func erase(_ words: ErasedWords) throws {
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
        try eraseTickets(words)
    }

    private mutating func eraseTickets(_ words: ErasedWords) throws {
        var changes: [StatementArguments] = []
        let rows = try Row.fetchCursor(database, sql: "SELECT number, subject, body, resolution FROM ticket")
        while let row = try rows.next() {
            var texts: [String] = []
            var isChanged = false
            for column in 1...3 {
                let text = RedactedText(stored: row[column])
                let erased = words.erased(from: text)
                if erased != nil { isChanged = true }
                texts.append((erased ?? text).string)
            }
            if isChanged { changes.append([texts[0], texts[1], texts[2], row[0] as Int64]) }
        }
        let update = try database.makeStatement(
            sql: "UPDATE ticket SET subject = ?, body = ?, resolution = ? WHERE number = ?")
        for change in changes { try update.execute(arguments: change) }
        add("texts", changes.count)
    }
}
