internal import Records

/// A word of a text, with the hash of its normal form.
struct RecordWord: BitwiseCopyable, Sendable {
    /// The words of a text that are looked at.
    static let most = 256

    var start: Int32
    var end: Int32
    var name: NameHash
    var hash: UInt64
    /// Whether blanks, dashes, underscores or dots stand in it, or an at sign; which of the last two do.
    var isSplit: Bool
    var hasAt: Bool
    var hasDot: Bool

    var range: Range<Int> { Int(start)..<Int(end) }
    /// Whether it is made of digits alone.
    var isNumber: Bool { name.digits == name.count && !isSplit }

    /// What it is for the learning of places.
    var kind: PlaceEvidence.Kind {
        if isNumber { return .number(magnitude: name.magnitude) }
        return name.digits > 0 || name.count >= 12 ? .other : .word
    }

    /// What stands for it in the places of its neighbours: all words with digits are one.
    var context: UInt64 { name.digits > 0 ? 1 : hash }

    /// Appends the words of a text.
    @inline(__always)
    static func append(
        _ text: Range<Int>, of bytes: UnsafeRawBufferPointer, classes: UnsafeBufferPointer<UInt8>,
        to words: inout [RecordWord]
    ) {
        var place = text.lowerBound
        let end = text.upperBound
        while place < end, words.count < most {
            while place < end, classes[Int(bytes[place])] == 0 { place &+= 1 }
            // Dashes and dots at either end belong to the sentence.
            while place < end, classes[Int(bytes[place])] == 1, bytes[place] != 0x5F { place &+= 1 }
            let start = place
            var name = NameHash()
            var last = place
            var isSplit = false
            var hasAt = false
            var hasDot = false
            var marks = false
            while place < end {
                let byte = classes[Int(bytes[place])]
                if byte > 1 {
                    isSplit = isSplit || marks
                    name.add(normal: byte)
                    hasAt = hasAt || byte == 0x40
                    last = place &+ 1
                } else if byte == 1 {
                    marks = true
                    hasDot = hasDot || bytes[place] == 0x2E
                } else {
                    break
                }
                place &+= 1
            }
            guard last > start else { continue }
            words.append(
                RecordWord(
                    start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: last), name: name,
                    hash: name.finished, isSplit: isSplit || hasAt, hasAt: hasAt, hasDot: isSplit && hasDot))
        }
    }

    /// For each byte what stands for it in normal form, 1 where it stands within names and is left out, 0 where it ends a word.
    static let classes: [UInt8] = (UInt8.min...UInt8.max).map { byte in
        guard NameBytes.isWord(byte) else { return 0 }
        let normal = NameHash.normal(byte)
        return normal == 0 ? 1 : normal
    }
}
