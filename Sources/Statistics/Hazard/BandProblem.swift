internal import Glibc
internal import LinearAlgebra

struct BandFit: Sendable {
    var coefficients: [Double]
    var logBaselines: [Double]
    var posteriorVariances: [Double] = []
    var iterations = 0
    var objective = 0.0
}

/// The penalised likelihood of one band of intervals.
struct BandProblem {
    /// Beyond this the linear predictor of a hazard is noise; the bound keeps exp finite.
    private static let largestPredictor = 30.0
    /// The work of one full information matrix above which a subsample of the rows gives it.
    ///
    /// The gradient stays exact, so that only the speed of convergence depends on the subsample (Byrd et al. 2011, SIAM J.
    /// Optim. 21(3)).
    private static let largestGramWork = 3e7

    private let width: Int
    private let design: SparseMatrix
    private let exposureStarts: [Int]
    private let exposures: [Double]
    private let events: [Double]
    private let eventTotals: [Double]
    private let priorExposure: Double
    private let gramStride: Int

    init(sample: HazardSample, grid: AgeGrid, band: Range<Int>, halfLifeDays: Double) {
        width = band.count
        var rows: [Int] = []
        var starts = [0]
        var exposures: [Double] = []
        var events: [Double] = []
        var eventTotals = [Double](repeating: 0, count: band.count)
        let decay = halfLifeDays.isFinite ? log(2) / halfLifeDays : 0
        for row in 0..<sample.logAges.count {
            let age = sample.logAges[row]
            let beginningOfBand = grid.logarithms[band.lowerBound]
            // An event on the very boundary belongs to the band that begins there, though nothing of it was lived through.
            guard age > beginningOfBand || (sample.events[row] && age == beginningOfBand) else { continue }
            var event = 0.0
            var total = 0.0
            let beginning = exposures.count
            for interval in band {
                let part = grid.fraction(of: interval, atLogAge: age)
                let ends = age < grid.logarithms[interval + 1] || interval == grid.count - 1
                let end = sample.entryDays[row] + (ends ? expm1(age) : grid.boundaries[interval + 1]) / 24
                let weight = exp(-decay * max(0, sample.now - end))
                exposures.append(weight * part)
                total += weight * part
                if ends {
                    if sample.events[row] {
                        event = weight
                        eventTotals[interval - band.lowerBound] += weight
                    }
                    break
                }
            }
            if total < 1e-12 && event < 1e-12 {
                exposures.removeLast(exposures.count - beginning)
                continue
            }
            rows.append(row)
            starts.append(exposures.count)
            events.append(event)
        }
        exposureStarts = starts
        self.exposures = exposures
        self.events = events
        self.eventTotals = eventTotals
        design = sample.design.selectingRows(rows)
        let total = eventTotals.reduce(0, +)
        priorExposure = (exposures.reduce(0, +) + 1) / (total + 1)
        let entries = Double(design.values.count)
        let work = rows.isEmpty ? 0 : entries * entries / Double(rows.count) / 2
        gramStride = max(1, Int((work / Self.largestGramWork).rounded()))
    }

    /// What one evaluation of the likelihood gives.
    private struct State {
        var predictors: [Double]
        var hazards: [Double]
        var sums: [Double]
        var objective: Double
    }

    private func evaluate(_ coefficients: [Double], penalties: [Double]) -> State {
        var predictors = design * coefficients
        var hazards = [Double](repeating: 0, count: predictors.count)
        var sums = [Double](repeating: 0, count: width)
        var objective = 0.0
        exposures.withUnsafeBufferPointer { exposures in
            for row in 0..<predictors.count {
                let predictor = min(Self.largestPredictor, max(-Self.largestPredictor, predictors[row]))
                predictors[row] = predictor
                let relative = exp(predictor)
                hazards[row] = relative
                objective += events[row] * predictor
                let start = exposureStarts[row]
                for position in start..<exposureStarts[row + 1] {
                    sums[position - start] += relative * exposures[position]
                }
            }
        }
        for interval in 0..<width {
            let events = eventTotals[interval] + 1
            objective -= events * log(sums[interval] + priorExposure) - events * log(events) + events
        }
        for column in 0..<coefficients.count {
            objective -= 0.5 * penalties[column] * coefficients[column] * coefficients[column]
        }
        return State(predictors: predictors, hazards: hazards, sums: sums, objective: objective)
    }

