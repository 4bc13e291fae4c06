import Features
@_spi(Stored) import Records
import Testing

/// A message as it is read, and the laws that every reading keeps.
struct ReadMessage {
    let said: [String]
    let pasted: [String]
    let courtesies: [String]

    init(_ message: String, isOpening: Bool = false, sourceLocation: SourceLocation = #_sourceLocation) {
        let words = MessageWords(RedactedText(stored: message), isOpening: isOpening)
        let bytes = Array(words.text.string.utf8)
        var string: (Range<Int>) -> String? { { String(validating: bytes[$0], as: UTF8.self) } }
        said = words.sentences.compactMap(string)
        pasted = words.pasted.compactMap(string)
        courtesies = words.courtesies.compactMap(string)
        #expect(said.count == words.sentences.count && pasted.count == words.pasted.count, "characters are whole")
        #expect(courtesies.count == words.courtesies.count, "characters are whole")
        let read = (words.sentences + words.pasted).sorted { $0.lowerBound < $1.lowerBound }
        let all = (read + words.courtesies).sorted { $0.lowerBound < $1.lowerBound }
        for ranges in [words.sentences, words.pasted, read, all] {
            #expect(ranges.allSatisfy { !$0.isEmpty && $0.upperBound <= bytes.count }, sourceLocation: sourceLocation)
            #expect(
                zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound },
                "in order and disjoint", sourceLocation: sourceLocation)
        }
        #expect(read.reduce(0) { $0 + $1.count } <= 140_000, "bounded", sourceLocation: sourceLocation)
    }
}
