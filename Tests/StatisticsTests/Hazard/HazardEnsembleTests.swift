import Glibc
import LinearAlgebra
import Statistics
import Testing

/// The ensemble against the parts that it lays out.
struct HazardEnsembleTests {
    private static let day = 41.3
    private let grid: AgeGrid
    private let fits: [HazardFit]
    private let location: LocationFit
    private var mixture: HazardMixture
    private var calibration = HazardCalibration(halfLife: 30, groupHalfLife: 60, strength: 10, groupStrength: 10)

    /// Eleven intervals: one block of eight lanes, and one that is not full.
    init() throws {
        let grid = try AgeGrid(boundaries: [0] + (0..<11).map { exp(0.4 * Double($0)) })
        self.grid = grid
        let bands = [0..<3, 3..<7, 7..<11]
        var generator = SplitMix64(seed: 61)
        func numbers(_ count: Int, _ scale: Double) -> [Double] {
            (0..<count).map { _ in scale * (2 * generator.uniform() - 1) }
        }
        fits = [0.3, 1].map { scale in
            HazardFit(
                grid: grid, bands: bands, coefficients: bands.map { _ in numbers(4, scale) },
                logBaselines: numbers(11, 2))
        }
        var sum = 0.0
        location = LocationFit(
            coefficients: numbers(4, 0.5), intercept: 1.5, deviation: 1.2,
            cumulativeHazards: [0]
                + numbers(80, 0.5).map {
                    sum += abs($0)
                    return sum
                })
        mixture = HazardMixture(bands: bands, baseModels: 3, settings: HazardMixture.Settings())
        for step in 0..<400 {
            let interval = step % 11
            let base = (0..<3).map { model in (0..<11).map { 0.1 + 0.05 * Double(($0 + model) % 5) } }
            let time = 0.1 * Double(step)
            let exposure = HazardMixture.Exposure(
                interval: interval, part: generator.uniform(), event: step % 4 == 0, day: time)
            let group = ["network", "database", ""][step % 3]
            mixture.learn(exposure, base: base, mixture: base[0], group: group)
            let start = 2 * generator.uniform()
            calibration.learn(
                start...(start + generator.uniform()), event: step % 3 == 0, group: group == "database" ? "" : group,
                day: time)
        }
        mixture.refresh(Self.day)
    }

    @Test(arguments: ["network", "database", "", "unheard"], [0.0, 1, 5, 40])
    func `a distribution is that of the base models, mixed and calibrated`(group: String, size: Double) {
        let ensemble = HazardEnsemble(
            fits: fits, location: location, leastLastHazard: 3, mixture: mixture, calibration: calibration,
            day: Self.day)
        var design = SparseMatrix(columns: 4)
        for column in 0..<4 { design.append(size * (Double(column) - 1.2), column: column) }
        design.endRow()
        var base = fits.map { $0.hazards(design, row: 0) }
        base.append(location.hazards(grid, shift: design.rowProduct(0, location.coefficients)))
        for model in base.indices { base[model][10] = max(base[model][10], 3) }
        var mixture = mixture
        let expected = calibration.distribution(
            grid: grid, hazards: mixture.predict(base: base, group: group, day: Self.day), group: group, day: Self.day)

        var predictors = [design.rowProduct(0, location.coefficients)]
        for band in ensemble.bands.indices {
            for (position, fit) in fits.enumerated() {
                #expect(ensemble.predictor(ofFit: position, band: band) == predictors.count)
                predictors.append(design.rowProduct(0, fit.coefficients[band]))
            }
        }
        #expect(ensemble.predictorCount == predictors.count)
        let distribution = predictors.withUnsafeBufferPointer {
            ensemble.distribution(predictors: $0, correction: ensemble.correction(ofGroup: group))
        }
        #expect(distribution.grid == grid && distribution.cumulativeHazards[0] == 0)
        for (one, other) in zip(distribution.cumulativeHazards, expected.cumulativeHazards).dropFirst() {
            #expect(abs(one / other - 1) < 1e-9)
        }
    }

    @Test func `what is not known is mixed within each base model`() {
        let ensemble = HazardEnsemble(
            fits: fits, location: location, leastLastHazard: 3, mixture: mixture, calibration: calibration,
            day: Self.day)
        var design = SparseMatrix(columns: 4)
        design.append(0.7, column: 1)
        design.endRow()
        let frailty = Frailty(
            shifts: (0..<ensemble.predictorCount).map {
                Frailty.Lanes(-1.4, -1, -0.6, -0.2, 0.2, 0.6, 1, 1.4) * (Double($0) - 2)
            })
        var base = fits.enumerated().map { position, fit in
            fit.hazards(
                design, row: 0,
                shifts: fit.bands.indices.map { frailty.shifts[ensemble.predictor(ofFit: position, band: $0)] })
        }
        let place = design.rowProduct(0, location.coefficients)
        base.append(location.hazards(grid, shifts: place + frailty.shifts[0]))
        for model in base.indices { base[model][10] = max(base[model][10], 3) }
        var mixture = mixture
        let expected = calibration.distribution(
            grid: grid, hazards: mixture.predict(base: base, group: "network", day: Self.day), group: "network",
            day: Self.day)
        let predictors =
            [place]
            + ensemble.bands.indices.flatMap { band in
                fits.map { design.rowProduct(0, $0.coefficients[band]) }
            }
        let distribution = predictors.withUnsafeBufferPointer {
            ensemble.distribution(
                predictors: $0, frailty: frailty, correction: ensemble.correction(ofGroup: "network"))
        }
        for (one, other) in zip(distribution.cumulativeHazards, expected.cumulativeHazards).dropFirst() {
            #expect(abs(one / other - 1) < 1e-9)
        }
    }

    @Test func `survivals at the boundaries are those of the ages and give the mean`() {
        let distribution = DurationDistribution(
            grid: grid, hazards: [0.1, 0.2, 0, 0.3, 1e-9, 0.5, 0.2, 2, 0.7, 0.4, 0.1])
        let survivals = distribution.boundarySurvivals
        for (survival, hours) in zip(survivals, grid.boundaries) {
            #expect(abs(survival - distribution.survival(atHours: hours)) < 1e-14)
        }
        // The survival in a fine grid of ln(1 + hours), by the rule of the middle; the tail is exponential.
        let steps = 200_000
        let end = grid.logarithms[11]
        var mean = 0.0
        for step in 0..<steps {
            let age = end * (Double(step) + 0.5) / Double(steps)
            mean += exp(-distribution.cumulativeHazard(atLogAge: age)) * end / Double(steps)
        }
        mean += survivals[11] * (end - grid.logarithms[10]) / 0.2
        #expect(abs(distribution.meanLogHours - mean) < 1e-6)
        #expect(distribution.meanLogHours(survivals: survivals) == distribution.meanLogHours)
    }
}
