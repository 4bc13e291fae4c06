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

    /// How surely the counts of a session tell the order of its lines.
    ///
    /// The probability that another session with the same counts has the same sequence, over all sessions of two signatures
    /// or more. Sessions whose counts no other has tell nothing, and count as 0.
    var orderAgreement: Double {
        var alike = [Double](repeating: 0, count: vectors.count)
        for entry in sequences { alike[entry.kind] += Double(entry.count) * Double(entry.count - 1) }
        var (agreement, weight) = (0.0, 0)
        for kind in vectors.indices where vectors[kind].columns.count > 1 {
            weight += counts[kind]
            if counts[kind] > 1 { agreement += alike[kind] / Double(counts[kind] - 1) }
        }
        return weight > 0 ? agreement / Double(weight) : 0
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
