internal import Glibc

extension RedactedText {
    /// A stretch of a text: words as people wrote them, or a token.
    public enum Piece {
        /// UTF-8 without a token.
        case words(UnsafeRawBufferPointer)
        /// What a token stands for: the name of its kind in ASCII, such as `email`.
        case token(kind: UnsafeRawBufferPointer)
    }

    /// Calls `body` with the pieces of the text, in order.
    ///
    /// What a piece says of a token is the same under every key. Whatever has the form of a token counts as one, as texts of
    /// another tenant's redactor hold tokens too.
    ///
    /// - Complexity: O(bytes).
    public func forEachPiece(_ body: (Piece) -> Void) {
        var text = string
        text.withUTF8 { bytes in
            guard let base = bytes.baseAddress else { return }
            let count = bytes.count
            func words(_ range: Range<Int>) {
                if !range.isEmpty {
                    body(.words(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[range])))
                }
            }
            var begin = 0
            var place = 0
            while place < count, let hit = memchr(base + place, Int32(UInt8(ascii: "<")), count - place) {
                place = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
                guard let end = RedactionToken.end(at: place, base, count) else {
                    place += 1
                    continue
                }
                words(begin..<place)
                let kind = place + 1..<end - RedactionToken.digits - 2
                body(.token(kind: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[kind])))
                begin = end
                place = end
            }
            words(begin..<count)
        }
    }
}
