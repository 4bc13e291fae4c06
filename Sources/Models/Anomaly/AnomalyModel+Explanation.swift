internal import Features
public import Records
internal import Statistics

extension AnomalyModel {
    /// The largest number of contributions that are named.
    public static let largestExplanation = 10
    /// The largest number of lines that are named of a signature.
    static let largestLines = 100

    /// Scores a session and says why.
    ///
    /// The parts of each distance that reaches its threshold are named; where none does, those of the largest. Counts, repetitions and
    /// signatures say it more plainly than principal components, whose parts are named only where those are silent.
    ///
    /// - Complexity: O(kinds · signatures + lines).
    public func finding(for session: LogSession) -> AnomalyFinding {
        let sequence = vocabulary.encode(session.signatures)
        let vector = CountVector(of: sequence)
        let ball = kinds.ball(around: vector)
        let ratios = ratios(sequence, vector, ball: ball)
        let score = ratios.largest
        let wanted = min(1, score)
        var contributions: [AnomalyFinding.Contribution] = []
        if score > 0 {
            if ratios.counts >= wanted {
                contributions = counts(session.signatures, sequence, vector, ball)
            } else if ratios.signature >= wanted {
                contributions = rareSignatures(session.signatures, sequence)
            } else if ratios.mixture >= wanted, ratios.repetition < wanted {
                contributions = mixture(session.signatures, vector, ratios.mixture)
            }
            if ratios.repetition >= wanted {
                let repeated = repetitions(session.signatures, vector, ball)
                // A repetition is told once, with what it is worth itself.
                contributions.removeAll { other in
                    guard case .count = other.why else { return false }
                    return repeated.contains { $0.signature == other.signature }
                }
                contributions += repeated
            }
            if ratios.order >= wanted { contributions += order(session.signatures, sequence) }
        }
        // Of equal parts, the line that was never seen is the one to read.
        func rank(_ contribution: AnomalyFinding.Contribution) -> (Double, Int, String) {
            (-(contribution.weight * 1e9).rounded(), contribution.why == .neverSeen ? 0 : 1, contribution.signature)
        }
        contributions.sort { rank($0) < rank($1) }
        return AnomalyFinding(
            session: session.id, score: score, pValue: pValue(score), isAnomaly: flags(score),
            contributions: Array(contributions.prefix(Self.largestExplanation)))
    }

    private func contribution(
        _ signature: String, lines: [Int], why: AnomalyFinding.Why, weight: Double
    ) -> AnomalyFinding.Contribution {
        AnomalyFinding.Contribution(
            signature: signature, template: templates[signature], lines: Array(lines.prefix(Self.largestLines)),
            why: why,
            weight: weight)
    }

    private func lines(of signature: String, in signatures: [String]) -> [Int] {
        signatures.indices.filter { signatures[$0] == signature }.map { $0 + 1 }
    }

    /// What the differences from the kinds in the ball are worth, weighted by their masses.
    private func counts(
        _ signatures: [String], _ sequence: [Int32], _ vector: CountVector, _ ball: OrdinaryKinds.Ball
    ) -> [AnomalyFinding.Contribution] {
        let own = Dictionary(uniqueKeysWithValues: zip(vector.columns, vector.counts))
        let total = ball.members.reduce(0) { $0 + kinds.masses[$1] }
        var costs: [Int32: Double] = [:]
        for member in ball.members {
            let other = kinds.vectors[member]
            let counts = Dictionary(uniqueKeysWithValues: zip(other.columns, other.counts))
            for column in Set(own.keys).union(counts.keys) {
                let cost = kinds.cost(column, own[column] ?? 0, counts[column] ?? 0)
                if cost > 0 { costs[column, default: 0] += cost * kinds.masses[member] / max(total, 1) }
            }
        }
        let heaviest = heaviest(in: ball)
        return costs.flatMap { column, cost -> [AnomalyFinding.Contribution] in
            let weight = cost / limits.counts
            if column == vocabulary.unseen {
                let foreign = signatures.indices.filter { sequence[$0] == column }.map { signatures[$0] }
                return Set(foreign).map { signature in
                    let lines = lines(of: signature, in: signatures)
                    let share = Double(lines.count) / Double(foreign.count)
                    return contribution(signature, lines: lines, why: .neverSeen, weight: weight * share)
                }
            }
            let signature = vocabulary.signatures[Int(column)]
            return [
                contribution(
                    signature, lines: lines(of: signature, in: signatures),
                    why: .count(Int(own[column] ?? 0), usual: heaviest?.count(of: column) ?? 0), weight: weight)
            ]
        }
    }

    /// The kind in a ball that most sessions are of.
    private func heaviest(in ball: OrdinaryKinds.Ball) -> CountVector? {
        ball.members.max { (kinds.masses[$0], $1) < (kinds.masses[$1], $0) }.map { kinds.vectors[$0] }
    }

    private func repetitions(
        _ signatures: [String], _ vector: CountVector, _ ball: OrdinaryKinds.Ball
    ) -> [AnomalyFinding.Contribution] {
        guard let repetition else { return [] }
        let heaviest = heaviest(in: ball)
        return repetition.scores(in: vector).filter { $0.score >= 0.5 && $0.thing < vocabulary.unseen }.map {
            thing, score in
            let signature = vocabulary.signatures[Int(thing)]
            return contribution(
                signature, lines: lines(of: signature, in: signatures),
                why: .count(vector.count(of: thing), usual: heaviest?.count(of: thing) ?? 0), weight: score)
        }
    }

    private func rareSignatures(_ signatures: [String], _ sequence: [Int32]) -> [AnomalyFinding.Contribution] {
        guard let limit = limits.signature else { return [] }
        var seen: Set<String> = []
        return zip(signatures, sequence).compactMap { signature, number in
            let rarity = order.rarity(of: number)
            guard rarity >= limit / 2, seen.insert(signature).inserted else { return nil }
            let why: AnomalyFinding.Why =
                number == vocabulary.unseen
                ? .neverSeen : .rare(order.support[Int(number)], of: order.sequences)
            return contribution(
                signature, lines: lines(of: signature, in: signatures), why: why, weight: rarity / limit)
        }
    }

    private func order(_ signatures: [String], _ sequence: [Int32]) -> [AnomalyFinding.Contribution] {
        guard let limit = limits.order else { return [] }
        return order.rarities(in: sequence).filter { $0.rarity >= limit / 2 }.compactMap { place in
            let isEnd = place.position == signatures.count
            guard let signature = isEnd ? signatures.last : signatures[place.position] else { return nil }
            let before = place.from == SuccessionRarity.boundary ? nil : vocabulary.signatures[Int(place.from)]
            return contribution(
                signature, lines: [min(place.position + 1, signatures.count)], why: isEnd ? .ends : .follows(before),
                weight: place.rarity / limit)
        }
    }

    private func mixture(
        _ signatures: [String], _ vector: CountVector, _ ratio: Double
    ) -> [AnomalyFinding.Contribution] {
        guard let mixture else { return [] }
        let row = Self.row(vector, columns: mixture.mean.count)
        let squares = mixture.residuals(of: row).map { $0 * $0 }
        let total = max(squares.reduce(0, +), .leastNormalMagnitude)
        return squares.indices.filter { squares[$0] > 0.01 * total }.map { column in
            let signature = vocabulary.signatures[column]
            return contribution(
                signature, lines: lines(of: signature, in: signatures), why: .mixture,
                weight: ratio * squares[column] / total)
        }
    }
}
