internal import Foundation
@_spi(Stored) internal import Records

/// What an entry of the outbox is about, as it stands in its row.
struct OutboxPayload: Codable {
    enum Kind: String, Codable {
        case field, tags, message, note, link, opening
    }

    private struct Block: Codable {
        enum Kind: String, Codable {
            case heading, paragraph, list, code
        }

        var kind: Kind
        var lines: [String]
    }

    let kind: Kind
    private var name: String?
    private var value: String?
    private var added: [String]?
    private var removed: [String]?
    private var isPublic: Bool?
    private var blocks: [Block]?

    /// The row of some work; nil for what could not be read from its own.
    init?(_ work: OutboxEntry.Work) {
        switch work {
        case .field(let name, let value):
            kind = .field
            (self.name, self.value) = (name, value)
        case .tags(let added, let removed):
            kind = .tags
            (self.added, self.removed) = (added.sorted(), removed.sorted())
        case .message(let document, let isPublic):
            kind = .message
            (blocks, self.isPublic) = (Self.blocks(document), isPublic)
        case .note(let document):
            kind = .note
            blocks = Self.blocks(document)
        case .link(let place):
            kind = .link
            name = place
        case .opening(let place):
            kind = .opening
            name = place
        case .unreadable: return nil
        }
    }

    /// Reads a row; nil when it is not one of these.
    init?(text: String) {
        guard let payload = try? JSONDecoder().decode(OutboxPayload.self, from: Data(text.utf8)) else { return nil }
        self = payload
    }

    var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    var work: OutboxEntry.Work {
        switch kind {
        case .field: .field(name ?? "", value: value)
        case .tags: .tags(added: Set(added ?? []), removed: Set(removed ?? []))
        case .message: .message(document, isPublic: isPublic ?? false)
        case .note: .note(document)
        case .link: .link(name ?? "")
        case .opening: .opening(place: name ?? "")
        }
    }

    private static func blocks(_ document: Document) -> [Block] {
        document.blocks.map { block in
            switch block {
            case .heading(let text): Block(kind: .heading, lines: [text.string])
            case .paragraph(let lines): Block(kind: .paragraph, lines: lines.map(\.string))
            case .list(let items): Block(kind: .list, lines: items.map(\.string))
            case .code(let lines): Block(kind: .code, lines: lines.map(\.string))
            }
        }
    }

    private var document: Document {
        Document(
            (blocks ?? []).map { block in
                let lines = block.lines.map(RedactedText.init(stored:))
                return switch block.kind {
                case .heading: .heading(lines.first ?? RedactedText())
                case .paragraph: .paragraph(lines)
                case .list: .list(lines)
                case .code: .code(lines)
                }
            })
    }
}
