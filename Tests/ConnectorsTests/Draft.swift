import Records
import Testing

@testable import Connectors

/// Texts that go out in tests.
enum Draft {
    /// A text that was redacted.
    static func text(_ text: String) throws -> RedactedText {
        try #require(Redactor(key: Array("a key of twenty bytes".utf8))).redact(RawText(text))
    }

    /// A message.
    static func message(
        _ text: String, key: String, isPublic: Bool = false, replaces: String? = nil
    ) throws -> OutgoingMessage {
        OutgoingMessage(key: key, document: Document(try self.text(text)), isPublic: isPublic, replaces: replaces)
    }

    /// A ticket.
    static func ticket(_ subject: String, fields: [TicketField: String] = [:], tags: Set<String> = []) throws
        -> TicketDraft
    {
        TicketDraft(
            subject: try text(subject), document: Document(try text("It fails since the update.")), fields: fields,
            tags: tags)
    }
}

extension TicketSystem {
    /// All changes, page by page, until nothing more is there.
    func allChanges(after cursor: FeedCursor? = nil, from start: Instant) async throws -> (
        pages: [FeedPage], next: FeedCursor?
    ) {
        var pages: [FeedPage] = []
        var cursor = cursor
        repeat {
            let page = try await changes(after: cursor, from: start)
            cursor = page.next
            pages.append(page)
        } while pages.last?.isLast == false && pages.count < 500
        return (pages, cursor)
    }
}
