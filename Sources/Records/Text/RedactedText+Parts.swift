extension RedactedText {
    /// A part of the text, which is as redacted as the whole.
    ///
    /// - Parameter range: Bytes of UTF-8; what is outside the text is cut, and a character that is cut through is left out.
    public func part(_ range: Range<Int>) -> RedactedText {
        let bytes = string.utf8
        let range = range.clamped(to: 0..<bytes.count)
        var start = bytes.index(bytes.startIndex, offsetBy: range.lowerBound)
        var end = bytes.index(start, offsetBy: range.count)
        while start < end, bytes[start] & 0xC0 == 0x80 { start = bytes.index(after: start) }
        while end > start, end < bytes.endIndex, bytes[end] & 0xC0 == 0x80 { end = bytes.index(before: end) }
        return RedactedText(redacted: String(string[start..<end]))
    }

    /// Whether the text holds a token in place of something that was redacted.
    public var holdsToken: Bool {
        var found = false
        forEachPiece { piece in
            if case .token = piece { found = true }
        }
        return found
    }
}
