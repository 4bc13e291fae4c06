/// The cases of an index, ready to be compared with each other.
struct ComparedCases: Sendable {
    /// A term of a case.
    private struct Part: BitwiseCopyable {
        var term: Int32
        /// Its share of the case's vector of unit length.
        var weight: Float
        /// What a question that says the term finds of it here.
        var held: Float
    }

    /// One case, against which others are held.
    struct Scale {
        /// For each term the case's weight, what is found of it there, and 1 where it is said.
        private var places: [SIMD4<Float>]
        private var number = 0

        init(_ cases: ComparedCases) {
            places = [SIMD4<Float>](repeating: .zero, count: cases.termCount)
        }

        /// Puts a case in the place of the last one.
        mutating func put(_ number: Int, of cases: ComparedCases) {
            for part in cases.parts[cases.range(self.number)] { places[Int(part.term)] = .zero }
            for part in cases.parts[cases.range(number)] {
                places[Int(part.term)] = SIMD4(part.weight, part.held, 1, 0)
            }
            self.number = number
        }

        /// The mean of the scores of the case and another one, each asked about by the other.
        func score(_ other: Int, latent: Float, of cases: ComparedCases) -> Double {
            var sums = SIMD4<Float>.zero
            for part in cases.parts[cases.range(other)] {
                sums += places[Int(part.term)] * SIMD4(part.weight, 1, part.held, 0)
            }
            var asked = Likeness(cosine: sums.x, containment: sums.z / cases.most[number], latent: latent)
            cases.asked[number].add(cases.marks[other], to: &asked)
            var asking = Likeness(cosine: sums.x, containment: sums.y / cases.most[other], latent: latent)
            cases.asked[other].add(cases.marks[number], to: &asking)
            return (asked.score(terms: cases.range(number).count) + asking.score(terms: cases.range(other).count)) / 2
        }
    }

    private let termCount: Int
    private var parts: [Part] = []
    /// Where the parts of each case end.
    private var ends: [Int] = []
    /// The most that a text could hold of each case.
    private var most: [Float] = []
    private let asked: [AskedMarks]
    private let marks: [[Int32]]

    init(_ index: CaseIndex) {
        termCount = index.postings.count
        marks = index.marks
        asked = index.marks.map { index.asked($0) }
        let rarities = index.postings.indices.map { index.rarity(of: Int32(truncatingIfNeeded: $0)) }
        for (list, norm) in zip(index.lists, index.norms) {
            var sum: Float = 0
            for (place, term) in list.terms.enumerated() {
                let rarity = rarities[Int(term)]
                sum += rarity.probabilistic
                parts.append(
                    Part(
                        term: term, weight: list.weights[place] * rarity.smooth / max(.leastNormalMagnitude, norm),
                        held: rarity.probabilistic * index.saturated(list.counts[place], list.length)))
            }
            ends.append(parts.count)
            most.append(max(.leastNormalMagnitude, sum))
        }
    }

    private func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : ends[number - 1])..<ends[number] }
}
