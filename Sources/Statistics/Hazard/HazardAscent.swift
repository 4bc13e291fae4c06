internal import Dispatch
internal import Glibc
internal import LinearAlgebra
internal import Synchronization

/// The way up the penalised likelihoods of up to eight bands, in step.
struct HazardAscent {
    /// The steps after which a curvature from another place or another sample is taken anew.
    private static let patience = 25

    private struct Lane {
        var coefficients: [Double]
        var gradient: [Double] = []
        var step: [Double] = []
        var memory = LimitedMemory()
        var curvature: HazardCurvature?
        var iterations = 0
        var stepsSinceCurvature = 0
        var isActive = true
    }

    private let likelihood: HazardLikelihood
    private let penalties: [[Double]]
    private var lanes: [Lane]
    private var state: HazardLikelihood.State

    /// - Parameters:
    ///   - penalties: One list a lane.
    ///   - start: The coefficients to start from, where they are better than zeros.
    ///   - curvatures: What precondition the first steps.
    init(
        _ likelihood: HazardLikelihood, penalties: [[Double]], start: [[Double]]?, curvatures: [HazardCurvature?]
    ) {
        self.likelihood = likelihood
        self.penalties = penalties
        let columns = likelihood.design.columns
        let zeros = [Double](repeating: 0, count: columns)
        lanes = likelihood.lanes.indices.map { _ in Lane(coefficients: zeros) }
        state = likelihood.evaluate([SIMD8<Double>](repeating: .zero, count: likelihood.lives.rows))
        for lane in lanes.indices {
            lanes[lane].curvature = curvatures[lane]?.adapted(to: penalties[lane], events: likelihood.events(lane))
            lanes[lane].isActive = likelihood.lanes.lowerBound + lane < likelihood.lives.reachedBands
        }
        guard let start else { return }
        let flat = state
        for lane in lanes.indices {
            lanes[lane].coefficients = start[lane] + zeros.dropFirst(start[lane].count)
        }
        state = likelihood.evaluate(likelihood.design.times(Self.interleaved(lanes.map(\.coefficients))))
        let worse = lanes.indices.filter { flat.logLikelihoods[$0] > objective($0, state) }
        guard !worse.isEmpty else { return }
        for lane in worse {
            lanes[lane].coefficients = zeros
            for row in state.predictors.indices { state.predictors[row][lane] = 0 }
        }
        state = likelihood.evaluate(state.predictors)
    }

    /// The penalised log-likelihood of a lane.
    private func objective(_ lane: Int, _ state: HazardLikelihood.State) -> Double {
        var penalty = 0.0
        for (coefficient, precision) in zip(lanes[lane].coefficients, penalties[lane]) {
            penalty += precision * coefficient * coefficient
        }
        return state.logLikelihoods[lane] - 0.5 * penalty
    }

    private static func interleaved(_ vectors: [[Double]]) -> [SIMD8<Double>] {
        var result = [SIMD8<Double>](repeating: .zero, count: vectors.first?.count ?? 0)
        for (lane, vector) in vectors.enumerated() {
            for (position, value) in vector.enumerated() { result[position][lane] = value }
        }
        return result
    }

    /// Climbs until all lanes have arrived, or for so many steps.
    mutating func climb(_ iterationLimit: Int, tolerance: Double) {
        while lanes.contains(where: \.isActive) {
            let expected = likelihood.expectedEvents(state)
            let gradients = likelihood.gradient(expected)
            refreshCurvatures(expected)
            var slopes = [Double](repeating: 0, count: lanes.count)
            for lane in lanes.indices where lanes[lane].isActive {
                slopes[lane] = turn(lane, gradients)
                lanes[lane].isActive =
                    slopes[lane] > tolerance * (abs(objective(lane, state)) + 1)
                    && lanes[lane].iterations <= iterationLimit
            }
            guard lanes.contains(where: \.isActive) else { return }
            walk(slopes)
        }
    }

    /// Finds the next step of a lane; returns the slope along it.
    private mutating func turn(_ lane: Int, _ gradients: [SIMD8<Double>]) -> Double {
        let old = lanes[lane].gradient
        let gradient = gradients.indices.map {
            gradients[$0][lane] - penalties[lane][$0] * lanes[lane].coefficients[$0]
        }
        if !lanes[lane].step.isEmpty {
            lanes[lane].memory.note(step: lanes[lane].step, change: zip(old, gradient).map { $0 - $1 })
        }
        lanes[lane].gradient = gradient
        let curvature = lanes[lane].curvature
        lanes[lane].step = lanes[lane].memory.direction(gradient) { curvature?.solve($0) ?? $0 }
        lanes[lane].iterations += 1
        lanes[lane].stepsSinceCurvature += 1
        return dot(lanes[lane].step, gradient)
    }

