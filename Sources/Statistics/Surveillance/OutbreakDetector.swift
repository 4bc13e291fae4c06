import Glibc
internal import LinearAlgebra

/// Tells at each count how much likelier it, and the one before it, are in an outbreak than without one.
///
/// What is usual is a robust quasi-Poisson regression on the past: level, trend and the first harmonic of the season as far as the past is long enough
/// for them, older counts at less weight, counts far above their mean at less weight still. An outbreak adds to a count so many standard deviations of
/// it, in this count alone or in this one and the one before, and how many is not known: the Bayes factor is the mean over a grid of them. A
/// likelihood ratio beats any rule on one count, as it takes a small excess that goes on for what it is.
///
/// Source: the regression and its weights as in C. P. Farrington et al., J. R. Statist. Soc. A 159 (1996), doi:10.2307/2983331; the test by J. Neyman,
/// E. S. Pearson, Phil. Trans. R. Soc. A 231 (1933), doi:10.1098/rsta.1933.0009.
public struct OutbreakDetector: Sendable {
    /// The counts in a season: 52 for weeks of a year, 24 for hours of a day; nil for series without one.
    public var period: Double?
    /// The counts after which one weighs half.
    public var halfLife: Double
    /// The counts just before that say nothing of what is usual, as an outbreak may have begun in them.
    public var leftOut = 3
    /// The residual above which a past count weighs less.
    public var weightThreshold = 2.58

    /// The logarithm of the Bayes factor that about one quiet count in a hundred exceeds, as `evaluate early-warning` prints.
    public static let usualThreshold = 2.9

    /// The excess of an outbreak, in standard deviations of a count.
    private static let sizes = [0.5, 1, 2, 4]
    /// The most that the count before speaks for an outbreak now: what was plain then says less of what goes on.
    private static let mostBefore = 10.0
    /// The count that a past without any weighs as.
    private static let unseen = 0.5
    /// The least excess of an outbreak is that share of one count and a size.
    private static let leastDeviation = 0.5
    /// Rounds in which past outbreaks lose weight.
    private static let rounds = 4

    /// What is known at one count.
    public struct Finding: Sendable, Equatable {
        /// The expected count.
        public let expected: Double
        /// The variance of the count to come, that of its expectation included.
        public let variance: Double
        /// The natural logarithm of the Bayes factor of an outbreak.
        public let logBayesFactor: Double

        /// The probability of an outbreak, when one count in so many is in one.
        public func probability(oneIn counts: Double) -> Double {
            1 / (1 + (counts - 1) * exp(-logBayesFactor))
        }
    }

    /// Creates a detector.
    ///
    /// - Parameters:
    ///   - period: The counts in a season, above 2; nil for none.
    ///   - halfLife: The counts after which one weighs half; nil for five periods, or for 100 counts without one.
    public init(period: Double?, halfLife: Double? = nil) {
        self.period = period
        self.halfLife = halfLife ?? 5 * (period ?? 20)
    }

    /// What is known at a count by those before it.
    ///
    /// - Parameters:
    ///   - index: The place of the count, from 0.
    ///   - counts: All counts, of which those after `index` do not matter.
    ///   - exposures: What each is counted of, above 0; nil where they are all alike.
    /// - Returns: nil when the past is too short, which is below eight counts.
    /// - Complexity: O(index).
    public func finding(at index: Int, in counts: [Double], exposures: [Double]? = nil) -> Finding? {
        let end = index - leftOut
        guard end >= 8, let fit = fit(counts, exposures, end: end) else { return nil }
        var means: [Double] = []
        var variances: [Double] = []
        for place in index - 1...index {
            let row = row(place, origin: end, columns: fit.coefficients.count)
            let predictor = zip(row, fit.coefficients).reduce(0) { $0 + $1.0 * $1.1 }
            // What was never seen may come all the same.
            let least = Self.unseen / fit.weights.reduce(0, +)
            let mean = max(least, exp(min(predictor, 30))) * (exposures?[place] ?? 1)
            means.append(mean)
            variances.append(fit.dispersion * mean + mean * mean * fit.dispersion * fit.variance(at: row))
        }
        let factor = Self.logBayesFactor(Array(counts[index - 1...index]), means: means, variances: variances)
        return Finding(expected: means[1], variance: variances[1], logBayesFactor: factor)
    }

