internal import Features
internal import Glibc
internal import Records

/// How much more often the terms of a question, and the pairs of terms that follow each other in it, are said about one answer than about all others.
///
/// For an answer the sum over what the question holds of `ln((a + .1) / (n + .2)) - ln((b + .1) / (m - n + .2))`, of a cases of n about the answer and b others of m in all, by
/// the root of the number of summands: the log odds of naive Bayes, which grow with the length of a question.
struct PhraseOdds: Sendable {
    private struct Holders: Sendable {
        var all: Int32 = 0
        var ofAnswer: [Int32: Int32] = [:]
    }

    private var numbers = HashedTable<Int32>(none: -1)
    private var holders: [Holders] = []
    private var sizes: [Int]
    private var count = 0

    /// Counts the phrases of cases that have an answer.
    init(_ phrases: [[UInt64]], answerOfCase: [Int?], answers: Int) {
        sizes = [Int](repeating: 0, count: answers)
        for (own, answer) in zip(phrases, answerOfCase) {
            guard let answer else { continue }
            sizes[answer] += 1
            count += 1
            for phrase in own {
                var number: Int32 = 0
                numbers.update(phrase) {
                    if $0 < 0 { $0 = Int32(truncatingIfNeeded: holders.count) }
                    number = $0
                }
                if Int(number) == holders.count { holders.append(Holders()) }
                holders[Int(number)].all += 1
                holders[Int(number)].ofAnswer[Int32(truncatingIfNeeded: answer), default: 0] += 1
            }
        }
    }

    /// The log odds of some answers.
    ///
    /// - Parameters:
    ///   - phrases: The phrases of the question.
    ///   - answers: The answers.
    ///   - own: The answer of the question itself where it is one of the cases, which is then left out.
    func odds(of phrases: [UInt64], for answers: [Int], leavingOut own: Int? = nil) -> [Double] {
        var sums = [Double](repeating: 0, count: answers.count)
        for phrase in phrases {
            let held = numbers[phrase].map { holders[Int($0)] } ?? Holders()
            for (place, answer) in answers.enumerated() {
                let isOwn = own == answer ? 1.0 : 0
                let inside = Double(held.ofAnswer[Int32(truncatingIfNeeded: answer)] ?? 0) - isOwn
                let all = Double(held.all) - (own == nil ? 0 : 1)
                let size = Double(sizes[answer]) - isOwn
                let rest = Double(count) - (own == nil ? 0 : 1) - size
                sums[place] += log((inside + 0.1) / (size + 0.2)) - log((all - inside + 0.1) / (rest + 0.2))
            }
        }
        let length = Double(max(1, phrases.count)).squareRoot()
        return sums.map { $0 / length }
    }

    /// The terms of a text and the pairs of terms that follow each other, each once, by hashes.
    static func phrases(of text: CaseText) -> [UInt64] {
        var found: Set<UInt64> = []
        for part in [text.title, text.body] {
            var before: UInt64 = 0
            part.forEachTerm { bytes in
                let term = Lexicon.stemHash(of: bytes)
                found.insert(term)
                if before != 0 { found.insert((before &* 0x9E37_79B9_7F4A_7C15) ^ term) }
                before = term
            }
        }
        return found.subtracting([0]).sorted()
    }
}
