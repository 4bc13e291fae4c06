internal import Glibc

/// Base models, their mixture and their calibration as they stand at a moment, laid out to predict many subjects.
///
/// The same numbers as ``HazardMixture/predict(base:group:day:)`` and
/// ``HazardCalibration/distribution(grid:hazards:group:day:)`` give, up to rounding: what depends on the moment alone is taken once,
/// and what depends on the group once a group. Intervals are worked in blocks of eight.
public struct HazardEnsemble: Sendable {
    /// What a group changes.
    public struct Correction: Sendable {
        /// The factor of the mixture's hazard in each interval.
        let ratios: [Double]
        /// The factor of the hazard in each cell of the calibration.
        let rates: [Double]
    }

    private typealias Lanes = VectorExponential.Lanes

    /// One expert in one block of intervals.
    private struct Expert: Sendable {
        var model: Int
        var ratios: Lanes
        var weights: Lanes
        /// The sum of the weights of the experts after it, which are at most as heavy.
        var rest: Lanes
    }

    /// The intervals of age.
    public let grid: AgeGrid
    /// The bands of intervals.
    public let bands: [Range<Int>]
    /// The weight of each base model in each band, the location model last.
    public let baseWeights: [[Double]]

    private let fitCount: Int
    private let blocks: Int
    private let logBaselines: [Double]
    private let location: LocationFit
    private let locationBoundaries: [Double]
    private let leastLastHazard: Double
    /// The experts of each block, the heaviest first.
    private let experts: [[Expert]]
    private let corrections: [String: Correction]
    private let plain: Correction

    /// Lays out what is known at a moment.
    ///
    /// - Parameters:
    ///   - fits: The proportional base models, of one grid and bands; at least one.
    ///   - location: The base model of the location.
    ///   - leastLastHazard: The least cumulative hazard that a base model gives the last interval.
    ///   - mixture: The mixture of these base models, the location model last, refreshed for the day.
    ///   - calibration: The calibration.
    ///   - day: The present in days.
    public init(
        fits: [HazardFit], location: LocationFit, leastLastHazard: Double, mixture: HazardMixture,
        calibration: HazardCalibration, day: Double
    ) {
        precondition(
            !fits.isEmpty
                && mixture.fits(
                    intervals: fits[0].grid.count, bands: fits[0].bands.count, baseModels: fits.count + 1),
            "the mixture is one of these base models")
        grid = fits[0].grid
        bands = fits[0].bands
        baseWeights = mixture.baseWeights
        fitCount = fits.count
        blocks = (fits[0].grid.count + 7) / 8
        self.location = location
        locationBoundaries = fits[0].grid.boundaries.map { LocationFit.location(ofHours: $0) }
        self.leastLastHazard = leastLastHazard
        logBaselines = fits.flatMap(\.logBaselines)
        experts = Self.experts(of: mixture, blocks: blocks)
        func correction(_ group: String) -> Correction {
            let ratios = mixture.groups[group]?.ratios(at: day, strength: mixture.settings.groupStrength, kernel: [1])
            return Correction(
                ratios: mixture.bandOfInterval.map { ratios?[$0] ?? 1 },
                rates: calibration.rates(group: group, day: day))
        }
        var corrections: [String: Correction] = [:]
        for group in mixture.groups.keys { corrections[group] = correction(group) }
        for group in calibration.groups.keys where corrections[group] == nil {
            corrections[group] = correction(group)
        }
        self.corrections = corrections
        plain = correction("")
    }

    private static func experts(of mixture: HazardMixture, blocks: Int) -> [[Expert]] {
        let weights = (0...(mixture.bandOfInterval.last ?? 0)).map { mixture.mixtureWeights(band: $0) }
        return (0..<blocks).map { block in
            var experts = (0..<mixture.experts).map { expert in
                let (model, ratio) = expert.quotientAndRemainder(dividingBy: mixture.expertsPerBase)
                var result = Expert(model: model, ratios: Lanes(repeating: 1), weights: Lanes(), rest: Lanes())
                for lane in 0..<8 where 8 * block + lane < mixture.intervals {
                    let interval = 8 * block + lane
                    result.weights[lane] = weights[mixture.bandOfInterval[interval]][expert]
                    if ratio > 0 {
                        let position = model * mixture.settings.halfLives.count + ratio - 1
                        result.ratios[lane] = mixture.cachedRatios[position][interval]
                    }
                }
                return result
            }
            experts.sort { $0.weights.max() > $1.weights.max() }
            var rest = Lanes()
            for position in experts.indices.reversed() {
                experts[position].rest = rest
                rest += experts[position].weights
            }
            return experts
        }
    }

    /// The place of the predictor of a proportional model in a band.
    public func predictor(ofFit fit: Int, band: Int) -> Int { 1 + band * fitCount + fit }

    /// The number of linear predictors of a subject: that of the location, and those of the proportional models in each band in turn.
    public var predictorCount: Int { fitCount * bands.count + 1 }

    /// What a group changes; a group that was never met changes nothing of its own.
    public func correction(ofGroup group: String) -> Correction { corrections[group] ?? plain }

