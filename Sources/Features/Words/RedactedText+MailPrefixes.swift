public import Records

extension RedactedText {
    /// A subject without what mail programs put before it: the marks of replies and forwards in common languages, with their counts, and warnings of mail from outside in
    /// brackets, however often.
    ///
    /// - Complexity: O(bytes).
    public var withoutMailPrefixes: RedactedText {
        var text = string
        let start = text.withUTF8(MailPrefixes.end)
        return start == 0 ? self : self[bytes: start..<text.utf8.count]
    }
}

/// What mail programs put before a subject that is answered or passed on.
private enum MailPrefixes {
    private static let marks: Set<String> = [
        "re", "fw", "fwd", "aw", "antw", "antwort", "wg", "weitergeleitet", "tr", "rép", "rv", "rif", "enc",
        "sv", "doorst", "odp", "ynt", "ilt", "回复", "回覆", "答复", "转发", "轉寄",
    ]
    private static let warnings: Set<String> = [
        "external", "external email", "external mail", "external sender", "ext", "extern", "externe", "externe mail",
        "externo", "esterno",
    ]
    /// The most bytes of a mark before its colon, and of a warning between its brackets.
    private static let longest = 24

    /// Where a subject begins behind all prefixes; 0 where it has none.
    static func end(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var end = 0
        var place = skippingBlanks(bytes, from: 0)
        while let next = endOfPrefix(in: bytes, at: place) {
            place = skippingBlanks(bytes, from: next)
            end = place
        }
        return end
    }

    private static func skippingBlanks(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        bytes[start...].firstIndex { $0 > 0x20 } ?? bytes.count
    }

    private static func endOfPrefix(in bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Int? {
        let part = bytes[place..<min(bytes.count, place + longest)]
        if part.first == UInt8(ascii: "[") {
            guard let close = part.firstIndex(of: UInt8(ascii: "]")),
                warnings.contains(FoldedLine(part[(place + 1)..<close]).string)
            else { return nil }
            let isFollowed = close + 1 < bytes.count && bytes[close + 1] == UInt8(ascii: ":")
            return close + (isFollowed ? 2 : 1)
        }
        // The colon of East Asian texts is of full width: EF BC 9A.
        guard let colon = part.firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == 0xEF }) else { return nil }
        let isWide = part[colon] == 0xEF
        guard !isWide || part[colon...].starts(with: [0xEF, 0xBC, 0x9A]) else { return nil }
        let isCount = { (byte: UInt8) in byte <= 0x20 || "0123456789[]()^".utf8.contains(byte) }
        let name = part[..<colon].prefix { !isCount($0) }
        guard part[name.endIndex..<colon].allSatisfy(isCount), marks.contains(FoldedLine(name).string) else {
            return nil
        }
        return colon + (isWide ? 3 : 1)
    }
}
