import Glibc
internal import LinearAlgebra

/// The outbreak detection of Farrington, and its flexible form: a quasi-Poisson regression on the same weeks of past years, in which past
/// outbreaks weigh little.
///
/// Source: C. P. Farrington, N. J. Andrews, A. D. Beale, M. A. Catchpole, J. R. Statist. Soc. A 159 (1996), doi:10.2307/2983331;
/// A. Noufaily et al., "An improved algorithm for outbreak detection in multiple surveillance systems", Statistics in Medicine 32 (2013),
/// doi:10.1002/sim.5595.
public struct FarringtonFlexible: Sendable {
    /// How the bound follows from the fit.
    public enum Bound: Sendable {
        /// The quantile of a negative binomial distribution with the predicted mean and the fitted dispersion.
        case negativeBinomial
        /// The normal quantile of the count to the power of two thirds, with the error of the prediction.
        case twoThirdsPower
    }

    /// The years that are looked back.
    public var years = 5
    /// The weeks around the same week of a past year that count as that season.
    public var halfWindow = 3
    /// The levels of season; with 1 only the windows are used.
    public var seasons = 10
    /// The residual above which a past count weighs less.
    public var weightThreshold = 2.58
    /// The weeks before the current one that are left out.
    public var leftOut = 26
    /// The p-value below which a trend is kept.
    public var trendLevel = 1.0
    /// The probability of an alarm when nothing happens, nominally.
    public var significance = 0.01
    /// How the bound follows from the fit.
    public var bound = Bound.negativeBinomial
    /// The counts in a year.
    public var period = 52

    /// Creates the flexible form; the original one has 1 season, 3 weeks left out, weights above 1 and trends at .05.
    public init() {}

    /// The threshold for one count by those before it.
    ///
    /// - Parameters:
    ///   - index: The place of the count, from 0.
    ///   - counts: All counts, of which only those before `index` matter.
    ///   - exposures: What each count is counted of, such as sessions, above 0, the one at `index` included; nil where they are all alike.
    ///   - references: The place of the same week in each past year, the last year first; nil for steps of ``period``.
    /// - Returns: nil when the past is too short for a fit.
    public func threshold(
        at index: Int, in counts: [Double], exposures: [Double]? = nil, references: [Int]? = nil
    ) -> CountThreshold? {
        let past = (references ?? (1...years).map { index - period * $0 }).prefix(years)
        let rows = rows(index, Array(past)).filter { $0.place >= 0 && $0.place < index - leftOut }
        let used = rows.map { counts[$0.place] }
        guard let largest = used.max() else { return nil }
        let offset = exposures.map { exposures in rows.map { log(exposures[$0.place] / exposures[index]) } }
        if years >= 3, let fit = fit(rows, used, offset, hasTrend: true, index: index), isKept(fit, largest) {
            return threshold(fit)
        }
        return fit(rows, used, offset, hasTrend: false, index: index).map(threshold)
    }

    private struct Row {
        let place: Int
        let level: Int
    }

    private struct Prediction {
        let mean: Double
        /// The variance of a count by its mean.
        let dispersion: Double
        /// The variance of the mean.
        let variance: Double
        /// The p-value of the trend.
        let trend: Double
    }

    /// The places that are used with their levels of season.
    private func rows(_ index: Int, _ past: [Int]) -> [Row] {
        var rows: [Row] = []
        var later = index
        for (year, reference) in past.enumerated() {
            let window = reference - halfWindow...reference + halfWindow
            rows += window.map { Row(place: $0, level: seasons) }
            if seasons > 1 {
                let gap = window.upperBound + 1..<later - halfWindow
                let (length, longer) = gap.count.quotientAndRemainder(dividingBy: seasons - 1)
                var place = gap.lowerBound
                for level in 1..<seasons {
                    for _ in 0..<length + (level <= longer ? 1 : 0) {
                        rows.append(Row(place: place, level: level))
                        place += 1
                    }
                }
            }
            if year == 0 { rows += (index - halfWindow...index).map { Row(place: $0, level: seasons) } }
            later = reference
        }
        return rows.sorted { $0.place < $1.place }
    }