    mutating func solve(penalties: [Double], start: [Double]?, iterationLimit: Int, wantsPosterior: Bool) -> BandFit {
        let columns = design.columns
        var fit = BandFit(
            coefficients: start ?? [Double](repeating: 0, count: columns),
            logBaselines: [Double](repeating: 0, count: width))
        var state = evaluate(fit.coefficients, penalties: penalties)
        if start != nil {
            let zeros = [Double](repeating: 0, count: columns)
            let fresh = evaluate(zeros, penalties: penalties)
            if fresh.objective > state.objective { (state, fit.coefficients) = (fresh, zeros) }
        }
        var factor: CholeskyFactorization?
        if design.rows > 0 {
            while fit.iterations < iterationLimit {
                let (expected, gradient) = expectedEvents(state, fit.coefficients, penalties)
                guard
                    let information = try? CholeskyFactorization(
                        information(state, expected: expected, penalties: penalties))
                else { break }
                factor = information
                let step = information.solve(gradient)
                fit.iterations += 1
                guard let next = lineSearch(from: fit.coefficients, step, gradient, state, penalties) else { break }
                let gain = next.state.objective - state.objective
                fit.coefficients = next.coefficients
                state = next.state
                if gain < 1e-6 * (abs(state.objective) + 1) { break }
            }
        }
        fit.objective = state.objective
        for interval in 0..<width {
            fit.logBaselines[interval] = log((eventTotals[interval] + 1) / (state.sums[interval] + priorExposure))
        }
        if wantsPosterior {
            let inverse = factor?.inverse()
            fit.posteriorVariances = (0..<columns).map { inverse?[$0, $0] ?? (1 / max(penalties[$0], 1e-9)) }
        }
        return fit
    }

    private func expectedEvents(
        _ state: State, _ coefficients: [Double], _ penalties: [Double]
    ) -> (expected: [Double], gradient: [Double]) {
        let baselines = (0..<width).map { (eventTotals[$0] + 1) / (state.sums[$0] + priorExposure) }
        var expected = [Double](repeating: 0, count: design.rows)
        var residuals = expected
        for row in 0..<design.rows {
            let start = exposureStarts[row]
            var sum = 0.0
            for position in start..<exposureStarts[row + 1] { sum += exposures[position] * baselines[position - start] }
            expected[row] = sum * state.hazards[row]
            residuals[row] = events[row] - expected[row]
        }
        var gradient = design.transposedTimes(residuals)
        for column in 0..<gradient.count { gradient[column] -= penalties[column] * coefficients[column] }
        return (expected, gradient)
    }

    /// The information of the profiled likelihood: the sum over rows less the part that the baselines absorb.
    private func information(_ state: State, expected: [Double], penalties: [Double]) -> Matrix {
        let columns = design.columns
        var information = Matrix(rows: columns, columns: columns)
        design.addGram(to: &information, weights: expected, scale: Double(gramStride), stride: gramStride)
        for interval in 0..<width {
            let total = state.sums[interval] + priorExposure
            let baseline = (eventTotals[interval] + 1) / total
            var share = [Double](repeating: 0, count: design.rows)
            for row in 0..<design.rows {
                let position = exposureStarts[row] + interval
                if position < exposureStarts[row + 1] { share[row] = state.hazards[row] * exposures[position] }
            }
            let mean = design.transposedTimes(share)
            information.elements.withUnsafeMutableBufferPointer { out in
                for column in 0..<columns where mean[column] != 0 {
                    // The subsampled sum over rows may be smaller than the exact correction: keep it positive definite.
                    let factor = (gramStride > 1 ? 0.5 : 1) * baseline / total * mean[column]
                    for other in column..<columns { out[column * columns + other] -= factor * mean[other] }
                }
            }
        }
        for column in 0..<columns { information[column, column] += penalties[column] + 1e-9 }
        return information
    }

    private func lineSearch(
        from coefficients: [Double], _ step: [Double], _ gradient: [Double], _ state: State, _ penalties: [Double]
    ) -> (coefficients: [Double], state: State)? {
        let slope = dot(step, gradient)
        guard slope > 0 else { return nil }
        var length = 1.0
        for _ in 0..<12 {
            let candidate = zip(coefficients, step).map { $0 + length * $1 }
            let next = evaluate(candidate, penalties: penalties)
            if next.objective >= state.objective + 1e-4 * length * slope { return (candidate, next) }
            length /= 2
        }
        return nil
    }
}
