internal import Records

/// What was found of texts that repeat each other word for word but for the words with digits, as the messages of a program do.
///
/// The form of a text is the text with a mark in the place of each word with digits. What can be told of its other words is told once: texts of one form
/// share their words, and so the places where these stand, and in most of them there is nothing to do for a word at all.
///
/// A form is known again by its hash, and worked out when it comes the second time.
struct TextForms: Sendable {
    /// A word of a form.
    struct Step: BitwiseCopyable, Sendable {
        /// Where it stands unless the word before it is a name; see ``RecordScan/Place``.
        var coarse: UInt64 = 0
        var fine: UInt64 = 0
        /// What follows it; see ``RecordWord/context``.
        var after: UInt64 = 0
        /// The hash of a word without digits.
        var hash: UInt64 = 0
        var byteBefore: UInt8 = 0
        var byteAfter: UInt8 = 0
        /// See ``PlaceEvidence/Kind/code``.
        var code: UInt8 = 0
        /// Whether it has digits, and so is another word in each text.
        var hasDigits = false
        /// Whether there is nothing to do but to take note of it where its place is watched.
        var isPassive = false
        /// Whether one of its places was watched when that was asked last.
        var isWatched = false
        /// Whether a word without digits stands before names of accounts.
        var tells = false
        /// The index of the word where it is neither passive nor has digits.
        var word: Int32 = -1
    }

    /// The steps of a form.
    struct Form: Sendable {
        var steps: Range<Int32>
        /// The number of words with digits; -1 for a form that is not known.
        var wordsWithDigits: Int32
        /// The number of watched places when ``Step/isWatched`` was asked.
        var watchedPlaces: Int
    }

    /// Texts of more bytes, or of more words, are looked at word by word.
    static let longest = 512
    static let mostWords = 64
    /// The forms and steps that are kept; when there is no room for another one, all are dropped.
    private static let most = (forms: 4_096, steps: 65_536)
    /// The forms that came once and are remembered, a power of two.
    private static let mostSeen = 4_096

    var forms: [Form] = []
    var steps: [Step] = []
    /// Where steps are neither passive nor of words with digits, their words; these begin at the end of the last word with digits, or of nothing.
    private(set) var words: [RecordWord] = []
    private var numbers = HashNumbers()
    private var seen = [UInt64](repeating: 0, count: mostSeen)

    /// The number of a form; nil when it is not known.
    @inline(__always)
    func number(of form: UInt64) -> Int? { numbers[form].map { Int($0) } }

    /// Whether a form that is not known came before, as far as that is remembered; it has come now.
    mutating func comesAgain(_ form: UInt64) -> Bool {
        let slot = Int(truncatingIfNeeded: form) & (Self.mostSeen - 1)
        defer { seen[slot] = form }
        return seen[slot] == form
    }

    /// Begins a form; of one that is not known texts are looked at word by word.
    mutating func begin(_ form: UInt64, isKnown: Bool) {
        if forms.count >= Self.most.forms || steps.count + Self.mostWords > Self.most.steps {
            forms.removeAll(keepingCapacity: true)
            steps.removeAll(keepingCapacity: true)
            words.removeAll(keepingCapacity: true)
            numbers = HashNumbers()
        }
        let first = Int32(truncatingIfNeeded: steps.count)
        forms.append(Form(steps: first..<first, wordsWithDigits: isKnown ? 0 : -1, watchedPlaces: -1))
        _ = numbers.add(form)
    }

    /// Adds a word to the form that was begun last; `word` is given where it has no digits and something is to be done.
    mutating func append(_ step: Step, word: RecordWord?) {
        var step = step
        if let word {
            step.word = Int32(truncatingIfNeeded: words.count)
            words.append(word)
        }
        steps.append(step)
        let last = forms.count - 1
        forms[last].steps = forms[last].steps.lowerBound..<Int32(truncatingIfNeeded: steps.count)
        if step.hasDigits { forms[last].wordsWithDigits += 1 }
    }

    // MARK: - Forms of texts

    /// The form of a text, and where its words with digits stand, each up to the byte that ends a word; nil for a text that has none.
    ///
    /// What `key` and `isTold` are belongs to the form.
    @inline(__always)
    static func form(
        of text: Range<Int>, _ bytes: UnsafeRawBufferPointer, _ classes: UnsafeBufferPointer<UInt8>, key: UInt64,
        isTold: Bool, words: inout [Range<Int>]
    ) -> UInt64? {
        guard text.count <= longest else { return nil }
        words.removeAll(keepingCapacity: true)
        var hash = ByteHash.mix(key ^ 0xA076_1D64_78BD_642F, isTold ? 0xE703_7ED1_A0B4_28DB : 0x8EBC_6AF0_9C88_C6E3)
        // Up to where the text is in the hash, and up to where its words are known.
        var hashed = text.lowerBound
        var passed = text.lowerBound
        var place = text.lowerBound
        while place < text.upperBound {
            var digits = digits(bytes, at: place, end: text.upperBound)
            while digits != 0 {
                let digit = place &+ digits.trailingZeroBitCount >> 3
                digits &= digits &- 1
                if digit < passed { continue }
                var start = digit
                while start > passed, classes[Int(bytes[start &- 1])] != 0 { start &-= 1 }
                while classes[Int(bytes[start])] == 1, bytes[start] != 0x5F { start &+= 1 }
                // Zeros at the beginning of a name are left out of it.
                if bytes[digit] == 0x30, !bytes[start..<digit].contains(where: { classes[Int($0)] > 1 && $0 != 0x30 }) {
                    continue
                }
                var end = digit &+ 1
                var last = end
                while end < text.upperBound, classes[Int(bytes[end])] != 0 {
                    if classes[Int(bytes[end])] > 1 { last = end &+ 1 }
                    end &+= 1
                }
                guard words.count < mostWords else { return nil }
                words.append(start..<end)
                hash = ByteHash.mix(
                    hash ^ ByteHash.of(bytes, at: hashed, count: start &- hashed), 0x5897_89E6_C6B1_AE00)
                hashed = last
                passed = end
            }
            place &+= 8
        }
        hash = ByteHash.mix(
            hash ^ ByteHash.of(bytes, at: hashed, count: text.upperBound &- hashed), 0x9E37_79B9_7F4A_7C15)
        return hash == 0 ? 1 : hash
    }

    /// The highest bit of each of eight bytes that is a digit before the end of the text.
    @inline(__always)
    private static func digits(_ bytes: UnsafeRawBufferPointer, at place: Int, end: Int) -> UInt64 {
        var eight: UInt64 = 0
        if place &+ 8 <= bytes.count {
            eight = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            if place &+ 8 > end { eight &= 1 << UInt64(truncatingIfNeeded: 8 &* (end &- place)) &- 1 }
        } else {
            for index in place..<end {
                eight |= UInt64(bytes[index]) << UInt64(truncatingIfNeeded: 8 &* (index &- place))
            }
        }
        let distance = eight ^ 0x3030_3030_3030_3030
        return ~(((distance & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7676_7676_7676_7676) | distance) & 0x8080_8080_8080_8080
    }
}
