internal import Algorithms
internal import Features
internal import Models
internal import Statistics

extension ChanceLikeness {
    /// The terms of the questions that are drawn, and how many there are of each length.
    private static let lengths = [1, 2, 4, 8, 16, 32, 64]
    private static let draws = 64

    /// Asks an index questions without a meaning: words are drawn by the number of cases that say them.
    ///
    /// - Returns: nil where the cases have no words.
    init?(_ index: CaseIndex, seed: UInt64 = 1) {
        let words = index.spokenWords
        guard let sum = words.last?.upTo, sum > 0 else { return nil }
        var generator = SplitMix64(seed: seed)
        let questions = Self.lengths.flatMap { length in
            (0..<Self.draws).map { _ in
                index.question(
                    ofWords: (0..<length).map { _ in
                        let drawn = Int.random(in: 0..<sum, using: &generator)
                        return words[words.partitioningIndex { $0.upTo > drawn }].word
                    })
            }
        }
        let nearest = concurrently(questions.count, by: 16) { range in
            questions[range].map { index.look(for: $0).nearest }
        }.flatMap(\.self)
        self.init(
            Self.lengths.enumerated().map { place, length in
                let own = nearest[place * Self.draws..<(place + 1) * Self.draws]
                let mean = own.reduce(0, +) / Double(own.count)
                let squares = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
                return Length(terms: length, mean: mean, deviation: (squares / Double(own.count - 1)).squareRoot())
            })
    }
}
