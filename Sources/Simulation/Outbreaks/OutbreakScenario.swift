import Glibc
import Statistics

/// Weekly counts with a trend, a season and outbreaks whose size is drawn in standard deviations.
///
/// `ln μ = θ + β t + γ₁ cos(2π t / 52) + γ₂ sin(2π t / 52)`, counts negative binomial with variance φ μ; each parameter group with and without trend and
/// season.
///
/// Source: the simulation of A. Noufaily et al., Statistics in Medicine 32 (2013), doi:10.1002/sim.5595.
public struct OutbreakScenario: Sendable {
    /// The weeks of a series; those from ``watched`` on are watched.
    public static let weeks = 624
    /// The first week that is watched, from 0.
    public static let watched = 575
    /// The first week that may hold a past outbreak.
    private static let baseline = 312

    /// The parameters θ, β, γ₁, γ₂ and φ.
    let level: Double
    let trend: Double
    let season: (cosine: Double, sine: Double)
    let dispersion: Double

    /// The 28 scenarios.
    public static let all: [OutbreakScenario] = {
        let groups: [(Double, Double, Double, Double, Double)] = [
            (0.1, 0.0025, 0.6, 0.6, 1.5), (-2, 0.005, 0.1, 0.3, 2), (1.5, 0.003, 0.2, -0.4, 1),
            (0.5, 0.002, 0.5, 0.5, 5),
            (2.5, 0.001, 1, 0.1, 3), (3.75, 0.001, 0.1, -0.1, 1.1), (5, 0.0001, 0.05, 0.01, 1.2),
        ]
        return groups.flatMap { level, trend, cosine, sine, dispersion in
            [false, true].flatMap { hasTrend in
                [false, true].map { hasSeason in
                    OutbreakScenario(
                        level: level, trend: hasTrend ? trend : 0, season: hasSeason ? (cosine, sine) : (0, 0),
                        dispersion: dispersion)
                }
            }
        }
    }()

    /// A series with its truth.
    public struct Series: Sendable {
        /// The counts of the weeks.
        public var counts: [Double]
        /// The true means without outbreaks.
        public var means: [Double]
        /// The true variance by mean.
        public var dispersion: Double
        /// The weeks of the last outbreak, from 0.
        public var outbreak: Range<Int>

        /// Takes a series.
        public init(counts: [Double], means: [Double], dispersion: Double, outbreak: Range<Int>) {
            self.counts = counts
            self.means = means
            self.dispersion = dispersion
            self.outbreak = outbreak
        }
    }

    /// Draws a series with four outbreaks of the past and one that is to be found.
    public func series(using generator: inout some RandomNumberGenerator) -> Series {
        let means = (1...Self.weeks).map { week in
            let angle = 2 * Double.pi * Double(week) / 52
            return exp(level + trend * Double(week) + season.cosine * cos(angle) + season.sine * sin(angle))
        }
        var counts = means.map { mean in
            dispersion > 1
                ? Double(generator.negativeBinomial(mean: mean, size: mean / (dispersion - 1)))
                : Double(generator.poisson(mean: mean))
        }
        let pastSize = Double([2, 3, 5, 10].randomElement(using: &generator) ?? 2)
        for _ in 0..<4 {
            let start = Int.random(in: Self.baseline..<Self.watched - 3, using: &generator)
            _ = addOutbreak(&counts, means, start, size: pastSize, &generator)
        }
        let start = Int.random(in: Self.watched..<Self.weeks - 4, using: &generator)
        let size = Double(Int.random(in: 1...10, using: &generator))
        let end = addOutbreak(&counts, means, start, size: size, &generator)
        return Series(counts: counts, means: means, dispersion: dispersion, outbreak: start..<end)
    }

    /// - Returns: The week after its last one.
    private func addOutbreak(
        _ counts: inout [Double], _ means: [Double], _ start: Int, size: Double,
        _ generator: inout some RandomNumberGenerator
    ) -> Int {
        var end = start + 1
        let cases = max(2, generator.poisson(mean: size * (dispersion * means[start]).squareRoot()))
        for _ in 0..<cases {
            let week = start + Int(generator.logNormal(logMean: 0, logStandardDeviation: 0.5))
            guard week < counts.count else { continue }
            counts[week] += 1
            end = max(end, week + 1)
        }
        return end
    }
}
