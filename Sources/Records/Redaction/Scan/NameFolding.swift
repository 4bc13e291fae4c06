/// The form in which names are compared: without case, diacritics and combining marks.
enum NameFolding {
    /// The base letters of U+00C0...U+017F; a space where there is none.
    private static let latin = Array(
        ("aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo*ouuuuyty"
            + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
            + "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs").utf8)

    /// The hash of a word in any script; equal to ``WordHash`` for words in ASCII.
    static func hash(_ word: String) -> UInt64 {
        var word = word
        return word.withUTF8 { bytes in bytes.baseAddress.map { hash($0, bytes.count) } ?? FNV1a.offsetBasis }
    }

    /// The hash of the bytes of a word; bytes that are not UTF-8 stand for themselves.
    static func hash(_ base: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        hash(base, count, after: WordHash()).value
    }

    /// The hash of a word that goes on with the bytes of whole characters.
    static func hash(_ base: UnsafePointer<UInt8>, _ count: Int, after beginning: WordHash) -> WordHash {
        var hash = beginning
        var place = 0
        while place < count {
            let lead = base[place]
            guard lead >= 0xC3, lead < 0xE0, place + 1 < count, base[place + 1] & 0xC0 == 0x80 else {
                hash.take(lead)
                place += 1
                continue
            }
            let scalar = Int(lead & 0x1F) << 6 | Int(base[place + 1] & 0x3F)
            place += 2
            switch scalar {
            case 0xDF:
                hash.take(UInt8(ascii: "s"))
                hash.take(UInt8(ascii: "s"))
            case 0xC0...0x17F: hash.take(latin[scalar - 0xC0])
            case 0x300...0x36F: continue
            case 0x391...0x3A9, 0x410...0x42F: take(scalar + 0x20, into: &hash)
            case 0x400...0x40F: take(scalar + 0x50, into: &hash)
            default: take(scalar, into: &hash)
            }
        }
        return hash
    }

    private static func take(_ scalar: Int, into hash: inout WordHash) {
        hash.take(UInt8(0xC0 | scalar >> 6))
        hash.take(UInt8(0x80 | scalar & 0x3F))
    }
}
