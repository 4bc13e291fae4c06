internal import Features
internal import Glibc
internal import Records

/// How much more often the terms of a question, and the pairs of terms that follow each other in it, are said about one answer than about all others.
///
/// For an answer the sum over what the question holds of `ln((a + .1) / (n + .2)) - ln((b + .1) / (m - n + .2))`, of a cases of n about the answer and b others of m in all, by
/// the root of the number of summands: the log odds of naive Bayes, which grow with the length of a question.
///
/// What of a question an answer covers is the share that phrases held by its cases have in the sum over all of `1 + ln((1 + m) / (1 + k))`, where k of the m cases hold a phrase: a question
/// about something else has rare phrases that nobody said of the answer, however much the rest is alike.
struct PhraseOdds: Sendable {
    /// The parts that answers fall into, each of which can be left out.
    static let parts = 4

    /// What phrases say of some answers.
    struct Reading: Sendable {
        /// The log odds of each.
        var odds: [Double]
        /// The share of the question that each covers.
        var coverage: [Double]
    }

    private struct Holders: Sendable {
        var all: Int32 = 0
        var ofPart = SIMD4<Int32>()
        var ofAnswer: [Int32: Int32] = [:]
    }

    private var numbers = HashedTable<Int32>(none: -1)
    private var holders: [Holders] = []
    private var sizes: [Int]
    private var count = 0
    private var countOfPart = SIMD4<Int32>()

    /// Counts the phrases of cases that have an answer.
    init(_ phrases: [[UInt64]], answerOfCase: [Int?], answers: Int) {
        sizes = [Int](repeating: 0, count: answers)
        for (own, answer) in zip(phrases, answerOfCase) {
            guard let answer else { continue }
            sizes[answer] += 1
            count += 1
            countOfPart[answer % Self.parts] += 1
            for phrase in own {
                var number: Int32 = 0
                numbers.update(phrase) {
                    if $0 < 0 { $0 = Int32(truncatingIfNeeded: holders.count) }
                    number = $0
                }
                if Int(number) == holders.count { holders.append(Holders()) }
                holders[Int(number)].all += 1
                holders[Int(number)].ofPart[answer % Self.parts] += 1
                holders[Int(number)].ofAnswer[Int32(truncatingIfNeeded: answer), default: 0] += 1
            }
        }
    }

    /// Reads a question.
    ///
    /// - Parameters:
    ///   - phrases: The phrases of the question.
    ///   - answers: The answers.
    ///   - own: The answer of the question itself where it is one of the cases, which is then left out.
    ///   - gone: A part whose answers are looked at as if nobody had asked what they answer.
    func reading(
        of phrases: [UInt64], for answers: [Int], leavingOut own: Int? = nil, withoutPart gone: Int? = nil
    ) -> Reading {
        /// Of counted cases those that are left.
        func left(_ all: Int32, _ ofPart: SIMD4<Int32>) -> Double {
            let own = own.map { $0 % Self.parts }
            let known = gone.map { Double(ofPart[$0]) - (own == $0 ? 1 : 0) } ?? 0
            return Double(all) - (own == nil ? 0 : 1) - known
        }
        let cases = left(Int32(truncatingIfNeeded: count), countOfPart)
        var sums = [Double](repeating: 0, count: answers.count)
        var covered = sums
        var said = 0.0
        for phrase in phrases {
            let held = numbers[phrase].map { holders[Int($0)] } ?? Holders()
            let all = held.all == 0 ? 0 : left(held.all, held.ofPart)
            let rarity = 1 + log((1 + cases) / (1 + all))
            said += rarity
            for (place, answer) in answers.enumerated() {
                let isOwn = own == answer ? 1.0 : 0
                let inside = held.all == 0 ? 0 : Double(held.ofAnswer[Int32(truncatingIfNeeded: answer)] ?? 0) - isOwn
                let size = Double(sizes[answer]) - isOwn
                sums[place] +=
                    log((inside + 0.1) / (size + 0.2)) - log((all - inside + 0.1) / (cases - size + 0.2))
                if inside > 0 { covered[place] += rarity }
            }
        }
        let length = Double(max(1, phrases.count)).squareRoot()
        return Reading(odds: sums.map { $0 / length }, coverage: covered.map { said > 0 ? $0 / said : 0 })
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
