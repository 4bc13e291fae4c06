internal import Features
internal import Glibc
internal import Statistics

extension ResolutionTimeLearner {
    /// The entries of the tickets that are enough to estimate variances.
    private static let largestVarianceSample = 1_500_000
    /// The exponent of a change of a variance: the rule alone approaches its fixed point slowly.
    private static let relaxation = 1.5
    /// The gain, as a share of the objective, that these fits may leave: variances need no more.
    private static let tolerance = 1e-3
    private static let locationRounds = 4
    /// The mean change of the logarithm of a precision, in the share that the prior has in a coefficient, at which rounds end.
    private static let smallestMove = 0.06

    /// Re-estimates the variance of each block in each band by the generalised Fellner-Schall rule, drawn to the variance of the
    /// block over all bands.
    ///
    /// Rounds end when the variances have settled, or when there are so many tickets that they hardly matter.
    ///
    /// Source: Wood and Fasiolo 2017, Biometrics 73(4).
    public mutating func estimateVariances(on day: Double) throws {
        let rows = history.count(before: day)
        schema.learnLevels(of: table, rows: 0..<rows)
        let step = max(1, rows * schema.typicalEntryCount / Self.largestVarianceSample)
        let sample = sample(on: day, rows: Array(stride(from: 0, to: rows, by: step)))
        let bands = regressions[regressions.count - 1]
        let model = try HazardRegression(
            grid: grid, bandStarts: bands.bands.map(\.lowerBound), halfLifeDays: bands.halfLifeDays,
            tolerance: Self.tolerance)
        var fit = try firstFits(model, sample)
        for round in 1...settings.varianceRounds {
            if round > 1 {
                fit = try model.fit(
                    sample, bandPenalties: penalties(scale: 1), start: estimate, wantsPosterior: true)
            }
            estimate = fit
            let move = updatePrecisions(after: fit, step: Double(step))
            // The first rounds move from an arbitrary start.
            if round > 2 && move < Self.smallestMove { break }
        }
    }

    /// The first fit of the hazards, and beside it, on another core, all that is wanted of the location.
    private mutating func firstFits(_ model: HazardRegression, _ sample: HazardSample) throws -> HazardFit {
        let learner = self
        let places = BackgroundValue { try learner.locationVariances(sample) }
        let fit = try model.fit(sample, bandPenalties: penalties(scale: 1), wantsPosterior: true)
        let place = try places.get()
        location = place.fit
        locationPrecisions = place.precisions
        return fit
    }

    /// Takes the precisions anew from a fit with the old ones.
    ///
    /// - Parameter step: How many tickets one ticket of the fit stands for.
    /// - Returns: How far the precisions moved, where they matter.
    private mutating func updatePrecisions(after fit: HazardFit, step: Double) -> Double {
        var squares = precisions.map { [Double](repeating: 0, count: $0.count) }
        var (freedoms, shares) = (squares, squares)
        for band in precisions.indices {
            for (column, block) in schema.blockOfColumn.enumerated() {
                let (coefficient, precision) = (fit.coefficients[band][column], precisions[band][block])
                let variance = fit.posteriorVariances[band][column]
                squares[band][block] += coefficient * coefficient
                freedoms[band][block] += max(0, 1 - precision * variance)
                shares[band][block] += precision / (precision + step * max(0, 1 / variance - precision))
            }
        }
        var moved = 0.0
        for block in precisions[0].indices {
            let square = squares.reduce(0) { $0 + $1[block] }
            guard square > 0 else { continue }
            let pooled = Self.bounded(freedoms.reduce(0) { $0 + $1[block] } / square)
            for band in precisions.indices {
                let wanted =
                    (freedoms[band][block] + settings.variancePooling)
                    / (squares[band][block] + settings.variancePooling / pooled)
                let old = precisions[band][block]
                precisions[band][block] = Self.bounded(old * pow(wanted / old, Self.relaxation))
                moved += shares[band][block] * abs(log(precisions[band][block] / old))
            }
        }
        return moved / Double(precisions.count * schema.columnCount)
    }

    /// The location and the precisions of its blocks by the same rule.
    private func locationVariances(_ sample: HazardSample) throws -> (fit: LocationFit, precisions: [Double]) {
        var (location, locationPrecisions) = (location, locationPrecisions)
        for _ in 1...Self.locationRounds {
            let precisions = schema.blockOfColumn.map { locationPrecisions[$0] }
            let fit = try locationRegression.fit(sample, precisions: precisions, start: location, wantsPosterior: true)
            location = fit
            var squares = [Double](repeating: 0, count: locationPrecisions.count)
            var freedoms = squares
            for (column, block) in schema.blockOfColumn.enumerated() {
                squares[block] += fit.coefficients[column] * fit.coefficients[column]
                freedoms[block] += max(0, 1 - precisions[column] * fit.posteriorVariances[column])
            }
            for block in squares.indices where squares[block] > 0 {
                locationPrecisions[block] = Self.bounded(freedoms[block] / squares[block])
            }
        }
        guard let location else { throw HazardError.noEvents }
        return (location, locationPrecisions)
    }

    private static func bounded(_ precision: Double) -> Double { min(300, max(0.1, precision)) }
}
