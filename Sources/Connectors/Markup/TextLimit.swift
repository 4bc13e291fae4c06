public import Records

/// How long a text may be that a system takes.
public struct TextLimit: Sendable, Hashable {
    /// The most UTF-16 units, which is what systems call characters.
    public var units: Int
    /// The form in which they are counted.
    public var form: Markup

    /// States a limit.
    public init(units: Int, form: Markup) {
        self.units = units
        self.form = form
    }

    /// Whether a document is short enough.
    public func holds(_ document: Document) -> Bool {
        let text = form == .html ? document.html : document.plainText
        return text.utf16.count <= units
    }

    /// The beginning of a document that is too long, with the number of characters that were left out; nil for one that is not.
    func cut(_ document: Document, redactor: Redactor) -> Document? {
        guard !holds(document) else { return nil }
        let whole = document.text.string
        func beginning(_ bytes: Int) -> Document {
            var (kept, rest) = (document, bytes)
            kept.blocks = document.blocks.compactMap { $0.beginning(&rest) }
            let left = whole.utf16.count - kept.text.string.utf16.count
            kept.blocks.append(.paragraph([redactor.redact(RawText("(\(left) characters left out)"))]))
            return kept
        }
        // No unit takes more than three bytes of UTF-8.
        var (short, long) = (0, min(whole.utf8.count, 3 * units + 1))
        while long - short > 1 {
            let middle = (short + long) / 2
            if holds(beginning(middle)) { short = middle } else { long = middle }
        }
        return beginning(short)
    }
}

extension Document.Block {
    /// The lines of a block up to some bytes, which are taken off; nil where nothing is left of it.
    fileprivate func beginning(_ bytes: inout Int) -> Document.Block? {
        guard bytes > 0 else { return nil }
        func first(_ lines: [RedactedText]) -> [RedactedText] {
            var kept: [RedactedText] = []
            for line in lines where bytes > 0 {
                let text = line.string.utf8
                // A character is whole or not there.
                var end = text.index(text.startIndex, offsetBy: min(bytes, text.count))
                while end != text.endIndex, end.samePosition(in: line.string) == nil { end = text.index(before: end) }
                kept.append(line[bytes: 0..<text.distance(from: text.startIndex, to: end)])
                bytes -= text.count + 1
            }
            return kept
        }
        switch self {
        case .heading(let text): return first([text]).first.map(Document.Block.heading)
        case .paragraph(let lines): return .paragraph(first(lines))
        case .list(let items): return .list(first(items))
        case .code(let lines): return .code(first(lines))
        }
    }
}
