internal import Features
internal import Records
internal import Statistics

/// Sentences that agents say word for word about issues of all kinds, and that therefore tell the solution of none.
///
/// The mean cosine between the places of the cases in which a sentence is said is compared with that between any two cases: one that is said about anything joins cases that are
/// no more alike than others.
struct StockPhrases: Sendable {
    /// The fewest cases in which a sentence is said, for it to be a stock phrase.
    private static let fewestCases = 4
    /// The share of the way from the mean cosine of any two cases to 1 that the cases of a sentence about one issue have gone.
    private static let leastLikeness: Float = 0.05

    private struct Use {
        var cases: Float = 0
        var sum: [Float]

        /// The mean cosine between two different cases.
        var meanCosine: Float {
            let square = sum.reduce(0) { $0 + $1 * $1 }
            return cases > 1 ? (square - cases) / (cases * (cases - 1)) : 1
        }

        mutating func add(_ place: ArraySlice<Float>) {
            cases += 1
            for (index, value) in zip(sum.indices, place) { sum[index] += value }
        }
    }

    private var phrases: Set<String> = []

    /// Counts what agents say.
    ///
    /// - Parameters:
    ///   - cases: The cases.
    ///   - words: What was said in them.
    ///   - index: What the customers said, under the same numbers.
    init(_ cases: [SupportCase], _ words: [CaseWords], _ index: CaseIndex) {
        let said = concurrently(cases.count, by: 512) { range in
            range.map { number in
                let messages = zip(cases[number].messages, words[number].messages)
                let agents = messages.filter { $0.0.side == .agent }.flatMap(\.1)
                return Set((words[number].resolution + agents).map(\.string))
            }
        }.flatMap(\.self)
        var counts: [String: Int] = [:]
        for sentences in said {
            for sentence in sentences { counts[sentence, default: 0] += 1 }
        }
        // Drawn from few directions: what all cases of a desk have in common says nothing of two of them.
        let places = index.places(dimensions: 64)
        let none = Use(sum: [Float](repeating: 0, count: places.dimensions))
        var all = none
        var uses: [String: Use] = [:]
        for (number, sentences) in said.enumerated() {
            all.add(places[number])
            for sentence in sentences where counts[sentence] ?? 0 >= Self.fewestCases {
                uses[sentence, default: none].add(places[number])
            }
        }
        let usual = all.meanCosine
        let least = usual + Self.leastLikeness * (1 - usual)
        phrases = Set(uses.filter { $0.value.meanCosine < least }.keys)
    }

    func contains(_ sentence: RedactedText) -> Bool { phrases.contains(sentence.string) }
}
