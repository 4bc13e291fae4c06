internal import Glibc
internal import Statistics

/// By which factor each signature changed where nothing was upgraded, as far as its lines there tell it.
///
/// The factors of all signatures are a mixture: most stay as they are, within a tenth, and some change. How many of them do is learnt from all of them
/// (empirical Bayes), and each one's own lines move it from there. So a control group of few lines says little, and says that it does.
struct ControlChange: Sendable {
    private let prior: GammaMixturePrior?
    private let counts: [(observed: Double, expected: Double)]
    private let isElsewhere: Bool

    /// Those that stay have a standard deviation of a tenth about 1; the logarithms of the others have one of 0.8 about 0 (trigamma of the shape, and
    /// the rate is the exponential of its digamma).
    private static let parts = (shapes: (100.0, 2.0), rates: (100.0, 1.526))
    /// Nine signatures of ten stay, as ten signatures would have told it.
    private static let stay = (share: 0.9, weight: 10.0)

    /// - Parameters:
    ///   - lines: Those of places that were not upgraded.
    ///   - isElsewhere: Whether these are of other environments, which may change by themselves.
    init(_ lines: RolloutLines, signatures: Int, isElsewhere: Bool) {
        self.isElsewhere = isElsewhere
        let exposure = (after: lines.after(-1), before: lines.before(-1))
        guard exposure.after > 0, exposure.before > 0 else {
            prior = nil
            counts = []
            return
        }
        let ratio = exposure.after / exposure.before
        let dispersions = lines.dispersions
        let counts = (0..<signatures).map { signature in
            let (after, before) = (lines.after(signature), lines.before(signature))
            // What is expected comes from lines before, whose own variance is that of the lines after times the ratio.
            let dispersion = dispersions[signature] * (1 + ratio)
            return (observed: after / dispersion, expected: max(before, 0.5) * ratio / dispersion)
        }
        let known = counts.indices.filter { lines.after($0) + lines.before($0) > 0 }.map { counts[$0] }
        prior = (try? GammaMixturePrior(shapes: Self.parts.shapes, rates: Self.parts.rates, share: Self.stay.share))?
            .withShare(observed: known.map(\.observed), expected: known.map(\.expected), weight: Self.stay.weight)
        self.counts = counts
    }

    /// The factor, and the variance of its logarithm; 1 without any where nothing tells it.
    func factor(of signature: Int) -> (factor: Double, logVariance: Double) {
        guard let prior,
            let posterior = prior.posterior(
                observed: counts[signature].observed, expected: counts[signature].expected)
        else { return (1, 0) }
        // That a change elsewhere was one here too is as uncertain as it is large.
        let distance = isElsewhere ? log(posterior.geometricMean) : 0
        return (posterior.geometricMean, posterior.logVariance + distance * distance)
    }
}
