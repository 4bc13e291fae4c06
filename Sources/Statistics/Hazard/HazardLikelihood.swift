internal import Glibc
internal import LinearAlgebra

/// The penalised likelihood of up to eight bands, one a lane, in which all bands share each pass over the rows.
struct HazardLikelihood {
    /// Beyond this the linear predictor of a hazard is noise; the bound keeps exp finite.
    private static let largestPredictor = 30.0
    /// The products of entries in one information matrix beyond which a subsample of the rows gives it.
    private static let largestGramWork = 4e8

    let design: MixedMatrix
    let lives: LivedIntervals
    /// The bands of the lanes.
    let lanes: Range<Int>
    /// The exposure of the one pseudo event of each band, at the mean rate of the band.
    private var priorExposures: [Double] = []

    /// What one evaluation gives.
    struct State {
        /// The linear predictors, one element a row.
        var predictors: [SIMD8<Double>]
        /// The relative hazard times the weight at the start of the band; 0 in bands that the row has not reached.
        var hazards: [SIMD8<Double>]
        /// The relative hazard times the exposure in the last interval.
        var lastExposures: [Double]
        /// The relative exposure of each interval of the lanes, with that of the pseudo event.
        var sums: [Double]
        /// The profiled log-likelihood of each lane.
        var logLikelihoods: [Double]
    }

    init(design: MixedMatrix, lives: LivedIntervals, lanes: Range<Int>) {
        self.design = design
        self.lives = lives
        self.lanes = lanes
        priorExposures = [Double](repeating: 0, count: lanes.count)
        let flat = evaluate([SIMD8<Double>](repeating: .zero, count: lives.rows))
        priorExposures = lanes.map { band in
            let events = events(band - lanes.lowerBound)
            let exposure = lives.bands[band].reduce(0) { $0 + flat.sums[$1 - firstInterval] }
            return (exposure + 1) / (events + 1)
        }
    }

    private var firstInterval: Int { lives.bands[lanes.lowerBound].lowerBound }
    private var intervals: Range<Int> { firstInterval..<lives.bands[lanes.upperBound - 1].upperBound }

    /// The weighted events of a lane.
    func events(_ lane: Int) -> Double {
        lives.bands[lanes.lowerBound + lane].reduce(0) { $0 + lives.eventTotals[$1] }
    }

    /// The likelihood at linear predictors.
    func evaluate(_ predictors: [SIMD8<Double>]) -> State {
        var state = State(
            predictors: predictors, hazards: [SIMD8<Double>](repeating: .zero, count: predictors.count),
            lastExposures: [Double](repeating: 0, count: predictors.count),
            sums: [Double](repeating: 0, count: intervals.count),
            logLikelihoods: [Double](repeating: 0, count: lanes.count))
        let bound = SIMD8<Double>(repeating: Self.largestPredictor)
        let lane = SIMD8<Double>(0, 1, 2, 3, 4, 5, 6, 7)
        var shifts = SIMD8<Double>.zero
        for (lane, band) in lanes.enumerated() { shifts[lane] = lives.bandShifts[band] }
        // Of each band, the hazards of the rows that lived through all of it; of each interval, those last seen there.
        var whole = SIMD8<Double>.zero
        var until = [Double](repeating: 0, count: intervals.count)
        for row in 0..<predictors.count {
            let band = Int(lives.lastBand[row])
            guard band >= lanes.lowerBound else { continue }
            let predictor = predictors[row].clamped(lowerBound: -bound, upperBound: bound)
            var hazard = VectorExponential.exponential(predictor + shifts + lives.logWeights[row])
            hazard.replace(with: 0, where: lane .> Double(band - lanes.lowerBound))
            state.hazards[row] = hazard
            if band < lanes.upperBound {
                let lane = band - lanes.lowerBound
                let interval = Int(lives.last[row]) - firstInterval
                let exposure = exp(predictor[lane]) * lives.parts[row]
                state.lastExposures[row] = exposure
                state.sums[interval] += exposure
                state.logLikelihoods[lane] += lives.events[row] * predictor[lane]
                until[interval] += hazard[lane]
                hazard[lane] = 0
            }
            whole += hazard
        }
        for (lane, band) in lanes.enumerated() {
            var living = whole[lane]
            for interval in lives.bands[band].reversed() {
                let position = interval - firstInterval
                state.sums[position] += lives.intervalWeights[interval] * living
                living += until[position]
                if !priorExposures.isEmpty { state.sums[position] += priorExposures[lane] }
                let events = lives.eventTotals[interval] + 1
                state.logLikelihoods[lane] -= events * log(state.sums[position]) - events * log(events) + events
            }
        }
        return state
    }

