import Glibc
import Statistics

/// The expected tickets a week of the issue groups of a desk without articles.
struct IssueRates {
    /// One row a group, one column a week.
    private(set) var means: [[Double]]
    /// How far groups go their own ways, from 0.15 to 1.
    let wildness: Double
    /// The variance of the counts of a group by their mean.
    private let dispersions: [Double]

    /// Draws the rates.
    ///
    /// Levels lie between 1.2 and 250 tickets a week, evenly on the log scale.
    init(weeks: Int, groups: Int, using generator: inout some RandomNumberGenerator) {
        let wildness = 0.15 + 0.85 * generator.uniform()
        let memory = 0.8 + 0.17 * generator.uniform()
        let shocks = Self.shocks(weeks, using: &generator)
        var means: [[Double]] = []
        var dispersions: [Double] = []
        for _ in 0..<groups {
            let level = log(1.2) + log(250 / 1.2) * generator.uniform()
            let exposure = generator.normal(mean: 1, standardDeviation: 0.25 * wildness + 0.05)
            let trend = generator.normal(standardDeviation: 0.006 * wildness)
            let own = Self.wandering(weeks, deviation: 0.3 * wildness, memory: memory, using: &generator)
            let bumps = Self.bumps(weeks, wildness: wildness, using: &generator)
            means.append(
                (0..<weeks).map { week in
                    exp(
                        level + exposure * shocks[week] + trend * Double(week - weeks / 2) + own[week]
                            + bumps[week])
                })
            dispersions.append(1 + 1.5 * generator.uniform())
        }
        self.means = means
        self.wildness = wildness
        self.dispersions = dispersions
    }

    /// Draws tickets.
    func counts(using generator: inout some RandomNumberGenerator) -> [[Int]] {
        zip(means, dispersions).map { row, dispersion in
            row.map { generator.negativeBinomial(mean: $0, size: $0 / max(dispersion - 1, 1e-6)) }
        }
    }

    /// An outbreak: a group has a multiple of its tickets in some weeks, which are drawn anew.
    mutating func strike(
        _ group: Int, _ weeks: Range<Int>, _ counts: inout [[Int]], using generator: inout some RandomNumberGenerator
    ) {
        let factor = 3 + 5 * generator.uniform()
        for week in weeks.clamped(to: means[group].indices) {
            means[group][week] *= factor
            let mean = means[group][week]
            counts[group][week] = generator.negativeBinomial(
                mean: mean, size: mean / max(dispersions[group] - 1, 1e-6))
        }
    }

    /// What meets all groups, on the log scale: a demand that wanders, two quiet weeks a year and releases that are forgotten in some weeks.
    private static func shocks(_ weeks: Int, using generator: inout some RandomNumberGenerator) -> [Double] {
        var shocks = wandering(weeks, deviation: 0.115, memory: 0.9, using: &generator)
        for week in shocks.indices {
            shocks[week] += generator.normal(standardDeviation: 0.06)
            if week % 52 >= 50 { shocks[week] -= 0.7 }
        }
        let every = Int.random(in: 6..<12, using: &generator)
        for release in stride(from: Int.random(in: 0..<8, using: &generator), to: weeks, by: every) {
            let size = 0.4 * generator.uniform()
            for week in release..<weeks { shocks[week] += size * exp(-Double(week - release) / 2) }
        }
        return shocks
    }

    /// A normal process whose correlation falls by `memory` a week.
    private static func wandering(
        _ weeks: Int, deviation: Double, memory: Double, using generator: inout some RandomNumberGenerator
    ) -> [Double] {
        var place = generator.normal(standardDeviation: deviation)
        let step = deviation * (1 - memory * memory).squareRoot()
        return (0..<weeks).map { _ in
            defer { place = memory * place + generator.normal(standardDeviation: step) }
            return place
        }
    }

    /// Peaks that fade with half-lives from 1.5 to 8 weeks, and in some groups a fading for good, on the log scale.
    private static func bumps(
        _ weeks: Int, wildness: Double, using generator: inout some RandomNumberGenerator
    ) -> [Double] {
        var bumps = [Double](repeating: 0, count: weeks)
        for _ in 0..<generator.poisson(mean: wildness * Double(weeks + 20) / 45) {
            let start = Int.random(in: -20..<weeks, using: &generator)
            let size = 0.4 + 1.2 * generator.uniform()
            let halfLife = exp(log(1.5) + log(8 / 1.5) * generator.uniform())
            for week in max(0, start)..<weeks { bumps[week] += size * exp2(-Double(week - start) / halfLife) }
        }
        if generator.uniform() < 0.12 * wildness {
            let start = Int.random(in: 0..<weeks, using: &generator)
            let slope = 0.02 + 0.06 * generator.uniform()
            for week in start..<weeks { bumps[week] -= slope * Double(week - start) }
        }
        return bumps
    }
}
