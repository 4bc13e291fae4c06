internal import Glibc

extension RedactedText {
    /// Whether the text holds a token in place of something that was redacted.
    public var holdsToken: Bool {
        var found = false
        forEachPiece { piece in
            if case .token = piece { found = true }
        }
        return found
    }

    /// Whether a text holds a token, whoever wrote it.
    public static func holdsToken(_ text: String) -> Bool { RedactedText(redacted: text).holdsToken }
}

extension RedactedText {
    /// Texts one after the other, with a blank between them, which is as redacted as they are.
    public init(joining texts: [RedactedText]) {
        self.init(redacted: texts.map(\.string).joined(separator: " "))
    }

    /// Whether another text stands in this one word for word.
    public func holds(_ part: RedactedText) -> Bool {
        var (whole, part) = (string, part.string)
        return whole.withUTF8 { whole in
            part.withUTF8 { part in
                guard let first = part.first, let start = part.baseAddress, let base = whole.baseAddress else {
                    return part.isEmpty
                }
                var place = 0
                while place + part.count <= whole.count,
                    let hit = memchr(base + place, Int32(first), whole.count - part.count - place + 1)
                {
                    if memcmp(hit, start, part.count) == 0 { return true }
                    place = UnsafeRawPointer(hit) - UnsafeRawPointer(base) + 1
                }
                return false
            }
        }
    }
}
