/// Quotation marks, dashes, blanks and other marks beyond ASCII, which end a word as those in ASCII do.
///
/// U+00A0, U+00AB and U+00BB, U+2000...U+203F, U+3000...U+303F, U+FF00...U+FF0F and U+FF1A...U+FF1F.
enum WidePunctuation {
    /// The bytes of the mark that begins at a place; 0 where none does.
    @inline(__always)
    static func count(at place: Int, _ base: UnsafePointer<UInt8>, _ count: Int) -> Int {
        let lead = base[place]
        guard lead >= 0xC2, place + 1 < count else { return 0 }
        let second = base[place + 1]
        if lead == 0xC2 { return second == 0xA0 || second == 0xAB || second == 0xBB ? 2 : 0 }
        guard place + 2 < count, base[place + 2] & 0xC0 == 0x80 else { return 0 }
        switch lead {
        case 0xE2, 0xE3: return second == 0x80 ? 3 : 0
        case 0xEF: return second == 0xBC && (base[place + 2] < 0x90 || 0x9A..<0xA0 ~= base[place + 2]) ? 3 : 0
        default: return 0
        }
    }
}
