import Features
import Records
import Testing

@testable import Models

struct SessionTableTests {
    func table(_ sessions: [[String]], largestKinds: Int = 100) -> SessionTable {
        SessionTable(
            sessions.map { LogSession(id: "", signatures: $0) }, vocabulary: SignatureVocabulary(of: sessions),
            largestKinds: largestKinds, seed: 1)
    }

    @Test func `sequences and their counts are kept once`() {
        let table = table([["a", "b"], ["b", "a"], ["a", "b"], ["a"]])
        #expect(table.sessions == 4)
        #expect(table.sequences.map(\.count) == [2, 1, 1])
        #expect(table.sequences.map(\.kind) == [0, 0, 1])
        #expect(table.counts == [3, 1])
    }

    @Test func `where all differ a part is learned from`() {
        let table = table((0..<500).map { ["s\($0)"] }, largestKinds: 60)
        #expect(table.vectors.count <= 60)
        #expect(table.sessions == table.counts.reduce(0, +))
        #expect(table.sessions == 60)
    }

    @Test func `what is common stays common in the part`() {
        let sessions = (0..<2_000).map { $0 % 2 == 0 ? ["common"] : ["s\($0)"] }
        let table = table(sessions, largestKinds: 101)
        #expect(table.vectors.count <= 101)
        let share = Double(table.counts.max() ?? 0) / Double(table.sessions)
        #expect(share > 0.35 && share < 0.65)
    }

    @Test(arguments: [
        ("ab ab ab", 1), ("ab ba", 0), ("ab ab ba", 1.0 / 3), ("ab ab ac bc", 0.5), ("a a", 0), ("", 0),
    ])
    func `how surely counts tell the order`(sessions: String, expected: Double) {
        let table = table(sessions.split(separator: " ").map { $0.map { String($0) } })
        #expect(abs(table.orderAgreement - expected) < 1e-12)
    }
}
