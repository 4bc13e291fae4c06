internal import Glibc

/// An adaptive correction of predictive distributions from their own record, in groups and with censoring.
///
/// If a predictive distribution is right, its cumulative hazard at the event is exponential with rate 1 (the probability integral
/// transform on another scale). The correction watches the rate in cells of the transform, with exponential forgetting, overall
/// and within each group, and turns the predicted cumulative hazard Λ into ∫ rate dΛ. A subject that is still open is exposure
/// without event, so that nothing waits for labels. This is conformal prediction's calibration of ranks (Vovk et al. 2005; Gibbs
/// and Candès 2021 for its adaptive form), carried over to censored data as in Candès, Lei and Ren 2023.
public struct HazardCalibration: Sendable, Codable {
    /// The cells divide the distribution function into equal parts.
    ///
    /// Towards the upper tail, which decides the mean in hours, they are finer.
    static let boundaries =
        (1..<20).map { -log1p(-Double($0) / 20) } + [0.025, 0.01, 0.003].map { -log($0) }
    private static let cells = boundaries.count + 1

    private let strength: Double
    private let groupStrength: Double
    private let groupHalfLife: Double
    private var overall: FadingCounts
    private(set) var groups: [String: FadingCounts] = [:]

    /// Creates a calibration that has seen nothing and changes nothing.
    ///
    /// - Parameters:
    ///   - halfLife: The half-life of the record in days.
    ///   - groupHalfLife: The half-life of a group's record in days.
    ///   - strength: The pseudo events of each cell of the prior.
    ///   - groupStrength: The same for a group.
    public init(halfLife: Double, groupHalfLife: Double, strength: Double, groupStrength: Double) {
        self.strength = strength
        self.groupStrength = groupStrength
        self.groupHalfLife = groupHalfLife
        overall = FadingCounts(cells: Self.cells, halfLife: halfLife)
    }

    /// Learns that a subject went from one predicted cumulative hazard to another, and whether its event ended the way.
    ///
    /// - Parameters:
    ///   - range: The uncorrected cumulative hazard before and after.
    ///   - event: Whether the event was seen at its end.
    ///   - group: The group; empty for none.
    ///   - day: The time in days.
    public mutating func learn(_ range: ClosedRange<Double>, event: Bool, group: String, day: Double) {
        let corrected = group.isEmpty ? nil : rates(of: overall, at: day, strength: strength)
        var start = range.lowerBound
        var cell = Self.cell(of: start)
        while true {
            let end = cell < Self.boundaries.count ? min(range.upperBound, Self.boundaries[cell]) : range.upperBound
            let isLast = end >= range.upperBound
            let events = event && isLast ? 1.0 : 0
            overall.add(cell: cell, events: events, exposure: end - start, at: day)
            if !group.isEmpty {
                let rate = corrected?[cell] ?? 1
                groups[group, default: FadingCounts(cells: Self.cells, halfLife: groupHalfLife)]
                    .add(cell: cell, events: events, exposure: (end - start) * rate, at: day)
            }
            if isLast { break }
            start = end
            cell += 1
        }
    }

    /// The corrected cumulative hazards at boundaries.
    ///
    /// - Parameters:
    ///   - cumulative: Uncorrected cumulative hazards, ascending.
    ///   - group: The group; empty for none.
    ///   - day: The present in days.
    public func correct(_ cumulative: [Double], group: String, day: Double) -> [Double] {
        let rates = rates(group: group, day: day)
        var result: [Double] = []
        var cell = 0
        var (start, sum) = (0.0, 0.0)
        for value in cumulative {
            while cell < Self.boundaries.count && Self.boundaries[cell] < value {
                sum += (Self.boundaries[cell] - start) * rates[cell]
                start = Self.boundaries[cell]
                cell += 1
            }
            sum += (value - start) * rates[cell]
            start = value
            result.append(sum)
        }
        return result
    }

    /// The corrected distribution of a prediction.
    ///
    /// - Parameters:
    ///   - grid: The intervals of age.
    ///   - hazards: The uncorrected cumulative hazard of each interval.
    ///   - group: The group; empty for none.
    ///   - day: The present in days.
    public func distribution(grid: AgeGrid, hazards: [Double], group: String, day: Double) -> DurationDistribution {
        var sum = 0.0
        let cumulative = hazards.map { hazard in
            sum += hazard
            return sum
        }
        let corrected = correct(cumulative, group: group, day: day)
        return DurationDistribution(grid: grid, hazards: zip(corrected, [0] + corrected).map { $0 - $1 })
    }

    /// The rate in each cell of the transform, by which the predicted hazard is multiplied.
    ///
    /// - Parameters:
    ///   - group: The group; empty for none.
    ///   - day: The present in days.
    func rates(group: String, day: Double) -> [Double] {
        let overall = rates(of: overall, at: day, strength: strength)
        guard let own = groups[group] else { return overall }
        return zip(overall, rates(of: own, at: day, strength: groupStrength)).map { $0 * $1 }
    }

    private func rates(of counts: FadingCounts, at day: Double, strength: Double) -> [Double] {
        counts.ratios(at: day, strength: strength, kernel: [1, 0.5, 0.25])
    }

    private static func cell(of value: Double) -> Int {
        boundaries.firstIndex { value < $0 } ?? boundaries.count
    }
}
