import Glibc
import LinearAlgebra

/// The penalised partial log-likelihood of Cox's regression, for rows in descending order of time.
///
/// The second derivatives are two weighted Gram matrices: of the rows, each weighted by its relative risk times the
/// hazard that it has lived through, less that of the means of the risk sets. So the work is one call of `dsyrk` each.
struct PartialLikelihood {
    let ties: CoxRegression.Ties
    let design: StandardizedDesign
    let events: [Bool]
    let weights: [Double]
    private let groups: [Group]

    /// Rows of one time.
    private struct Group {
        let time: Double
        let rows: Range<Int>
        let eventCount: Int
        let eventWeight: Double
    }

    /// One factor of the denominator: a risk set from which a share of the tied events has left.
    private struct RiskSet {
        let group: Int
        let shareLeft: Double
        let weight: Double
        let total: Double
    }

    init(ties: CoxRegression.Ties, design: StandardizedDesign, times: [Double], events: [Bool], weights: [Double]) {
        self.ties = ties
        self.design = design
        self.events = events
        self.weights = weights
        var groups: [Group] = []
        var first = 0
        while first < times.count {
            var end = first
            while end < times.count, times[end] == times[first] { end += 1 }
            let eventRows = (first..<end).filter { events[$0] }
            groups.append(
                Group(
                    time: times[first], rows: first..<end, eventCount: eventRows.count,
                    eventWeight: eventRows.reduce(0) { $0 + weights[$1] }))
            first = end
        }
        self.groups = groups
    }

    /// Weighted relative risks; divided by the exponential of `shift`, so that the largest cannot overflow.
    private func risks(_ coefficients: [Double]) -> (predictors: [Double], risks: [Double], shift: Double) {
        let predictors = design.matrix * coefficients
        let shift = predictors.max() ?? 0
        return (predictors, zip(weights, predictors).map { $0 * exp($1 - shift) }, shift)
    }

    private func riskSets(_ risks: [Double]) -> [RiskSet] {
        var sets: [RiskSet] = []
        var total = 0.0
        for (index, group) in groups.enumerated() {
            total += group.rows.reduce(0) { $0 + risks[$1] }
            guard group.eventCount > 0 else { continue }
            let tied = group.rows.reduce(0) { events[$1] ? $0 + risks[$1] : $0 }
            let factors = ties == .efron ? group.eventCount : 1
            for factor in 0..<factors {
                let share = Double(factor) / Double(factors)
                sets.append(
                    RiskSet(
                        group: index, shareLeft: share, weight: group.eventWeight / Double(factors),
                        total: total - share * tied))
            }
        }
        return sets
    }

    func point(_ coefficients: [Double]) -> NewtonMaximization.Point {
        let (predictors, risks, shift) = risks(coefficients)
        let sets = riskSets(risks)
        var value = design.penalty(coefficients)
        for row in predictors.indices where events[row] { value += weights[row] * (predictors[row] - shift) }
        for set in sets { value -= set.weight * log(set.total) }

        let expected = zip(risks, livedHazards(sets)).map { $0 * $1 }
        let residuals = expected.indices.map { (events[$0] ? weights[$0] : 0) - expected[$0] }
        var gradient = design.matrix.transposedTimes(residuals)
        var information = design.matrix.gram(weights: expected.map { $0.isFinite ? $0 : 0 })
        let means = riskSetMeans(sets, risks).gram(weights: sets.map(\.weight))
        for j in gradient.indices {
            gradient[j] -= design.ridge[j] * coefficients[j]
            for k in gradient.indices { information[j, k] -= means[j, k] }
            information[j, j] += design.ridge[j]
        }
        return .init(value: value, gradient: gradient, information: information)
    }

    /// The baseline hazard that each row has lived through, for a relative risk divided by the exponential of the
    /// shift.
    private func livedHazards(_ sets: [RiskSet]) -> [Double] {
        var lived = [Double](repeating: 0, count: weights.count)
        var cumulative = 0.0
        var set = sets.count
        for (index, group) in groups.enumerated().reversed() {
            var increment = 0.0
            var eventIncrement = 0.0
            while set > 0, sets[set - 1].group == index {
                set -= 1
                increment += sets[set].weight / sets[set].total
                eventIncrement += (1 - sets[set].shareLeft) * sets[set].weight / sets[set].total
            }
            for row in group.rows { lived[row] = cumulative + (events[row] ? eventIncrement : increment) }
            cumulative += increment
        }
        return lived
    }

    /// The mean of the covariates in each risk set, weighted by relative risk.
    private func riskSetMeans(_ sets: [RiskSet], _ risks: [Double]) -> Matrix {
        var means = Matrix(rows: sets.count, columns: design.matrix.columns)
        for j in 0..<means.columns {
            let column = design.matrix.column(j)
            var sum = 0.0
            var set = 0
            for (index, group) in groups.enumerated() {
                var tied = 0.0
                for row in group.rows {
                    sum += risks[row] * column[row]
                    if events[row] { tied += risks[row] * column[row] }
                }
                while set < sets.count, sets[set].group == index {
                    means[set, j] = (sum - sets[set].shareLeft * tied) / sets[set].total
                    set += 1
                }
            }
        }
        return means
    }

    /// The event times, ascending, and the cumulative hazard of a row whose covariates are all zero.
    ///
    /// - Parameter offset: what the means of the columns contribute to the linear predictor.
    func baselineHazard(_ coefficients: [Double], offset: Double) -> (times: [Double], cumulativeHazard: [Double]) {
        let (_, risks, shift) = risks(coefficients)
        var times: [Double] = []
        var hazards: [Double] = []
        var cumulative = 0.0
        for set in riskSets(risks).reversed() {
            cumulative += set.weight / set.total * exp(-shift - offset)
            if times.last == groups[set.group].time {
                hazards[hazards.count - 1] = cumulative
            } else {
                times.append(groups[set.group].time)
                hazards.append(cumulative)
            }
        }
        return (times, hazards)
    }
}
