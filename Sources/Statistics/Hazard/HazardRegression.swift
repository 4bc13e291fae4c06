internal import Dispatch
internal import Glibc
public import LinearAlgebra
internal import Synchronization

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
/// The baselines are profiled out (Breslow) with one pseudo event at the band's mean rate; the coefficients follow by Newton's
/// method on the profiled likelihood through Cholesky factorizations. Source: Friedman 1982, Annals of Statistics 10(1), for
/// the likelihood; Andersen and Keiding 2002 for period against cohort weighting.
public struct HazardRegression: Sendable {
    /// The intervals of age.
    public let grid: AgeGrid
    /// The bands, which cover the intervals of the grid in order.
    public let bands: [Range<Int>]
    /// The time in days after which an exposure counts half; infinite for no forgetting.
    public let halfLifeDays: Double
    /// The largest number of Newton steps in each band.
    public let iterationLimit: Int

    /// Creates the estimator.
    ///
    /// - Parameters:
    ///   - grid: The intervals of age.
    ///   - bandStarts: The first interval of each band, ascending, beginning with 0.
    ///   - halfLifeDays: Above 0, may be infinite.
    ///   - iterationLimit: At least 1.
    public init(grid: AgeGrid, bandStarts: [Int], halfLifeDays: Double, iterationLimit: Int = 12) throws(HazardError) {
        guard bandStarts.first == 0, zip(bandStarts, bandStarts.dropFirst()).allSatisfy({ $0 < $1 }),
            let last = bandStarts.last, last < grid.count
        else { throw .invalidParameter("bandStarts") }
        guard halfLifeDays > 0 else { throw .invalidParameter("halfLifeDays") }
        guard iterationLimit >= 1 else { throw .invalidParameter("iterationLimit") }
        self.grid = grid
        bands = zip(bandStarts, bandStarts.dropFirst() + [grid.count]).map { $0..<$1 }
        self.halfLifeDays = halfLifeDays
        self.iterationLimit = iterationLimit
    }

    /// Fits the coefficients of all bands.
    ///
    /// - Parameters:
    ///   - sample: The rows, their ages and events.
    ///   - penalties: One precision λ a column, at least 0 and finite; the same in all bands.
    ///   - start: Coefficients to start from, one list a band; zeros if absent.
    ///   - wantsPosterior: Whether to return the diagonal of the inverse penalised information, at the cost of one inversion
    ///     a band.
    /// - Throws: ``HazardError/noEvents``, ``HazardError/invalidParameter(_:)``.
    /// - Complexity: O(iterations · (Σ entriesOfRow² + columns³ / 3)) a band; bands run on the available cores and give the same
    ///   bits on any number of them.
    public func fit(
        _ sample: HazardSample, penalties: [Double], start: [[Double]]? = nil, wantsPosterior: Bool = false
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
    ///   - start: Coefficients to start from, one list a band; zeros if absent.
    ///   - wantsPosterior: Whether to return the diagonal of the inverse penalised information.
    /// - Throws: As ``fit(_:penalties:start:wantsPosterior:)``.
    public func fit(
        _ sample: HazardSample, bandPenalties: [[Double]], start: [[Double]]? = nil, wantsPosterior: Bool = false
    ) throws(HazardError) -> HazardFit {
        guard bandPenalties.count == bands.count,
            bandPenalties.allSatisfy({
                $0.count == sample.design.columns && $0.allSatisfy { $0 >= 0 && $0.isFinite }
            })
        else {
            throw .invalidParameter("penalties")
        }
        guard sample.events.contains(true) else { throw .noEvents }
        let results = Mutex([BandFit?](repeating: nil, count: bands.count))
        DispatchQueue.concurrentPerform(iterations: bands.count) { band in
            var problem = BandProblem(sample: sample, grid: grid, band: bands[band], halfLifeDays: halfLifeDays)
            let fit = problem.solve(
                penalties: bandPenalties[band], start: start?[band], iterationLimit: iterationLimit,
                wantsPosterior: wantsPosterior)
            results.withLock { $0[band] = fit }
        }
        let fits = results.withLock { $0.compactMap(\.self) }
        return HazardFit(
            grid: grid, bands: bands, coefficients: fits.map(\.coefficients),
            logBaselines: fits.flatMap(\.logBaselines), posteriorVariances: fits.map(\.posteriorVariances),
            iterations: fits.map(\.iterations), penalisedLogLikelihood: fits.reduce(0) { $0 + $1.objective })
    }
}

/// The rows of a hazard model: covariates and what was seen of each row until now.
public struct HazardSample: Sendable {
    /// The covariates, one row a subject.
    public let design: SparseMatrix
    /// The age in ln(1 + hours) at the event, or when last seen without one.
    public let logAges: [Double]
    /// Whether the event was seen at that age.
    public let events: [Bool]
    /// When each subject entered, in days of any origin.
    public let entryDays: [Double]
    /// The present, in days of the same origin.
    public let now: Double

