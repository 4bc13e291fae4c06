internal import Features
internal import Records
internal import Statistics

/// Sentences that agents say word for word about issues of all kinds, and that therefore tell the solution of none.
///
/// The mean cosine between the places of the cases in which a sentence is said is compared with that between any two cases: one that is said about anything joins cases that are
/// no more alike than others. The remedy of several issues is said in cases that are more alike than any, though less than those of one issue: where a case tells nothing else, only what
/// is beyond doubt counts as a stock phrase.
///
/// Which cases agents write messages or notes in is not drawn among all: a sentence of theirs is held against the cases in which they write such. Where these are far more alike than any two, as where only
/// one issue is answered so, they tell nothing of what is said about anything.
struct StockPhrases: Sendable {
    /// The fewest cases in which a sentence is said, for it to be a stock phrase.
    private static let fewestCases = 4
    /// The share of the way from the mean cosine of any two cases to 1 that the cases of a sentence about one issue have gone.
    private static let leastLikeness: Float = 0.05
    /// How many times more alike than any two cases those of a sentence may be that is said about anything: agents have issues that they see more often.
    private static let agentShare: Float = 1.25
    /// How many times more alike, and by which share of the way to 1, the cases with messages may be than any two, to be what sentences in messages are held against; the same for notes.
    private static let kindShare: Float = 1.5
    private static let kindLikeness: Float = 0.25
    /// What chance adds to the mean cosine of so many cases: twice its standard error is this number by the number of cases, where the cosines of pairs deviate by .18.
    private static let chance: Float = 0.5
    /// The share of the sentences of all notes from which on stock phrases are the remedy of a desk with one issue.
    private static let oneIssueShare = 0.9

    private struct Use {
        var cases: Float = 0
        var sum: [Float]
        /// Whether it is said in notes, 0, and in messages, 1.
        var kinds: Set<Int> = []

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

    /// Sentences about issues of all kinds.
    private(set) var likely: Set<String> = []
    /// Those of them that are that beyond doubt, in messages and in resolution notes.
    private(set) var certain: Set<String> = []
    private(set) var certainInNotes: Set<String> = []
    /// Sentences about one issue, of which chance alone is no explanation.
    private(set) var ofOneIssue: Set<String> = []

    /// Counts what agents say.
    ///
    /// - Parameters:
    ///   - cases: The cases.
    ///   - words: What was said in them.
    ///   - index: What the customers said, under the same numbers.
    init(_ cases: [SupportCase], _ words: [CaseWords], _ index: CaseIndex) {
        let said = concurrently(each: cases.count, by: 512) { number in
            let messages = zip(cases[number].messages, words[number].messages)
            let ofAgents = messages.filter { $0.0.side == .agent }.flatMap(\.1)
            return [words[number].resolution.map(\.string), ofAgents.map(\.string)]
        }
        // Each sentence has a number from here on, as most are said again and again.
        var numbers: [String: Int] = [:]
        let kinds = said.map { lists in
            lists.map { list in
                list.map { sentence in
                    if let known = numbers[sentence] { return known }
                    numbers[sentence] = numbers.count
                    return numbers.count - 1
                }
            }
        }
        let distinct = kinds.map { Set($0.joined()) }
        var counts = [Int](repeating: 0, count: numbers.count)
        for sentence in distinct.joined() { counts[sentence] += 1 }
        // Drawn from few directions: what all cases of a desk have in common says nothing of two of them.
        let places = index.places(dimensions: 64)
        let none = Use(sum: [Float](repeating: 0, count: places.dimensions))
        var all = none
        var ofKind = [none, none]
        var uses: [Int: Use] = [:]
        for (number, lists) in kinds.enumerated() {
            all.add(places[number])
            for sentence in distinct[number] where counts[sentence] >= Self.fewestCases {
                uses[sentence, default: none].add(places[number])
            }
            for (kind, sentences) in lists.enumerated() where !sentences.isEmpty {
                ofKind[kind].add(places[number])
                for sentence in sentences { uses[sentence]?.kinds.insert(kind) }
            }
        }
        let usual = all.meanCosine
        let most = min(Self.kindShare * usual, usual + Self.kindLikeness * (1 - usual))
        let usualOfKind = ofKind.map { max(usual, min($0.meanCosine, most)) }
        var isLikely = [Bool](repeating: false, count: numbers.count)
        for (sentence, number) in numbers {
            guard let use = uses[number] else { continue }
            let likeness = use.meanCosine
            let chance = Self.chance / use.cases
            let own = use.kinds.map { usualOfKind[$0] }.max() ?? usual
            let least = own + Self.leastLikeness * (1 - own)
            isLikely[number] = likeness < least
            if isLikely[number] { likely.insert(sentence) }
            if likeness < min(least, max(Self.agentShare * usual, usual + chance)) { certain.insert(sentence) }
            if likeness >= least + chance { ofOneIssue.insert(sentence) }
        }
        let notes = kinds.flatMap { $0[0] }
        let stock = notes.count { isLikely[$0] }
        certainInNotes = Double(stock) >= Self.oneIssueShare * Double(notes.count) ? [] : certain
    }
}
