/// A text with the little structure that every system has a form for.
public struct Document: Sendable, Hashable {
    /// A part of a document.
    public enum Block: Sendable, Hashable {
        case heading(RedactedText)
        /// Lines of one paragraph.
        case paragraph([RedactedText])
        case list([RedactedText])
        /// Lines as they are, such as those of a log.
        case code([RedactedText])
    }

    /// The parts, in order.
    public var blocks: [Block]

    /// Creates a document.
    public init(_ blocks: [Block]) {
        self.blocks = blocks
    }

    /// One paragraph.
    public init(_ text: RedactedText) {
        self.init([.paragraph([text])])
    }

    /// Whether a name or an address was hidden somewhere in it.
    public var holdsToken: Bool {
        blocks.contains { block in
            switch block {
            case .heading(let text): text.holdsToken
            case .paragraph(let lines), .list(let lines), .code(let lines): lines.contains(where: \.holdsToken)
            }
        }
    }
}

extension Document {
    /// All of its lines, one below the other.
    public var text: RedactedText {
        let lines = blocks.flatMap { block in
            switch block {
            case .heading(let text): [text]
            case .paragraph(let lines), .list(let lines), .code(let lines): lines
            }
        }
        return RedactedText(redacted: lines.map(\.string).joined(separator: "\n"))
    }
}
