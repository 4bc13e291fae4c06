/// A short line in small letters, with single blanks and plain apostrophes, to compare with the wordings of mail programs and courtesies.
struct FoldedLine {
    /// The line; empty where it is too long to be any of them.
    let string: String

    /// The most bytes of a line that is folded.
    static let longest = 400

    init(_ bytes: some BidirectionalCollection<UInt8>) {
        guard bytes.count <= Self.longest else {
            string = ""
            return
        }
        var folded: [UInt8] = []
        folded.reserveCapacity(bytes.count)
        for byte in bytes {
            switch byte {
            case 0x41...0x5A: folded.append(byte | 0x20)
            // Emphasis, as plain text has it for bold print.
            case UInt8(ascii: "*"): continue
            case 0...0x20:
                if folded.last != 0x20, !folded.isEmpty { folded.append(0x20) }
            case 0xA0 where folded.last == 0xC2:
                folded.removeLast()
                if folded.last != 0x20 { folded.append(0x20) }
            case 0x99 where folded.suffix(2).elementsEqual([0xE2, 0x80]):
                folded.removeLast(2)
                folded.append(UInt8(ascii: "'"))
            default: folded.append(byte)
            }
        }
        while folded.last == 0x20 { folded.removeLast() }
        let line = String(decoding: folded, as: UTF8.self)
        string = folded.contains { $0 >= 0x80 } ? line.lowercased() : line
    }

    /// Whether the line begins with a phrase that ends there.
    func begins(with phrase: String) -> Bool {
        guard string.utf8.starts(with: phrase.utf8) else { return false }
        let next = string.unicodeScalars[string.utf8.index(string.startIndex, offsetBy: phrase.utf8.count)...].first
        return next.map { !$0.properties.isAlphabetic } ?? true
    }

    /// The line without signs around it.
    var core: Substring {
        var core = string[...]
        while let first = core.unicodeScalars.first, Self.isFrame(first) { core = core.dropFirst() }
        while let last = core.unicodeScalars.last, Self.isFrame(last) { core = core.dropLast() }
        return core
    }

    private static func isFrame(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "-", "_", "=", ":", ",", ".", "!", ";", " ", "…", "–", "—": true
        default: false
        }
    }
}
