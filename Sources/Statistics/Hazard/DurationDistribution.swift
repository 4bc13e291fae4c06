internal import Algorithms
internal import Glibc

/// The predictive distribution of a duration: a piecewise-constant hazard in ln(1 + hours).
public struct DurationDistribution: Sendable, Equatable {
    /// The intervals of age.
    public let grid: AgeGrid
    /// The cumulative hazard at each boundary of the grid; begins with 0 and does not descend.
    public let cumulativeHazards: [Double]

    /// Creates a distribution from the hazards of the intervals, each bounded from below so that no quantile is infinite: by 0.2 in
    /// the last interval and by 1e-9 in the others.
    ///
    /// - Parameter hazards: The cumulative hazard of each interval, not negative.
    public init(grid: AgeGrid, hazards: [Double]) {
        precondition(hazards.count == grid.count, "one hazard an interval")
        self.grid = grid
        var sum = 0.0
        cumulativeHazards =
            [0]
            + hazards.enumerated().map { interval, hazard in
                sum += max(hazard, Self.leastHazard(isLast: interval == grid.count - 1))
                return sum
            }
    }

    /// Creates a distribution from what is known to ascend.
    init(grid: AgeGrid, cumulativeHazards: [Double]) {
        self.grid = grid
        self.cumulativeHazards = cumulativeHazards
    }

    /// The least hazard of an interval.
    static func leastHazard(isLast: Bool) -> Double { isLast ? 0.2 : 1e-9 }

    /// The probability that the duration exceeds each boundary of the grid; begins with 1.
    public var boundarySurvivals: [Double] {
        cumulativeHazards.withUnsafeBufferPointer { hazards in
            [Double](unsafeUninitializedCapacity: hazards.count) { survivals, count in
                let target = UnsafeMutableBufferPointer(rebasing: survivals[..<hazards.count])
                VectorExponential.ofNegatives(hazards, into: target)
                count = hazards.count
            }
        }
    }

    /// The probability that the duration exceeds an age in hours.
    public func survival(atHours hours: Double) -> Double {
        exp(-cumulativeHazard(atLogAge: log1p(max(0, hours))))
    }

    /// The probability that the duration exceeds so many hours, given that it exceeds an age in hours; 1 where they are no more than
    /// the age.
    public func survival(atHours hours: Double, afterHours age: Double) -> Double {
        guard age < hours else { return 1 }
        let survivalNow = cumulativeHazard(atLogAge: log1p(max(0, age)))
        return min(1, exp(survivalNow - cumulativeHazard(atLogAge: log1p(hours))))
    }

    /// The cumulative hazard at an age in ln(1 + hours), continued beyond the last boundary.
    public func cumulativeHazard(atLogAge age: Double) -> Double {
        let interval = grid.interval(ofLogAge: age)
        let hazard = cumulativeHazards[interval + 1] - cumulativeHazards[interval]
        return cumulativeHazards[interval] + hazard * grid.fraction(of: interval, atLogAge: age)
    }

    /// The quantile in hours at a probability in 0 ..< 1, given that the duration exceeds an age in hours.
    public func quantile(_ probability: Double, afterHours age: Double = 0) -> Double {
        let target = -log1p(-min(max(probability, 0), 1 - 1e-12)) + cumulativeHazard(atLogAge: log1p(max(0, age)))
        let interval = (1..<grid.count).partitioningIndex { cumulativeHazards[$0] > target } - 1
        let hazard = cumulativeHazards[interval + 1] - cumulativeHazards[interval]
        let part = (target - cumulativeHazards[interval]) / hazard
        let width = grid.logarithms[interval + 1] - grid.logarithms[interval]
        return expm1(grid.logarithms[interval] + width * (interval == grid.count - 1 ? part : min(1, part)))
    }

    /// The central interval in hours that holds the duration with a probability in 0 ..< 1, given that it exceeds an age in hours.
    public func interval(_ coverage: Double, afterHours age: Double = 0) -> (lower: Double, upper: Double) {
        (quantile((1 - coverage) / 2, afterHours: age), quantile((1 + coverage) / 2, afterHours: age))
    }

    /// The mean of ln(1 + hours): the integral of the survival function over ln(1 + hours).
    public var meanLogHours: Double { meanLogHours(survivals: boundarySurvivals) }

    /// The mean of ln(1 + hours) where ``boundarySurvivals`` are at hand.
    public func meanLogHours(survivals: [Double]) -> Double {
        precondition(survivals.count == cumulativeHazards.count, "one survival a boundary")
        var mean = 0.0
        for interval in 0..<grid.count {
            let width = grid.logarithms[interval + 1] - grid.logarithms[interval]
            let hazard = cumulativeHazards[interval + 1] - cumulativeHazards[interval]
            // The last interval goes on for ever.
            if interval == grid.count - 1 {
                mean += width * survivals[interval] / hazard
            } else if hazard < 1e-8 {
                mean += width * survivals[interval]
            } else {
                mean += width * (survivals[interval] - survivals[interval + 1]) / hazard
            }
        }
        return mean
    }

    /// The mean in hours, with the part beyond the last boundary cut at that boundary.
    public var meanHours: Double {
        var mean = 0.0
        for interval in 0..<grid.count {
            let width = grid.logarithms[interval + 1] - grid.logarithms[interval]
            // On the clock of ln(1 + hours) an hour grows as the survival falls: both are exponentials.
            let growth = width - (cumulativeHazards[interval + 1] - cumulativeHazards[interval])
            let start = exp(-cumulativeHazards[interval]) * (1 + grid.boundaries[interval])
            mean += start * width * (growth == 0 ? 1 : expm1(growth) / growth)
        }
        return mean
    }
}
