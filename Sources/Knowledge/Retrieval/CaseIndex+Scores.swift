internal import Features
internal import Glibc

extension CaseIndex {
    /// The cosine and the containment of each case.
    func lexicalScores(_ question: Question) -> [SIMD2<Float>] {
        var scores = [SIMD2<Float>](repeating: .zero, count: lists.count)
        var square: Float = 0
        var most: Float = 0
        let slope = Self.saturation * Self.lengthShare / meanLength
        let base = Self.saturation * (1 - Self.lengthShare)
        scores.withUnsafeMutableBufferPointer { scores in
            lengths.withUnsafeBufferPointer { lengths in
                for (term, asked) in zip(question.list.terms, question.list.weights) {
                    let rarity = rarity(of: term)
                    let weight = asked * rarity.smooth
                    square += weight * weight
                    most += rarity.probabilistic
                    let factor = SIMD2(weight * rarity.smooth, rarity.probabilistic)
                    for posting in postings[Int(term)] {
                        let number = Int(posting.number)
                        let held = posting.count / (posting.count + base + slope * lengths[number])
                        scores[number] += factor * SIMD2(posting.weight, held)
                    }
                }
            }
        }
        // A word that nobody has said is as rare as can be, and no text holds it.
        let unheard = rarity(holders: 0)
        most += question.list.unknownSum * unheard.probabilistic
        square += question.list.unknownSquare * unheard.smooth * unheard.smooth
        guard square > 0 else { return scores }
        let whole = SIMD2(square.squareRoot(), most)
        for number in scores.indices where scores[number].x > 0 {
            scores[number] /= whole * SIMD2(max(.leastNormalMagnitude, norms[number]), 1)
        }
        return scores
    }

    /// How much of a term's share is held by a text that says it so often, up to 1.
    func saturated(_ count: Float, _ length: Float) -> Float {
        let (k, b) = (Self.saturation, Self.lengthShare)
        return count / (count + k * (1 - b + b * length / meanLength))
    }

    private var meanLength: Float { max(1, totalLength / Float(max(1, lists.count))) }

    /// The cases with the largest sums of both scores, the largest first, of two as large the one that was added later.
    static func best(_ count: Int, _ scores: [SIMD2<Float>]) -> [Int] {
        var found: [(sum: Float, number: Int)] = []
        var floor: Float = 0
        for number in scores.indices.reversed() {
            let sum = scores[number].x + scores[number].y
            guard sum > floor else { continue }
            if found.count == count { found.removeLast() }
            var slot = found.count
            while slot > 0, sum > found[slot - 1].sum { slot -= 1 }
            found.insert((sum, number), at: slot)
            if found.count == count { floor = found[count - 1].sum }
        }
        return found.map(\.number)
    }

    /// What marks of a question weigh.
    func asked(_ marks: [Int32], unknownSignatures: Int = 0, unknownFields: [String] = []) -> AskedMarks {
        var asked = AskedMarks()
        for mark in marks {
            if lexicon.isEnvironment(mark) {
                asked.facts.append(mark)
            } else {
                let weight = weight(ofSignature: mark)
                asked.signatures.append((mark, weight))
                asked.allSignatures += weight
            }
        }
        if unknownSignatures > 0 { asked.allSignatures += Float(unknownSignatures) * rarity(holders: 0).smooth }
        asked.unknownFields = unknownFields
        return asked
    }

    /// What a signature weighs, the more the fewer cases have it.
    func weight(ofSignature mark: Int32) -> Float { rarity(holders: markCounts[mark] ?? 0).smooth }

    func rarity(of term: Int32) -> (smooth: Float, probabilistic: Float) {
        rarity(holders: knownHolders(of: term))
    }

    func rarity(holders: Int) -> (smooth: Float, probabilistic: Float) {
        let (all, some) = (Float(max(lists.count, pastCount)), Float(holders))
        return (
            powf(1 + logf((1 + all) / (1 + some)), Self.rarityExponent), logf(1 + (all - some + 0.5) / (some + 0.5))
        )
    }

    /// The length of the weight vector of a text.
    func norm(of list: TermList, rarity: (Int32) -> Float) -> Float {
        var square: Float = 0
        for (term, counted) in zip(list.terms, list.weights) {
            let weight = counted * rarity(term)
            square += weight * weight
        }
        return square.squareRoot()
    }

    func mostTelling(_ list: TermList) -> TermList {
        guard list.terms.count > Self.mostTerms else { return list }
        let kept = list.terms.indices.sorted {
            let left = list.weights[$0] * rarity(of: list.terms[$0]).smooth
            let right = list.weights[$1] * rarity(of: list.terms[$1]).smooth
            return (-left, $0) < (-right, $1)
        }.prefix(Self.mostTerms).sorted()
        var shorter = list
        shorter.terms = kept.map { list.terms[$0] }
        shorter.counts = kept.map { list.counts[$0] }
        shorter.weights = kept.map { list.weights[$0] }
        return shorter
    }
}