    /// The baseline hazard of each interval of the lanes.
    func baselines(_ state: State) -> [Double] {
        intervals.map { (lives.eventTotals[$0] + 1) / state.sums[$0 - firstInterval] }
    }

    /// The expected events of each row in each band.
    func expectedEvents(_ state: State) -> [SIMD8<Double>] {
        let baselines = baselines(state)
        // The cumulative hazards at the end of a band and before each of its intervals, with the weights of the intervals.
        var whole = SIMD8<Double>.zero
        var before = [Double](repeating: 0, count: intervals.count)
        for (lane, band) in lanes.enumerated() {
            var sum = 0.0
            for interval in lives.bands[band] {
                before[interval - firstInterval] = sum
                sum += lives.intervalWeights[interval] * baselines[interval - firstInterval]
            }
            whole[lane] = sum
        }
        return (0..<lives.rows).map { row in
            let band = Int(lives.lastBand[row])
            guard band >= lanes.lowerBound else { return .zero }
            var expected = state.hazards[row] * whole
            if band < lanes.upperBound {
                let lane = band - lanes.lowerBound
                let interval = Int(lives.last[row]) - firstInterval
                expected[lane] =
                    state.hazards[row][lane] * before[interval] + state.lastExposures[row] * baselines[interval]
            }
            return expected
        }
    }

    /// The gradient of the log-likelihood by the coefficients, one element a column.
    func gradient(_ expected: [SIMD8<Double>]) -> [SIMD8<Double>] {
        let residuals = expected.indices.map { row in
            var residual = -expected[row]
            let lane = Int(lives.lastBand[row]) - lanes.lowerBound
            if lives.events[row] > 0, lane >= 0, lane < lanes.count { residual[lane] += lives.events[row] }
            return residual
        }
        return design.transposedTimes(residuals)
    }

    /// The information of a lane about the coefficients: the sum over rows less the part that the baselines absorb.
    ///
    /// Where many rows have reached the band, some of them stand for all. Taken over these in both parts, the difference stays
    /// positive semi-definite.
    func information(_ state: State, expected: [SIMD8<Double>], lane: Int) -> Matrix {
        let reached = (0..<lives.rows).filter { Int(lives.lastBand[$0]) >= lanes.lowerBound + lane }
        let largest = max(1, Int(Self.largestGramWork / design.squaredEntriesOfRow))
        let stride = (reached.count + largest - 1) / largest
        let rows = Swift.stride(from: 0, to: reached.count, by: max(1, stride)).map { reached[$0] }
        let scale = Double(reached.count) / Double(max(1, rows.count))
        var weights = [Double](repeating: 0, count: lives.rows)
        for row in rows { weights[row] = max(0, scale * expected[row][lane]) }
        var information = design.gram(weights: weights)
        let band = lives.bands[lanes.lowerBound + lane]
        let baselines = baselines(state)
        var factors = Matrix(rows: design.columns, columns: band.count)
        for start in Swift.stride(from: band.lowerBound, to: band.upperBound, by: 8) {
            let chunk = start..<min(start + 8, band.upperBound)
            var shares = [SIMD8<Double>](repeating: .zero, count: lives.rows)
            var totals = SIMD8<Double>.zero
            for row in rows {
                shares[row] = exposures(of: row, lane: lane, intervals: chunk, state) * scale
                totals += shares[row]
            }
            let means = design.transposedTimes(shares)
            for (position, interval) in chunk.enumerated() {
                let total = totals[position] + priorExposures[lane]
                let root = (baselines[interval - firstInterval] / total).squareRoot()
                for column in 0..<design.columns {
                    factors[column, interval - band.lowerBound] = root * means[column][position]
                }
            }
        }
        information.subtractSquare(of: factors)
        return information
    }

    /// The relative exposure of a row in up to eight intervals of a band.
    private func exposures(of row: Int, lane: Int, intervals: Range<Int>, _ state: State) -> SIMD8<Double> {
        var exposures = SIMD8<Double>.zero
        let last = Int(lives.last[row])
        for (position, interval) in intervals.enumerated() where interval <= last {
            exposures[position] =
                interval == last
                ? state.lastExposures[row] : state.hazards[row][lane] * lives.intervalWeights[interval]
        }
        return exposures
    }
}
