internal import Features
internal import Records

/// Words of scripts that put no blanks between them, as a reader would cut them: two characters of one script with those before and after them that nearly always stand there.
///
/// A word of Japanese rarely goes on in another script, and what stands in hiragana alone mostly is an ending, so that such pairs are no words.
struct UnspacedWords {
    /// The share of the texts with a part of a word in which the rest stands beside it.
    private static let leastShare = 0.8
    /// The longest word in characters.
    private static let longest = 12

    private typealias Run = ArraySlice<Unicode.Scalar>

    private enum Script {
        case han, katakana, other

        /// nil for a character that no word is made of.
        init?(_ scalar: Unicode.Scalar) {
            switch scalar.value {
            case 0x3040...0x309F: return nil
            case 0x30A0...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: self = .katakana
            case 0x3005...0x3007, 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: self = .han
            default: self = .other
            }
        }
    }

    /// The runs of one script in each text.
    private let runs: [[Run]]

    /// Reads texts.
    init(_ texts: [[RedactedText]]) {
        runs = texts.map { texts in texts.flatMap(Self.runs) }
    }

    /// Whether a term is a piece of a text without blanks.
    static func isPiece(_ term: String) -> Bool {
        !term.isEmpty && Array(term.utf8).withUnsafeBytes { WordCharacter(at: 0, in: $0).kind == .unspaced }
    }

    /// The pieces of a word, by default those by which texts are compared; a word of another script is one.
    static func pieces(of word: String, characters: Int = 2) -> [String] {
        guard isPiece(word) else { return [word] }
        var pieces: [String] = []
        Array(word.utf8).withUnsafeBytes { bytes in
            WordCharacter.forEachRow(of: characters, in: bytes) { pieces.append(String(decoding: $0, as: UTF8.self)) }
        }
        return pieces
    }

    private static func runs(of text: RedactedText) -> [Run] {
        var runs: [Run] = []
        var run: [Unicode.Scalar] = []
        var script: Script?
        func end() {
            if run.count > 1 { runs.append(run[...]) }
            run.removeAll()
        }
        var string = text.string
        string.withUTF8 { bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            var place = 0
            while place < bytes.count {
                let character = WordCharacter(at: place, in: bytes)
                place += character.width
                if character.kind == .hidden { continue }
                let next = character.kind == .unspaced ? Script(character.small) : nil
                if next != script { end() }
                script = next
                if next != nil { run.append(character.small) }
            }
        }
        end()
        return runs
    }

    /// The longest word around a piece; nil where the piece is within none.
    ///
    /// - Parameters:
    ///   - piece: Two characters.
    ///   - isAllowed: Whether a word may be given.
    func word(around piece: String, where isAllowed: (String) -> Bool) -> String? {
        var word = Array(piece.unicodeScalars)
        guard word.count > 1 else { return nil }
        let near = runs.map { $0.filter { !Self.places(of: word, in: $0).isEmpty } }.filter { !$0.isEmpty }
        guard !near.isEmpty, isAllowed(piece) else { return nil }
        while word.count < Self.longest {
            var holders = 0
            var longer: [[Unicode.Scalar]: Int] = [:]
            for runs in near {
                var own: Set<[Unicode.Scalar]> = []
                var isHolder = false
                for run in runs {
                    for place in Self.places(of: word, in: run) {
                        isHolder = true
                        if place > run.startIndex { own.insert([run[place - 1]] + word) }
                        if place + word.count < run.endIndex { own.insert(word + [run[place + word.count]]) }
                    }
                }
                if isHolder { holders += 1 }
                for word in own { longer[word, default: 0] += 1 }
            }
            let best = longer.filter {
                Double($0.value) >= Self.leastShare * Double(holders) && isAllowed(Self.text($0.key))
            }
            .max { ($0.value, Self.text($1.key)) < ($1.value, Self.text($0.key)) }
            guard let best else { break }
            word = best.key
        }
        return Self.text(word)
    }

    private static func text(_ word: [Unicode.Scalar]) -> String {
        String(String.UnicodeScalarView(word))
    }

    private static func places(of word: [Unicode.Scalar], in run: Run) -> [Int] {
        guard run.count >= word.count else { return [] }
        return (run.startIndex...(run.endIndex - word.count)).filter { run[$0..<($0 + word.count)].elementsEqual(word) }
    }
}
