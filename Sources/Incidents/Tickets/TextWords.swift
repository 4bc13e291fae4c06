internal import Features
internal import Records

/// The words of texts as people and programs write them, in one form: `PaymentTimeouts`, `payment_timeout` and "payment timeout" share theirs.
enum TextWords {
    private static let least = 3
    private static let most = 24

    /// The words of a redacted text; tokens say nothing.
    static func words(of text: RedactedText) -> Set<String> {
        var found: Set<String> = []
        text.forEachPiece { if case .words(let bytes) = $0 { collect(bytes, &found) } }
        return found
    }

    /// The words of a name or a template.
    static func words(of text: String) -> Set<String> {
        var found: Set<String> = []
        var text = text
        text.withUTF8 { collect(UnsafeRawBufferPointer($0), &found) }
        return found
    }

    private static func collect(_ bytes: UnsafeRawBufferPointer, _ found: inout Set<String>) {
        var word: [UInt8] = []
        var isLower = false
        func end() {
            // The plural of a noun and the third person of a verb are the same word here.
            if word.count > 4, word.last == UInt8(ascii: "s") { word.removeLast() }
            if (least...most).contains(word.count) { found.insert(String(decoding: word, as: UTF8.self)) }
            word.removeAll(keepingCapacity: true)
        }
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"):
                word.append(byte)
                isLower = true
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                if isLower { end() }
                word.append(byte | 0x20)
                isLower = false
            case 0x80...:
                let character = WordCharacter(at: place - 1, in: bytes)
                place += character.width - 1
                switch character.kind {
                case .hidden: break
                case .sign:
                    end()
                    isLower = false
                case .letter, .unspaced:
                    if character.isCapital, isLower { end() }
                    word.append(contentsOf: UTF8.encode(character.small) ?? UTF8.encodedReplacementCharacter)
                    isLower = !character.isCapital
                }
            default:
                end()
                isLower = false
            }
        }
        end()
    }
}
