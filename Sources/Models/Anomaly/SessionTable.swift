internal import Features
internal import Records
internal import Statistics

/// Sessions by what is different about them: distinct sequences of signatures, and distinct vectors of their counts.
struct SessionTable {
    /// A sequence, the number of its vector of counts, and the sessions that have it.
    struct Entry {
        var sequence: [Int32]
        var kind: Int
        var count: Int
    }

    /// The distinct sequences in the order in which each first occurs.
    let sequences: [Entry]
    /// The distinct vectors in the order in which each first occurs.
    let vectors: [CountVector]
    /// The sessions of each vector.
    let counts: [Int]
    /// The sessions in the table.
    let sessions: Int

    /// How surely the counts of a session tell the order of its lines: the probability that two sessions with the same counts
    /// have the same sequence, weighted by the sessions; 0 where no two have the same counts. Sessions of one signature have
    /// no order.
    var orderAgreement: Double {
        var alike = [Double](repeating: 0, count: vectors.count)
        for entry in sequences { alike[entry.kind] += Double(entry.count) * Double(entry.count - 1) }
        let repeated = counts.indices.filter { counts[$0] > 1 && vectors[$0].columns.count > 1 }
        let weight = repeated.reduce(0) { $0 + counts[$1] }
        guard weight > 0 else { return 0 }
        return repeated.reduce(0) { $0 + alike[$1] / Double(counts[$1] - 1) } / Double(weight)
    }

    /// Makes the table.
    ///
    /// - Parameters:
    ///   - all: The sessions.
    ///   - vocabulary: The numbers of their signatures.
    ///   - largestKinds: The largest number of vectors. Where there are more, sessions are left out at random until there are not.
    ///   - seed: The seed of that choice.
    init(_ all: [LogSession], vocabulary: SignatureVocabulary, largestKinds: Int, seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var chosen = Array(all.indices)
        while true {
            var places: [[Int32]: Int] = [:]
            var kinds: [CountVector: Int] = [:]
            var sequences: [Entry] = []
            var vectors: [CountVector] = []
            var counts: [Int] = []
            for index in chosen {
                let sequence = vocabulary.encode(all[index].signatures)
                if let place = places[sequence] {
                    sequences[place].count += 1
                    counts[sequences[place].kind] += 1
                    continue
                }
                let vector = CountVector(of: sequence)
                let kind = kinds[vector] ?? vectors.count
                if kind == vectors.count {
                    if vectors.count == largestKinds { break }
                    kinds[vector] = kind
                    vectors.append(vector)
                    counts.append(0)
                }
                counts[kind] += 1
                places[sequence] = sequences.count
                sequences.append(Entry(sequence: sequence, kind: kind, count: 1))
            }
            let taken = counts.reduce(0, +)
            if taken == chosen.count {
                self.sequences = sequences
                self.vectors = vectors
                self.counts = counts
                sessions = taken
                return
            }
            // What did not fit was late, not rare: a random part of all that does fit is no such choice.
            chosen.shuffle(using: &generator)
            chosen = chosen.prefix(min(taken, chosen.count * 9 / 10)).sorted()
        }
    }
}