    private func fit(_ rows: [Row], _ counts: [Double], _ offset: [Double]?, hasTrend: Bool, index: Int) -> Prediction?
    {
        let levels = Array(Set(rows.map(\.level))).sorted()
        guard levels.last == seasons else { return nil }
        var design = Matrix(rows: rows.count, columns: levels.count + (hasTrend ? 1 : 0))
        for (number, row) in rows.enumerated() {
            if let column = levels.firstIndex(of: row.level) { design[number, column] = 1 }
            // Years before the week in question keep the columns of one size.
            if hasTrend { design[number, levels.count] = Double(row.place - index) / Double(period) }
        }
        let ones = [Double](repeating: 1, count: counts.count)
        guard let plain = QuasiPoissonFit(design, counts, weights: ones, offset: offset),
            let fit = QuasiPoissonFit(design, counts, weights: weights(plain, counts), offset: offset)
        else { return nil }
        var now = [Double](repeating: 0, count: design.columns)
        now[levels.count - 1] = 1
        let mean = exp(fit.coefficients[levels.count - 1])
        let free = Double(counts.count - design.columns)
        // The errors are scaled by this dispersion and not by Pearson's in the implementation that is the reference of the field.
        let scale =
            counts.indices.reduce(0) { sum, row in
                let relative = (counts[row] - fit.means[row]) / fit.means[row]
                return sum + fit.weights[row] * relative * relative
            } / free
        var trend = 1.0
        if hasTrend, let student = try? StudentT(degreesOfFreedom: free) {
            let column = levels.count
            let error = (scale * fit.covariance[column, column]).squareRoot()
            trend = 2 * student.survival(abs(fit.coefficients[column] / error))
        }
        return Prediction(
            mean: mean, dispersion: fit.dispersion, variance: mean * mean * scale * fit.variance(at: now), trend: trend)
    }

    /// Past counts far above their mean weigh as the square of how far.
    private func weights(_ fit: QuasiPoissonFit, _ counts: [Double]) -> [Double] {
        let raw = counts.indices.map { row in
            let residual = fit.residual(row, count: counts[row], leverage: fit.leverages[row])
            return residual > weightThreshold ? 1 / (residual * residual) : 1
        }
        let scale = Double(raw.count) / raw.reduce(0, +)
        return raw.map { $0 * scale }
    }

    private func isKept(_ prediction: Prediction, _ largest: Double) -> Bool {
        (prediction.trend < trendLevel || trendLevel >= 1) && prediction.mean <= largest
    }

    private func threshold(_ prediction: Prediction) -> CountThreshold {
        let (mean, dispersion) = (prediction.mean, prediction.dispersion)
        switch bound {
        case .negativeBinomial:
            return CountThreshold(
                expected: mean, bound: Self.quantile(mean: mean, dispersion: dispersion, 1 - significance))
        case .twoThirdsPower:
            let bound = Self.powerBound(
                mean: mean, dispersion: dispersion, variance: prediction.variance, significance: significance)
            return CountThreshold(expected: mean, bound: bound)
        }
    }

    /// The quantile of a negative binomial count of variance `dispersion · mean`; of a Poisson count where the dispersion is 1.
    static func quantile(mean: Double, dispersion: Double, _ probability: Double) -> Double {
        let mean = max(mean, 1e-12)
        if dispersion > 1 + 1e-9, let count = try? NegativeBinomial(mean: mean, size: mean / (dispersion - 1)) {
            return Double(count.quantile(probability))
        }
        return (try? Poisson(mean: mean)).map { Double($0.quantile(probability)) } ?? 0
    }

    /// The bound on the scale of the power of two thirds.
    static func powerBound(mean: Double, dispersion: Double, variance: Double, significance: Double) -> Double {
        let spread = (dispersion * mean + variance).squareRoot() / mean
        let root = 1 + 2.0 / 3 * Normal.standard.quantile(1 - significance) * spread
        return root > 0 ? mean * pow(root, 1.5) : 0
    }
}
