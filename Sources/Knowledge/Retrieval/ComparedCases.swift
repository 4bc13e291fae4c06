internal import Features

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
            var asking = Likeness(cosine: sums.x, containment: sums.y / cases.most[other], latent: latent)
            let shared = cases.sharedMarks(of: number, and: other)
            cases.add(shared, askedBy: number, to: &asked)
            cases.add(shared, askedBy: other, to: &asking)
            return (asked.score(terms: cases.range(number).count) + asking.score(terms: cases.range(other).count)) / 2
        }
    }

    private let termCount: Int
    private var parts: [Part] = []
    /// Where the parts of each case end.
    private var ends: [Int] = []
    /// The most that a text could hold of each case.
    private var most: [Float] = []
    /// The marks of each case, ascending, each with what it weighs as a signature, and 1 where it is a fact of the environment.
    private var marks: [(number: Int32, weight: SIMD2<Float>)] = []
    private var markEnds: [Int] = []
    /// What the marks of each case weigh together.
    private var markSums: [SIMD2<Float>] = []

    init(_ index: CaseIndex) {
        termCount = index.postings.count
        for own in index.marks {
            var sum = SIMD2<Float>.zero
            for mark in own {
                let isFact = index.lexicon.isEnvironment(mark)
                let weight = isFact ? SIMD2(0, 1) : SIMD2(index.weight(ofSignature: mark), 0)
                marks.append((mark, weight))
                sum += weight
            }
            markEnds.append(marks.count)
            markSums.append(sum)
        }
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

    /// What the marks weigh that two cases have in common.
    private func sharedMarks(of one: Int, and other: Int) -> SIMD2<Float> {
        var (place, second) = (one == 0 ? 0 : markEnds[one - 1], other == 0 ? 0 : markEnds[other - 1])
        var sum = SIMD2<Float>.zero
        while place < markEnds[one], second < markEnds[other] {
            let (left, right) = (marks[place].number, marks[second].number)
            if left == right { sum += marks[place].weight }
            if left <= right { place += 1 }
            if right <= left { second += 1 }
        }
        return sum
    }

    /// Adds to how alike two cases are what marks in common say to the question of one of them.
    private func add(_ shared: SIMD2<Float>, askedBy number: Int, to likeness: inout Likeness) {
        let whole = markSums[number]
        if whole.x > 0 { likeness.signatures = shared.x / whole.x }
        if whole.y > 0 { likeness.environment = shared.y / whole.y }
    }
}
