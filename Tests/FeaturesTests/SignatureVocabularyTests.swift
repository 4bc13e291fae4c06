import Features
import FoundationEssentials
import Testing

struct SignatureVocabularyTests {
    let vocabulary = SignatureVocabulary(of: [["b", "a", "a"], ["b"], ["c", "b"]])

    @Test func `what most sessions have comes first`() {
        #expect(vocabulary.signatures == ["b", "a", "c"])
        #expect(vocabulary.encode(["a", "new", "b"]) == [1, vocabulary.unseen, 0])
        #expect(vocabulary.unseen == 3)
    }

    @Test func `what is left out is counted`() {
        let many = SignatureVocabulary(of: (0..<5_000).map { ["common", "s\($0)"] })
        #expect(many.signatures.count == SignatureVocabulary.largestSize)
        #expect(many.signatures.first == "common")
        #expect(many.leftOut == 5_001 - SignatureVocabulary.largestSize)
    }

    @Test func `it is written and read`() throws {
        let data = try JSONEncoder().encode(vocabulary)
        #expect(try JSONDecoder().decode(SignatureVocabulary.self, from: data) == vocabulary)
    }
}
