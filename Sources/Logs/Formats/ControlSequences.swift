/// The sequences that colour what a terminal shows: ESC, `[`, parameters and a last letter.
///
/// Source: ECMA-48, 5th edition (1991), section 5.4.
enum ControlSequences {
    static let escape: Int32 = 0x1B

    /// A text without them.
    static func removed(from text: UnsafeRawBufferPointer) -> [UInt8] {
        var kept: [UInt8] = []
        kept.reserveCapacity(text.count)
        var place = 0
        while place < text.count {
            if let end = end(text, at: place) {
                place = end
            } else {
                kept.append(text[place])
                place += 1
            }
        }
        return kept
    }

    /// Where a sequence ends that begins at a place; nil where none does.
    private static func end(_ text: UnsafeRawBufferPointer, at start: Int) -> Int? {
        guard text[start] == UInt8(escape), start + 1 < text.count, text[start + 1] == UInt8(ascii: "[") else {
            return nil
        }
        var place = start + 2
        while place < text.count, (0x20...0x3F).contains(text[place]) { place += 1 }
        guard place < text.count, (0x40...0x7E).contains(text[place]) else { return nil }
        return place + 1
    }
}