    /// The logarithm of the Bayes factor of an outbreak in the second of two counts, or in both.
    ///
    /// - Parameters:
    ///   - counts: The count before and the one in question.
    ///   - means: What is expected of them, above 0.
    ///   - variances: Their variances, at least the means.
    public static func logBayesFactor(_ counts: [Double], means: [Double], variances: [Double]) -> Double {
        let deviation = max(leastDeviation, variances[1].squareRoot())
        var sum = 0.0
        for size in sizes {
            let excess = size * deviation
            let last = ratio(counts[1], means[1], variances[1], excess)
            // What is no case of the outbreak in this count does not speak for it now.
            let now = max(0, last - exp(-excess))
            let before = ratio(counts[0], means[0], variances[0], size * max(leastDeviation, variances[0].squareRoot()))
            sum += now * (1 + min(before, mostBefore))
        }
        return log(max(sum / Double(sizes.count), 1e-300))
    }

    /// By how much likelier a count is with an excess than without.
    private static func ratio(_ count: Double, _ mean: Double, _ variance: Double, _ excess: Double) -> Double {
        exp(
            min(
                logProbability(count, mean + excess, variance + excess) - logProbability(count, mean, variance),
                600))
    }

    /// The logarithm of the negative binomial probability with a mean and a variance, without the factor 1/n!.
    private static func logProbability(_ count: Double, _ mean: Double, _ variance: Double) -> Double {
        let surplus = variance / mean - 1
        guard surplus > 5e-4 else { return count * log(mean) - mean }
        let size = mean / surplus
        return lgamma(count + size).0 - lgamma(size).0 - size * log1p(surplus) + count * log(surplus / (1 + surplus))
    }

    private func fit(_ counts: [Double], _ exposures: [Double]?, end: Int) -> QuasiPoissonFit? {
        // Beyond eight half-lives a count weighs nothing.
        let start = max(0, end - Int(min(8 * halfLife, 1e6)))
        let used = Array(counts[start..<end])
        let offset = exposures.map { $0[start..<end].map { log($0) } }
        var columns = 1
        if let period, Double(used.count) >= 1.5 * period { columns += 2 }
        if Double(used.count) >= 2 * (period ?? 20) { columns += 1 }
        var design = Matrix(rows: used.count, columns: columns)
        for number in used.indices {
            for (column, value) in row(start + number, origin: end, columns: columns).enumerated() {
                design[number, column] = value
            }
        }
        let ages = used.indices.map { exp2(-Double(used.count - 1 - $0) / halfLife) }
        var weights = ages
        var fit: QuasiPoissonFit?
        for _ in 0..<Self.rounds {
            guard let next = QuasiPoissonFit(design, used, weights: weights, offset: offset) else { return fit }
            weights = used.indices.map { row in
                // One row of hundreds hardly pulls the fit to itself.
                let residual = next.residual(row, count: used[row], leverage: 0)
                return ages[row] * (residual > weightThreshold ? 1 / (residual * residual) : 1)
            }
            fit = next
        }
        return fit
    }

    /// Level, season and trend at a place; the trend is 0 at `origin`.
    private func row(_ place: Int, origin: Int, columns: Int) -> [Double] {
        var row = [1.0]
        if let period, columns >= 3 {
            let angle = 2 * Double.pi * Double(place) / period
            row += [cos(angle), sin(angle)]
        }
        if row.count < columns { row.append(Double(place - origin) / (2 * halfLife)) }
        return row
    }
}
