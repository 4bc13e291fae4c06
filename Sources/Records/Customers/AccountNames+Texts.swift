extension AccountNames {
    /// The account that a mail address belongs to, itself or by its domain; nil when it is none or belongs to nobody.
    func account(ofMail bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return nil }
        let name = meaning(NameHash(bytes))?.name ?? meaning(NameHash(bytes[(at + 1)...]))?.name
        return name.map { Int($0.account) }
    }

    /// The accounts that a text names in a way that says enough by itself.
    ///
    /// - Complexity: O(bytes).
    func accounts(namedIn text: UnsafeRawBufferPointer) -> Set<Int> {
        var found: Set<Int> = []
        var words: [Range<Int>] = []
        var place = 0
        while place < text.count {
            while place < text.count, !NameBytes.isWord(text[place]) { place += 1 }
            let start = place
            while place < text.count, NameBytes.isWord(text[place]) { place += 1 }
            let word = NameBytes.trimmed(start..<place, text)
            if !word.isEmpty { words.append(word) }
        }
        for first in words.indices {
            var hash = NameHash()
            var end = words[first].lowerBound
            for word in words[first...].prefix(Self.mostWords) {
                guard word.lowerBound - end <= Self.longestGap else { break }
                // A line may end within a name.
                for index in end..<word.upperBound where text[index] != 0x0A { hash.add(text[index]) }
                end = word.upperBound
                let meaning = meaning(hash)
                if let name = meaning?.name, name.distinction == .distinct { found.insert(Int(name.account)) }
                guard meaning?.isBeginning == true else { break }
            }
            let mail = UnsafeRawBufferPointer(rebasing: text[words[first]])
            if let account = mail.withMemoryRebound(to: UInt8.self, { self.account(ofMail: $0) }) {
                found.insert(account)
            }
        }
        return found
    }
}

/// Which bytes of a text words and names are made of.
public enum NameBytes {
    /// Whether a byte is a letter, a digit or one that stands within names.
    @inlinable @inline(__always)
    public static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x5F, 0x2D, 0x2E, 0x40, 0x80...: true
        default: false
        }
    }

    /// A word without the dots and dashes around it, which belong to the sentence.
    @inlinable @inline(__always)
    public static func trimmed(_ word: Range<Int>, _ text: UnsafeRawBufferPointer) -> Range<Int> {
        var (start, end) = (word.lowerBound, word.upperBound)
        while end > start, text[end - 1] == 0x2E || text[end - 1] == 0x2D { end -= 1 }
        while end > start, text[start] == 0x2E || text[start] == 0x2D { start += 1 }
        return start..<end
    }
}