    /// Takes the steps of the active lanes, each halved until it gains enough (Armijo).
    private mutating func walk(_ slopes: [Double]) {
        let zeros = [Double](repeating: 0, count: likelihood.design.columns)
        let ahead = likelihood.design.times(Self.interleaved(lanes.map { $0.isActive ? $0.step : zeros }))
        let before = lanes.indices.map { objective($0, state) }
        let origins = lanes.map(\.coefficients)
        var lengths = SIMD8<Double>.zero
        for lane in lanes.indices where lanes[lane].isActive { lengths[lane] = 1 }
        for attempt in 0...12 {
            if attempt == 12 {
                // No length gains anything: rounding is all that is left.
                for lane in lanes.indices where lanes[lane].isActive && lengths[lane] < 1e-3 { lengths[lane] = 0 }
            }
            for lane in lanes.indices where lanes[lane].isActive {
                for column in zeros.indices {
                    lanes[lane].coefficients[column] =
                        origins[lane][column] + lengths[lane] * lanes[lane].step[column]
                }
            }
            let next = likelihood.evaluate(zip(state.predictors, ahead).map { $0 + lengths * $1 })
            let short = lanes.indices.filter {
                lanes[$0].isActive && lengths[$0] > 0
                    && !(objective($0, next) >= before[$0] + 1e-4 * lengths[$0] * slopes[$0])
            }
            if short.isEmpty || attempt == 12 {
                state = next
                break
            }
            for lane in short { lengths[lane] /= 2 }
        }
        for lane in lanes.indices where lanes[lane].isActive {
            lanes[lane].isActive = lengths[lane] > 0
            for column in zeros.indices { lanes[lane].step[column] *= lengths[lane] }
        }
    }

    /// Takes the curvature of the active lanes that have none or whose own has not led them up.
    private mutating func refreshCurvatures(_ expected: [SIMD8<Double>]) {
        let columns = likelihood.design.columns
        for lane in lanes.indices where lanes[lane].isActive {
            guard let curvature = lanes[lane].curvature, curvature.columns < columns else { continue }
            let own = likelihood.design.transposedTimes(expected)
            lanes[lane].curvature?.extend(
                by: (curvature.columns..<columns).map { abs(own[$0][lane]) + penalties[lane][$0] + 1e-9 })
        }
        let due = lanes.indices.filter {
            lanes[$0].isActive && (lanes[$0].curvature == nil || lanes[$0].stepsSinceCurvature >= Self.patience)
        }
        for (lane, curvature) in zip(due, curvatures(of: due, expected)) {
            lanes[lane].curvature = curvature?.curvature
            lanes[lane].memory = LimitedMemory()
            lanes[lane].step = []
            lanes[lane].stepsSinceCurvature = 0
        }
    }

    /// Takes the curvatures anew where the climb stands, each with its information.
    mutating func survey() {
        let reached = lanes.indices.filter { lanes[$0].isActive }
        for (lane, found) in zip(
            reached, curvatures(of: reached, likelihood.expectedEvents(state), keepsInformation: true))
        {
            lanes[lane].curvature = found?.curvature
        }
    }

    /// The curvatures of lanes here, with the diagonals of their inverses; nil where rounding leaves one without a factor.
    private func curvatures(
        of wanted: [Int], _ expected: [SIMD8<Double>], keepsInformation: Bool = false, wantsVariances: Bool = false
    ) -> [(curvature: HazardCurvature, variances: [Double])?] {
        let results = Mutex([(curvature: HazardCurvature, variances: [Double])?](repeating: nil, count: wanted.count))
        DispatchQueue.concurrentPerform(iterations: wanted.count) { position in
            let lane = wanted[position]
            let information = likelihood.information(state, expected: expected, lane: lane)
            let kept = keepsInformation ? information : nil
            guard let factorization = HazardCurvature.penalised(consume information, by: penalties[lane]) else {
                return
            }
            let curvature = HazardCurvature(
                factorization, penalties: penalties[lane], events: likelihood.events(lane), keeping: kept)
            let variances = wantsVariances ? (consume factorization).inverseDiagonal() : []
            results.withLock { $0[position] = (curvature, variances) }
        }
        return results.withLock(\.self)
    }

    /// What the lanes have found.
    ///
    /// - Parameter wantsPosterior: Whether to take the curvatures anew and with them the posterior variances.
    func bandFits(wantsPosterior: Bool) -> [BandFit] {
        let baselines = likelihood.baselines(state).map { log($0) }
        let first = likelihood.lives.bands[likelihood.lanes.lowerBound].lowerBound
        let reached = lanes.indices.filter { likelihood.lanes.lowerBound + $0 < likelihood.lives.reachedBands }
        let posterior =
            wantsPosterior ? curvatures(of: reached, likelihood.expectedEvents(state), wantsVariances: true) : []
        return lanes.indices.map { lane in
            let band = likelihood.lives.bands[likelihood.lanes.lowerBound + lane]
            let own = reached.firstIndex(of: lane).flatMap { wantsPosterior ? posterior[$0] : nil }
            return BandFit(
                coefficients: lanes[lane].coefficients,
                logBaselines: Array(baselines[(band.lowerBound - first)..<(band.upperBound - first)]),
                posteriorVariances: wantsPosterior
                    ? own?.variances ?? penalties[lane].map { 1 / max($0, 1e-9) } : [],
                iterations: lanes[lane].iterations, objective: objective(lane, state),
                curvature: own?.curvature ?? lanes[lane].curvature)
        }
    }
}

/// What was found in one band.
struct BandFit {
    var coefficients: [Double]
    var logBaselines: [Double]
    var posteriorVariances: [Double]
    var iterations: Int
    var objective: Double
    var curvature: HazardCurvature?
}
