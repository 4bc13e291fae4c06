public import Records

extension RedactedText {
    /// Calls `body` with the bytes of each term, in order.
    ///
    /// Terms are runs of letters and digits without case, see ``WordCharacter``. Where a script puts no blanks between words, each two characters in a row are a
    /// term, as is usual for Chinese and Japanese. The token of a redactor is the one term of its kind, such as `<email>`, so that nothing depends on the
    /// key that tokens were made with.
    public func forEachTerm(_ body: (UnsafeRawBufferPointer) -> Void) {
        forEachPiece { piece in
            switch piece {
            case .words(let bytes): Self.forEachWord(of: bytes, body)
            case .token(let kind):
                withUnsafeTemporaryAllocation(byteCount: kind.count + 2, alignment: 1) { term in
                    term[0] = UInt8(ascii: "<")
                    for (offset, byte) in kind.enumerated() { term[offset + 1] = byte }
                    term[kind.count + 1] = UInt8(ascii: ">")
                    body(UnsafeRawBufferPointer(term))
                }
            }
        }
    }

    static func forEachWord(of bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
        // Some small letters take three bytes where the capital takes two.
        withUnsafeTemporaryAllocation(byteCount: 2 * bytes.count, alignment: 1) { term in
            var length = 0
            var isUnspaced = false
            func end() {
                if length > 0 { give(UnsafeRawBufferPointer(rebasing: term[..<length]), isUnspaced, body) }
                length = 0
            }
            var place = 0
            while place < bytes.count {
                let byte = bytes[place]
                if byte < 0x80 {
                    place += 1
                    guard isWord(byte) else {
                        end()
                        continue
                    }
                    if isUnspaced {
                        end()
                        isUnspaced = false
                    }
                    term[length] = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
                    length += 1
                    continue
                }
                let character = WordCharacter(at: place, in: bytes)
                place += character.width
                switch character.kind {
                case .hidden: continue
                case .sign: end()
                case .letter, .unspaced:
                    if isUnspaced != (character.kind == .unspaced) {
                        end()
                        isUnspaced.toggle()
                    }
                    for byte in UTF8.encode(character.small) ?? UTF8.encodedReplacementCharacter {
                        term[length] = byte
                        length += 1
                    }
                }
            }
            end()
        }
    }

    /// Whether a text has a word.
    static func holdsWord(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if bytes.contains(where: isWord) { return true }
        var found = false
        if bytes.contains(where: { $0 >= 0x80 }) { forEachWord(of: bytes) { _ in found = true } }
        return found
    }

    /// Whether a byte is a letter or a digit of ASCII.
    @inline(__always)
    private static func isWord(_ byte: UInt8) -> Bool {
        (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
    }

    private static func give(
        _ run: UnsafeRawBufferPointer, _ isUnspaced: Bool, _ body: (UnsafeRawBufferPointer) -> Void
    ) {
        if isUnspaced { WordCharacter.forEachRow(of: 2, in: run, body) } else { body(run) }
    }
}
