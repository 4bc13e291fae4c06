/// The names of somebody who is to be forgotten, and how texts lose them.
///
/// A name is found whatever the case of its ASCII letters, where neither a letter nor a digit touches it. Names of fewer than
/// ``leastBytes`` bytes stand for too many other things and are left alone.
public struct ErasedWords: Sendable {
    /// The bytes that a name must have.
    public static let leastBytes = 4

    /// The names that were too short to be looked for.
    public let tooShort: Int
    /// The names in lower case, by their first four bytes.
    private let words: [UInt32: [[UInt8]]]

    private static let mark = Array("<erased>".utf8)

    /// Takes names and, with a redactor, the tokens that stand for them in redacted texts.
    public init(_ names: [RawText], redactor: Redactor?) {
        var words: [UInt32: Set<[UInt8]>] = [:]
        var short: Set<[UInt8]> = []
        for name in names + names.compactMap({ redactor?.redact($0) }).map({ RawText($0.string) }) {
            var bytes = name.bytes.map(Self.lowered)[...]
            while let first = bytes.first, !Self.isWord(first) { bytes.removeFirst() }
            while let last = bytes.last, !Self.isWord(last) { bytes.removeLast() }
            if bytes.count >= Self.leastBytes {
                words[Self.key(Array(bytes), at: 0), default: []].insert(Array(bytes))
            } else if !bytes.isEmpty {
                short.insert(Array(bytes))
            }
        }
        self.words = words.mapValues { $0.sorted { $0.count > $1.count } }
        tooShort = short.count
    }

    private init(_ words: [UInt32: [[UInt8]]], tooShort: Int) {
        self.words = words
        self.tooShort = tooShort
    }

    /// Without some names, as ``found(in:)`` gives them.
    public func without(_ names: Set<RawText>) -> ErasedWords {
        ErasedWords(words.mapValues { $0.filter { !names.contains(RawText(bytes: $0)) } }, tooShort: tooShort)
    }

    /// The names of letters alone that stand in a text, in lower case: they may be words of the language too.
    public func found(in text: RedactedText) -> Set<RawText> {
        var found: Set<RawText> = []
        forEachName(in: text) { bytes, range in
            let name = bytes[range]
            if name.allSatisfy({ Self.isWord($0) && !(48...57 ~= $0) }) {
                found.insert(RawText(bytes: name.map(Self.lowered)))
            }
        }
        return found
    }

    /// The text with `<erased>` in place of each name; nil when there is none in it.
    ///
    /// - Complexity: O(bytes) as long as few names begin alike.
    public func erased(from text: RedactedText) -> RedactedText? {
        var output: [UInt8] = []
        var written = 0
        forEachName(in: text) { bytes, range in
            output += bytes[written..<range.lowerBound]
            output += Self.mark
            written = range.upperBound
        }
        guard written > 0 else { return nil }
        return RedactedText(redacted: String(decoding: output + Array(text.string.utf8)[written...], as: UTF8.self))
    }

    private func forEachName(in text: RedactedText, _ body: (UnsafeBufferPointer<UInt8>, Range<Int>) -> Void) {
        guard !words.isEmpty else { return }
        var string = text.string
        string.withUTF8 { bytes in
            var place = 0
            while place + Self.leastBytes <= bytes.count {
                guard Self.isWord(bytes[place]), place == 0 || !Self.isWord(bytes[place - 1]),
                    let length = length(at: place, bytes)
                else {
                    place += 1
                    continue
                }
                body(bytes, place..<place + length)
                place += length
            }
        }
    }

    /// The length of the longest name at a place.
    private func length(at place: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        words[Self.key(bytes, at: place)]?.first { word in
            let end = place + word.count
            guard end <= bytes.count, end == bytes.count || !Self.isWord(bytes[end]) else { return false }
            return word.indices.allSatisfy { Self.lowered(bytes[place + $0]) == word[$0] }
        }?.count
    }

    private static func key(_ bytes: some RandomAccessCollection<UInt8>, at place: Int) -> UInt32 {
        let start = bytes.index(bytes.startIndex, offsetBy: place)
        return bytes[start...].prefix(leastBytes).reduce(0) { $0 << 8 | UInt32(lowered($1)) }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 { 65...90 ~= byte ? byte | 0x20 : byte }

    private static func isWord(_ byte: UInt8) -> Bool {
        48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte || byte >= 0x80
    }
}
