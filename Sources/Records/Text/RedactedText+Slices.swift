extension RedactedText {
    /// A stretch of the text, given by the bytes of its UTF-8; what is part of a redacted text is redacted too.
    ///
    /// Bytes beyond the end are left out. A range that cuts a character in two gives replacement characters there.
    ///
    /// - Complexity: O(bytes of the range).
    public subscript(bytes bytes: Range<Int>) -> RedactedText {
        var text = string
        return text.withUTF8 { all in
            RedactedText(redacted: String(decoding: all[bytes.clamped(to: all.indices)], as: UTF8.self))
        }
    }

    /// The end of what has the form of a token and begins at a place of a text, so that nothing is cut within it.
    ///
    /// - Parameters:
    ///   - place: A place in `bytes`.
    ///   - bytes: UTF-8.
    public static func tokenEnd(at place: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let base = bytes.baseAddress, bytes.indices.contains(place), base[place] == UInt8(ascii: "<") else {
            return nil
        }
        return RedactionToken.end(at: place, base, bytes.count)
    }
}
