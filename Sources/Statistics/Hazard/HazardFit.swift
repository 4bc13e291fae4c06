internal import Glibc
public import LinearAlgebra

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
    /// The steps tried in each band; the last one is not taken where it would have gained nothing.
    public let iterations: [Int]
    /// The maximised objective, summed over the bands.
    public let penalisedLogLikelihood: Double
    /// What preconditions a fit that starts from this one.
    let curvatures: [HazardCurvature?]

    init(grid: AgeGrid, bands: [Range<Int>], fits: [BandFit]) {
        self.grid = grid
        self.bands = bands
        coefficients = fits.map(\.coefficients)
        logBaselines = fits.flatMap(\.logBaselines)
        posteriorVariances = fits.map(\.posteriorVariances)
        iterations = fits.map(\.iterations)
        penalisedLogLikelihood = fits.reduce(0) { $0 + $1.objective }
        curvatures = fits.map(\.curvature)
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
        self.grid = grid
        self.bands = bands
        self.coefficients = coefficients
        self.logBaselines = logBaselines
        posteriorVariances = []
        iterations = []
        penalisedLogLikelihood = .nan
        curvatures = [HazardCurvature?](repeating: nil, count: bands.count)
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
