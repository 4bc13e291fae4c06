internal import Features
internal import Glibc
internal import Statistics

extension CaseIndex {
    func lexicalScores(_ question: Question) -> (cosines: [Float], containments: [Float]) {
        var cosines = [Float](repeating: 0, count: lists.count)
        var containments = cosines
        var square: Float = 0
        var most: Float = 0
        let meanLength = max(1, totalLength / Float(max(1, lists.count)))
        let (k, b) = (Self.saturation, Self.lengthShare)
        for (term, asked) in zip(question.list.terms, question.list.counts) {
            let rarity = rarity(of: term)
            let weight = WordBag.weight(asked) * rarity.smooth
            square += weight * weight
            most += rarity.probabilistic
            let factor = weight * rarity.smooth
            for posting in postings[Int(term)] {
                let number = Int(posting.number)
                cosines[number] += factor * WordBag.weight(posting.count)
                let length = k * (1 - b + b * lists[number].length / meanLength)
                containments[number] += rarity.probabilistic * posting.count * (k + 1) / (posting.count + length)
            }
        }
        // A word that nobody has said is as rare as can be, and no text holds it.
        let unheard = rarity(holders: 0)
        most += Float(question.list.unknown) * unheard.probabilistic
        square += Float(question.list.unknown) * unheard.smooth * unheard.smooth
        guard square > 0 else { return (cosines, containments) }
        let length = square.squareRoot()
        for number in cosines.indices where cosines[number] > 0 {
            cosines[number] /= length * max(.leastNormalMagnitude, norms[number])
            containments[number] /= most * (k + 1)
        }
        return (cosines, containments)
    }

    func saturated(_ count: Float, _ length: Float) -> Float {
        let (k, b) = (Self.saturation, Self.lengthShare)
        let mean = max(1, totalLength / Float(max(1, lists.count)))
        return count * (k + 1) / (count + k * (1 - b + b * length / mean))
    }

    /// The cases with the largest sums of both scores, the largest first, of two as large the one with the lower number.
    func best(_ count: Int, _ cosines: [Float], _ containments: [Float]) -> [Int] {
        var found: [(sum: Float, number: Int)] = []
        for number in cosines.indices where cosines[number] > 0 {
            let sum = cosines[number] + containments[number]
            if found.count == count {
                guard sum > found[count - 1].sum else { continue }
                found.removeLast()
            }
            var slot = found.count
            while slot > 0, sum > found[slot - 1].sum { slot -= 1 }
            found.insert((sum, number), at: slot)
        }
        return found.map(\.number)
    }

    func addMarks(_ question: Question, _ number: Int, to likeness: inout Likeness) {
        var (seen, asked) = (Float(0), Float(question.unknownSignatures) * rarity(holders: 0).smooth)
        var (same, facts) = (Float(0), Float(question.unknownFacts))
        for mark in question.marks {
            let has: Float = marks[number].contains(mark) ? 1 : 0
            if lexicon.isEnvironment(mark) {
                facts += 1
                same += has
            } else {
                let weight = rarity(holders: markCounts[mark] ?? 0).smooth
                asked += weight
                seen += has * weight
            }
        }
        if asked > 0 { likeness.signatures = seen / asked }
        if facts > 0 { likeness.environment = same / facts }
    }

    func rarity(of term: Int32) -> (smooth: Float, probabilistic: Float) {
        rarity(holders: knownHolders(of: term))
    }

    func rarity(holders: Int) -> (smooth: Float, probabilistic: Float) {
        let (all, some) = (Float(max(lists.count, pastCount)), Float(holders))
        return (
            powf(1 + logf((1 + all) / (1 + some)), Self.rarityExponent), logf(1 + (all - some + 0.5) / (some + 0.5))
        )
    }

    func norm(of list: TermList) -> Float {
        var square: Float = 0
        for (term, count) in zip(list.terms, list.counts) {
            let weight = WordBag.weight(count) * rarity(of: term).smooth
            square += weight * weight
        }
        return square.squareRoot()
    }

    func mostTelling(_ list: TermList) -> TermList {
        guard list.terms.count > Self.mostTerms else { return list }
        let kept = list.terms.indices.sorted {
            let left = WordBag.weight(list.counts[$0]) * rarity(of: list.terms[$0]).smooth
            let right = WordBag.weight(list.counts[$1]) * rarity(of: list.terms[$1]).smooth
            return (-left, $0) < (-right, $1)
        }.prefix(Self.mostTerms).sorted()
        var shorter = list
        shorter.terms = kept.map { list.terms[$0] }
        shorter.counts = kept.map { list.counts[$0] }
        return shorter
    }
}
