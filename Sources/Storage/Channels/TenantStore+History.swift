internal import Foundation
internal import GRDB
@_spi(Stored) public import Records

extension TenantStore {
    /// All that is known to have happened to a ticket, in the order of time: its opening, its messages on every channel, its
    /// changes, its resolution, the incidents that name it or its account while it was open, the articles that were used for it
    /// or cite it, the tickets that it goes on with or that go on with it, and the systems that have it too, when it changed there last.
    ///
    /// - Throws: ``StorageError``, ``StorageError/noKey(file:)`` among them, and ``StorageError/unknown(file:kind:id:)``.
    public func timeline(ofTicket id: String) throws(StorageError) -> [HistoryEntry] {
        guard var ticket = try tickets(.id(id)).first else { throw .unknown(file: path, kind: "ticket", id: id) }
        var messages = try numberedInteractions(ofTicket: id)
        let files = try messageFiles(id)
        var openingFiles = try openingFiles(id)
        if let (number, first) = messages.first, first.opens(ticket) {
            // Some systems have among the messages what a ticket was opened with.
            ticket.body = first.text
            openingFiles += files[number] ?? []
            messages.removeFirst()
        }
        var entries = [HistoryEntry(time: ticket.openedAt, what: .opened(ticket, openingFiles))]
        let refused = try refused(of: id)
        for (number, message) in messages {
            let entry = HistoryEntry(
                time: message.time, what: .message(message, files[number] ?? []),
                refusedBy: Set(refused.filter { $0.says(message) }.map(\.system)))
            entries.append(entry)
        }
        for event in try history(of: id) where event.kind != .resolved || event.to != ticket.resolvedAt?.iso8601 {
            let entry = HistoryEntry(
                time: event.time, what: .changed(event),
                refusedBy: Set(refused.filter { $0.makes(event) }.map(\.system)))
            entries.append(entry)
        }
        if let time = ticket.resolvedAt {
            entries.append(HistoryEntry(time: time, what: .resolved(ticket.resolution)))
        }
        for incident in try incidents(endingSince: nil) {
            let names = incident.tickets.contains(id)
            let link = incident.links.first { $0.account == ticket.account }
            let overlaps = incident.end >= ticket.openedAt && incident.start <= ticket.resolvedAt ?? incident.start
            if names || (link != nil && overlaps) {
                let what = HistoryEntry.What.incident(incident, probability: link?.probability, namesTicket: names)
                entries.append(HistoryEntry(time: incident.start, what: what))
            }
        }
        entries += try articleEntries(ofTicket: id) + followUpEntries(ofTicket: id)
        entries += try links(of: id).map { HistoryEntry(time: $0.updatedAt, what: .known($0)) }
        // Of one time, what was read first comes first.
        return entries.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(
            \.element)
    }

    private func openingFiles(_ ticket: String) throws(StorageError) -> [Attachment] {
        try reading { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT name, type, size, attachment.hash, isInline FROM attachment
                    JOIN channelMessage ON channelMessage.number = message
                    JOIN ticket ON ticket.number = channelMessage.ticket
                    WHERE id = ? AND interaction IS NULL ORDER BY message, place
                    """, arguments: [ticket]
            ).map(Attachment.init)
        }
    }

    /// The files of the messages, by the numbers of these.
    private func messageFiles(_ ticket: String) throws(StorageError) -> [Int64: [Attachment]] {
        try reading { database in
            var files: [Int64: [Attachment]] = [:]
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT interaction, name, type, size, attachment.hash, isInline FROM attachment
                    JOIN channelMessage ON channelMessage.number = message
                    JOIN ticket ON ticket.number = channelMessage.ticket
                    WHERE id = ? AND interaction IS NOT NULL ORDER BY message, place
                    """, arguments: [ticket])
            while let row = try rows.next() { files[row["interaction"], default: []].append(Attachment(row)) }
            return files
        }
    }

    private func articleEntries(ofTicket ticket: String) throws(StorageError) -> [HistoryEntry] {
        try reading { database in
            let uses = try Row.fetchAll(
                database,
                sql: """
                    SELECT article, time, kind FROM articleUse JOIN ticket ON ticket.number = articleUse.ticket
                    WHERE id = ? ORDER BY articleUse.number
                    """, arguments: [ticket]
            ).compactMap { row in
                ArticleUse.Kind(rawValue: row["kind"]).map { kind in
                    let use = ArticleUse(
                        article: row["article"], time: Instant(seconds: row["time"]), kind: kind, ticket: ticket)
                    return HistoryEntry(time: use.time, what: .usedArticle(use))
                }
            }
            let citing = try Row.fetchAll(
                database,
                sql: """
                    SELECT article.id, article.version, article.updatedAt FROM articleCitation
                    JOIN articleSentence ON articleSentence.number = sentence
                    JOIN article ON article.id = articleSentence.article AND article.version = articleSentence.version
                    JOIN ticket ON ticket.number = articleCitation.ticket
                    WHERE ticket.id = ? GROUP BY 1, 2 ORDER BY 1, 2
                    """, arguments: [ticket]
            ).map { row in
                HistoryEntry(
                    time: Instant(seconds: row["updatedAt"]),
                    what: .citedBy(article: row["id"], version: row["version"]))
            }
            return uses + citing
        }
    }

    private func followUpEntries(ofTicket ticket: String) throws(StorageError) -> [HistoryEntry] {
        try reading { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT later.id AS id, later.openedAt AS time, 1 AS isLater FROM followUp
                    JOIN ticket AS later ON later.number = followUp.ticket
                    JOIN ticket AS first ON first.number = followUp.earlier WHERE first.id = ?1
                    UNION ALL SELECT first.id, later.openedAt, 0 FROM followUp
                    JOIN ticket AS later ON later.number = followUp.ticket
                    JOIN ticket AS first ON first.number = followUp.earlier WHERE later.id = ?1
                    ORDER BY 2, 1
                    """, arguments: [ticket]
            ).map { row in
                let what: HistoryEntry.What = row["isLater"] ? .followedBy(row["id"]) : .follows(row["id"])
                return HistoryEntry(time: Instant(seconds: row["time"]), what: what)
            }
        }
    }
}

extension Interaction {
    /// Whether it is what a ticket was opened with, perhaps with the names of its files below; times of systems go in seconds.
    fileprivate func opens(_ ticket: Ticket) -> Bool {
        guard isPublic, abs(time.seconds - ticket.openedAt.seconds) <= 1 else { return false }
        let (said, body) = (text.string, ticket.body.string)
        return said == body || said.hasPrefix(body + "\n[attachment: ")
    }
}

extension OutboxEntry {
    /// Whether it carries a message of the store to a system.
    fileprivate func says(_ message: Interaction) -> Bool {
        guard case .message(let document, message.isPublic) = work else { return false }
        return createdAt == message.time && actor == message.author && document.text == message.text
    }

    /// Whether it carries a change of the store to a system.
    fileprivate func makes(_ event: TicketEvent) -> Bool {
        guard case .field(event.field, let value) = work else { return false }
        return createdAt == event.time && actor == event.actor && value ?? "" == event.to
    }
}

extension Attachment {
    fileprivate init(_ row: Row) {
        self.init(
            name: RedactedText(stored: row["name"]), type: row["type"], size: row["size"],
            hash: (row["hash"] as Data?).map { Array($0) }, isInline: row["isInline"])
    }
}
