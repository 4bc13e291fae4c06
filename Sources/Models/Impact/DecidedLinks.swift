internal import Glibc
internal import LinearAlgebra
internal import Statistics

/// What decisions say of the coefficients of a ``LinkModel``: `P(hurt) = c / (1 + exp(-xᵀβ))` with the certainty `c`.
///
/// A rejection has one of two causes: the evidence spoke wrongly, or the link is one of the share 1 - c that is wrong whatever the evidence says. Steps of
/// expectation and maximisation (Dempster, Laird and Rubin 1977, "Maximum likelihood from incomplete data via the EM algorithm") have the cause as what is
/// missing. The likelihood may have two peaks, one for each cause, so that they begin where rejections are of either, and the higher peak is taken.
struct DecidedLinks {
    /// Steps of a climb, and the gain of log likelihood below which they end.
    private static let (mostSteps, leastGain) = (200, 1e-8)

    private let isHurt: [Bool]
    private let design: Matrix
    private let offset: [Double]
    private let penalties: [Double]
    private let certainty: Double

    /// - Parameters:
    ///   - decisions: At least one.
    ///   - prior: What is believed of the coefficients before.
    ///   - spreads: How far they may lie from it, as standard deviations.
    ///   - certainty: The probability where all evidence speaks for it, within 0...1.
    init(_ decisions: [LinkModel.Decision], prior: [Double], spreads: [Double], certainty: Double) {
        isHurt = decisions.map(\.isHurt)
        design = Matrix(rowMajor: decisions.map(\.evidence.terms))
        offset = design * prior
        penalties = spreads.map { 1 / ($0 * $0) }
        self.certainty = certainty
    }

    /// How far the coefficients move from the prior.
    ///
    /// - Throws: ``RegressionError``, when a term is not finite.
    func moved() throws(RegressionError) -> [Double] {
        let regression = try LogisticRegression(penalties: penalties)
        let plain = try regression.fit(design, isHurt.map { $0 ? 1 : 0 }, offset: offset).coefficients
        let climbs = try [[Double](repeating: 0, count: penalties.count), plain].map {
            start throws(RegressionError) in try climb(from: start, regression)
        }
        return climbs[1].logLikelihood > climbs[0].logLikelihood ? climbs[1].moved : climbs[0].moved
    }

    private func climb(
        from start: [Double], _ regression: LogisticRegression
    ) throws(RegressionError) -> (moved: [Double], logLikelihood: Double) {
        var (moved, reached) = (start, logLikelihood(start))
        for _ in 0..<Self.mostSteps {
            let outcomes = zip(isHurt, probabilities(moved)).map { isHurt, probability in
                isHurt ? 1 : (1 - certainty) * probability / (1 - certainty * probability)
            }
            let next = try regression.fit(design, outcomes, offset: offset).coefficients
            let (before, now) = (reached, logLikelihood(next))
            guard now > before else { break }
            (moved, reached) = (next, now)
            if now - before < Self.leastGain { break }
        }
        return (moved, reached)
    }

    /// The probabilities without what is wrong whatever the evidence says.
    private func probabilities(_ moved: [Double]) -> [Double] {
        zip(offset, design * moved).map { 1 / (1 + exp(-$0 - $1)) }
    }

    private func logLikelihood(_ moved: [Double]) -> Double {
        let penalty = zip(penalties, moved).reduce(0) { $0 + $1.0 * $1.1 * $1.1 } / 2
        return zip(isHurt, probabilities(moved)).reduce(-penalty) { sum, one in
            let probability = certainty * one.1
            return sum + log(one.0 ? probability : 1 - probability)
        }
    }
}