    /// The predictive distribution of a subject.
    ///
    /// - Parameters:
    ///   - predictors: At least ``predictorCount`` linear predictors.
    ///   - frailty: What is not known of it, if something is not.
    ///   - correction: What its group changes.
    public func distribution(
        predictors: UnsafeBufferPointer<Double>, frailty: Frailty? = nil, correction: Correction
    ) -> DurationDistribution {
        precondition(predictors.count >= predictorCount, "one predictor a model and band")
        precondition(frailty.map { $0.shifts.count == predictorCount } ?? true, "one shift a predictor")
        let count = grid.count
        let models = fitCount + 1
        return withUnsafeTemporaryAllocation(of: Lanes.self, capacity: models * blocks) { base in
            base.initialize(repeating: Lanes())
            if let frailty {
                base.withMemoryRebound(to: Double.self) { hazards(predictors, frailty, into: $0) }
            } else {
                base.withMemoryRebound(to: Double.self) { base in
                    logarithms(predictors, into: base)
                    locationHazards(shift: predictors[0], into: base, from: fitCount * blocks * 8)
                }
                for position in 0..<(fitCount * blocks) {
                    base[position] = VectorExponential.exponential(base[position])
                }
            }
            base.withMemoryRebound(to: Double.self) { base in
                for model in 0..<models {
                    let last = model * blocks * 8 + count - 1
                    base[last] = max(base[last], leastLastHazard)
                }
            }
            let cumulative = [Double](unsafeUninitializedCapacity: count + 1) { result, filled in
                for block in 0..<blocks {
                    let survival = survival(base, block: block)
                    for lane in 0..<min(8, count - 8 * block) {
                        let interval = 8 * block + lane
                        result[interval + 1] = -log(max(survival[lane], 1e-300)) * correction.ratios[interval]
                    }
                }
                Self.calibrate(result, count: count, rates: correction.rates)
                filled = count + 1
            }
            return DurationDistribution(grid: grid, cumulativeHazards: cumulative)
        }
    }

    /// The logarithms of the hazards of the proportional models.
    private func logarithms(
        _ predictors: UnsafeBufferPointer<Double>, into result: UnsafeMutableBufferPointer<Double>
    ) {
        logBaselines.withUnsafeBufferPointer { logBaselines in
            for fit in 0..<fitCount {
                for (band, range) in bands.enumerated() {
                    let predictor = predictors[predictor(ofFit: fit, band: band)]
                    for interval in range {
                        let value = logBaselines[fit * grid.count + interval] + predictor
                        result[fit * blocks * 8 + interval] = min(20, max(-30, value))
                    }
                }
            }
        }
    }

    /// The hazards of all models where something is not known of the subject.
    private func hazards(
        _ predictors: UnsafeBufferPointer<Double>, _ frailty: Frailty, into result: UnsafeMutableBufferPointer<Double>
    ) {
        for fit in 0..<fitCount {
            var survivors = FrailtySurvivors()
            for (band, range) in bands.enumerated() {
                let place = predictor(ofFit: fit, band: band)
                let lanes = predictors[place] + frailty.shifts[place]
                for interval in range {
                    let logarithms = HazardFit.bounded(logBaselines[fit * grid.count + interval] + lanes)
                    result[fit * blocks * 8 + interval] = survivors.leave(VectorExponential.exponential(logarithms))
                }
            }
        }
        let place = location.hazards(boundaries: locationBoundaries, shifts: predictors[0] + frailty.shifts[0])
        for (interval, hazard) in place.enumerated() { result[fitCount * blocks * 8 + interval] = hazard }
    }

    private func locationHazards(shift: Double, into result: UnsafeMutableBufferPointer<Double>, from start: Int) {
        locationBoundaries.withUnsafeBufferPointer { boundaries in
            var before = location.cumulativeHazard(atLocation: boundaries[0], shift: shift)
            for interval in 0..<grid.count {
                let after = location.cumulativeHazard(atLocation: boundaries[interval + 1], shift: shift)
                result[start + interval] = max(1e-12, after - before)
                before = after
            }
        }
    }

    /// The mixed probability to live through each interval of a block.
    @inline(__always)
    private func survival(_ base: UnsafeMutableBufferPointer<Lanes>, block: Int) -> Lanes {
        experts[block].withUnsafeBufferPointer { experts in
            var survival = Lanes()
            for expert in experts {
                let hazard = base[expert.model * blocks + block] * expert.ratios
                survival += expert.weights * VectorExponential.exponential(-hazard)
                // What follows cannot change the sum by more than a hundredth of its last bit.
                if all(expert.rest .<= survival * 1e-18) { break }
            }
            return survival
        }
    }

    /// Turns hazards of intervals, which stand from position 1 on, into corrected cumulative hazards at the boundaries.
    private static func calibrate(_ result: UnsafeMutableBufferPointer<Double>, count: Int, rates: [Double]) {
        HazardCalibration.boundaries.withUnsafeBufferPointer { boundaries in
            rates.withUnsafeBufferPointer { rates in
                var cell = 0
                var (start, corrected, value, sum) = (0.0, 0.0, 0.0, 0.0)
                result[0] = 0
                for interval in 0..<count {
                    value += result[interval + 1]
                    let before = corrected
                    while cell < boundaries.count && boundaries[cell] < value {
                        corrected += (boundaries[cell] - start) * rates[cell]
                        start = boundaries[cell]
                        cell += 1
                    }
                    corrected += (value - start) * rates[cell]
                    start = value
                    sum += max(corrected - before, DurationDistribution.leastHazard(isLast: interval == count - 1))
                    result[interval + 1] = sum
                }
            }
        }
    }
}
