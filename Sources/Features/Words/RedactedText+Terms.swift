public import Records

extension RedactedText {
    /// Calls `body` with the bytes of each term, in order.
    ///
    /// Terms are runs of letters and digits, lower-cased where they are ASCII; other bytes of UTF-8 count as letters. The token of a redactor is the
    /// one term of its kind, such as `<email>`, so that nothing depends on the key that tokens were made with.
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
        func isWord(_ byte: UInt8) -> Bool {
            byte >= 0x80 || (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
        }
        withUnsafeTemporaryAllocation(byteCount: bytes.count, alignment: 1) { term in
            var length = 0
            for byte in bytes {
                if isWord(byte) {
                    term[length] = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
                    length += 1
                } else if length > 0 {
                    body(UnsafeRawBufferPointer(rebasing: term[..<length]))
                    length = 0
                }
            }
            if length > 0 { body(UnsafeRawBufferPointer(rebasing: term[..<length])) }
        }
    }
}
