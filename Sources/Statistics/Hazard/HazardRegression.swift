internal import LinearAlgebra

/// Penalised piecewise-exponential hazard regression with exponential forgetting in calendar time.
///
/// The hazard of row `i` in age interval `k` is `exp(a_k + x_i'b_g)`, where `g` is the band of neighbouring intervals to which `k`
/// belongs: effects are proportional within a band and free between bands, so that what decides a quick fix need not decide
/// a long case. The fit maximises, in each band,
///
///     Σ_ik w_ik (d_ik (a_k + x_i'b) − e_ik exp(a_k + x_i'b)) − ½ Σ_j λ_j b_j²
///
/// with `d` the events and `e` the exposure (the part of the interval that was lived through). Each exposure is weighted by
/// its age on the calendar, `w = 2^(−(now − end of exposure) / halfLife)`: a period life table, not a cohort one, which lets
/// the rows that are still open speak as soon as they outlive an interval. Censored rows need no imputation.
///
/// The baselines are profiled out (Breslow) with one pseudo event at the band's mean rate. The coefficients climb the profiled
/// likelihood by quasi-Newton steps (L-BFGS), preconditioned by a Cholesky factor of the information that is taken once, over a
/// subsample of the rows where there are many, and carried from fit to fit; only the speed depends on it. Source: Friedman 1982, Annals of Statistics 10(1), for
/// the likelihood; Andersen and Keiding 2002 for period against cohort weighting.
public struct HazardRegression: Sendable {
    /// The intervals of age.
    public let grid: AgeGrid
    /// The bands, which cover the intervals of the grid in order.
    public let bands: [Range<Int>]
    /// The time in days after which an exposure counts half; infinite for no forgetting.
    public let halfLifeDays: Double
    /// The largest number of steps in each band.
    public let iterationLimit: Int
    /// The gain still to be expected, as a share of the objective, at which a band has arrived.
    public let tolerance: Double

    /// Creates the estimator.
    ///
    /// - Parameters:
    ///   - grid: The intervals of age.
    ///   - bandStarts: The first interval of each band, ascending, beginning with 0.
    ///   - halfLifeDays: Above 0, may be infinite.
    ///   - iterationLimit: At least 1.
    ///   - tolerance: The gain still to be expected, as a share of the objective, at which a band has arrived; above 0.
    public init(
        grid: AgeGrid, bandStarts: [Int], halfLifeDays: Double, iterationLimit: Int = 60, tolerance: Double = 1e-14
    ) throws(HazardError) {
        guard bandStarts.first == 0, zip(bandStarts, bandStarts.dropFirst()).allSatisfy({ $0 < $1 }),
            let last = bandStarts.last, last < grid.count
        else { throw .invalidParameter("bandStarts") }
        guard halfLifeDays > 0 else { throw .invalidParameter("halfLifeDays") }
        guard iterationLimit >= 1 else { throw .invalidParameter("iterationLimit") }
        guard tolerance > 0 else { throw .invalidParameter("tolerance") }
        self.grid = grid
        bands = zip(bandStarts, bandStarts.dropFirst() + [grid.count]).map { $0..<$1 }
        self.halfLifeDays = halfLifeDays
        self.iterationLimit = iterationLimit
        self.tolerance = tolerance
    }

    /// Fits the coefficients of all bands.
    ///
    /// - Parameters:
    ///   - sample: The rows, their ages and events.
    ///   - penalties: One precision λ a column, at least 0 and finite; the same in all bands.
    ///   - start: A fit of the same bands to start from, of as many columns or fewer; zeros if absent.
    ///   - wantsPosterior: Whether to return the diagonal of the inverse penalised information, at the cost of one inversion
    ///     a band.
    /// - Throws: ``HazardError/noEvents``, ``HazardError/invalidParameter(_:)``.
    /// - Complexity: O(iterations · (entries · bands + columns² · bands)), and O(columns³ / 3) a band for the factor; the bits do not
    ///   depend on the number of cores.
    public func fit(
        _ sample: HazardSample, penalties: [Double], start: HazardFit? = nil, wantsPosterior: Bool = false
    ) throws(HazardError) -> HazardFit {
        try fit(
            sample, bandPenalties: [[Double]](repeating: penalties, count: bands.count), start: start,
            wantsPosterior: wantsPosterior)
    }

    /// Fits the coefficients of all bands with precisions of their own.
    ///
    /// - Parameters:
    ///   - sample: The rows, their ages and events.
    ///   - bandPenalties: One list a band of one precision λ a column, at least 0 and finite.
    ///   - start: A fit of the same bands to start from, of as many columns or fewer; zeros if absent.
    ///   - wantsPosterior: Whether to return the diagonal of the inverse penalised information.
    /// - Throws: As ``fit(_:penalties:start:wantsPosterior:)``.
    public func fit(
        _ sample: HazardSample, bandPenalties: [[Double]], start: HazardFit? = nil, wantsPosterior: Bool = false
    ) throws(HazardError) -> HazardFit {
        try climbs(sample, bandPenalties, start) { ascent in
            ascent.climb(iterationLimit, tolerance: tolerance)
            return ascent.bandFits(wantsPosterior: wantsPosterior)
        }
    }

    /// A fit with the curvature of another sample, from which fits to that sample with any penalties start well.
    ///
    /// - Parameters:
    ///   - fit: The fit, whose coefficients stay.
    ///   - sample: The rows of the fits to come.
    ///   - bandPenalties: As in ``fit(_:bandPenalties:start:wantsPosterior:)``.
    public func surveyed(
        _ fit: HazardFit, on sample: HazardSample, bandPenalties: [[Double]]
    ) throws(HazardError) -> HazardFit {
        try climbs(sample, bandPenalties, fit) { ascent in
            ascent.survey()
            return ascent.bandFits(wantsPosterior: false)
        }
    }

    private func climbs(
        _ sample: HazardSample, _ bandPenalties: [[Double]], _ start: HazardFit?,
        _ body: (inout HazardAscent) -> [BandFit]
    ) throws(HazardError) -> HazardFit {
        guard bandPenalties.count == bands.count,
            bandPenalties.allSatisfy({
                $0.count == sample.design.columns && $0.allSatisfy { $0 >= 0 && $0.isFinite }
            })
        else {
            throw .invalidParameter("penalties")
        }
        guard sample.events.contains(true) else { throw .noEvents }
        let lives = LivedIntervals(sample, grid: grid, bands: bands, halfLifeDays: halfLifeDays)
        var fits: [BandFit] = []
        for first in Swift.stride(from: 0, to: bands.count, by: 8) {
            let lanes = first..<min(first + 8, bands.count)
            let likelihood = HazardLikelihood(design: sample.design, lives: lives, lanes: lanes)
            var ascent = HazardAscent(
                likelihood, penalties: Array(bandPenalties[lanes]), start: start.map { Array($0.coefficients[lanes]) },
                curvatures: start.map { Array($0.curvatures[lanes]) } ?? lanes.map { _ in nil })
            fits += body(&ascent)
        }
        return HazardFit(grid: grid, bands: bands, fits: fits)
    }
}