    /// Creates a sample; all arrays have one element a row of the design.
    public init(design: SparseMatrix, logAges: [Double], events: [Bool], entryDays: [Double], now: Double) {
        precondition(
            logAges.count == design.rows && events.count == design.rows && entryDays.count == design.rows,
            "one age, event and entry a row")
        self.design = design
        self.logAges = logAges
        self.events = events
        self.entryDays = entryDays
        self.now = now
    }
}

/// A fitted hazard regression.
public struct HazardFit: Sendable {
    /// The intervals of age.
    public let grid: AgeGrid
    /// The bands of intervals.
    public let bands: [Range<Int>]
    /// The coefficients of each band, one a column.
    public let coefficients: [[Double]]
    /// The logarithm of the baseline cumulative hazard of each interval.
    public let logBaselines: [Double]
    /// The diagonal of the inverse penalised information of each band; empty unless asked for.
    public let posteriorVariances: [[Double]]
    /// The Newton steps taken in each band.
    public let iterations: [Int]
    /// The maximised objective, summed over the bands.
    public let penalisedLogLikelihood: Double

    init(
        grid: AgeGrid, bands: [Range<Int>], coefficients: [[Double]], logBaselines: [Double],
        posteriorVariances: [[Double]], iterations: [Int], penalisedLogLikelihood: Double
    ) {
        self.grid = grid
        self.bands = bands
        self.coefficients = coefficients
        self.logBaselines = logBaselines
        self.posteriorVariances = posteriorVariances
        self.iterations = iterations
        self.penalisedLogLikelihood = penalisedLogLikelihood
    }

    /// Creates a fit from stored coefficients; what only the fitting knew is empty.
    ///
    /// - Parameters:
    ///   - grid: The intervals of age.
    ///   - bands: The bands, which cover the grid.
    ///   - coefficients: One list a band.
    ///   - logBaselines: One number an interval.
    public init(grid: AgeGrid, bands: [Range<Int>], coefficients: [[Double]], logBaselines: [Double]) {
        precondition(coefficients.count == bands.count && logBaselines.count == grid.count)
        self.init(
            grid: grid, bands: bands, coefficients: coefficients, logBaselines: logBaselines, posteriorVariances: [],
            iterations: [], penalisedLogLikelihood: .nan)
    }
}

extension HazardFit {
    /// The cumulative hazard of each interval for one row.
    ///
    /// - Parameters:
    ///   - design: Covariates with as many columns as the fit has coefficients.
    ///   - row: The row.
    public func hazards(_ design: SparseMatrix, row: Int) -> [Double] {
        var hazards: [Double] = []
        hazards.reserveCapacity(grid.count)
        for (band, coefficients) in zip(bands, coefficients) {
            let predictor = design.rowProduct(row, coefficients)
            for interval in band { hazards.append(exp(min(20, max(-30, logBaselines[interval] + predictor)))) }
        }
        return hazards
    }
}
