import Glibc
import LinearAlgebra
import Statistics
import Testing

/// Small samples with a heavy-tailed covariate, on which effects separate or need large steps.
struct SurvivalConvergenceTests {
    /// Twelve to 41 rows of up to four covariates, the third log-normal with a spread of e^3.
    private func rows(seed: Int) -> SurvivalLawTests.Rows {
        var generator = SplitMix64(seed: UInt64(seed))
        let columns = 1 + seed % 4
        var rows = SurvivalLawTests.Rows()
        for _ in 0..<12 + seed % 30 {
            let covariates = (0..<columns).map { column -> Double in
                switch column {
                case 1: generator.uniform() < 0.3 ? 1 : 0
                case 2: exp(3 * generator.normal())
                default: generator.normal()
                }
            }
            rows.covariates.append(covariates)
        }
        for covariates in rows.covariates {
            let time = exp(1 + 0.5 * covariates[0] + 2 * generator.normal())
            let limit = 30 * generator.uniform()
            rows.times.append(min(time, limit))
            rows.events.append(time <= limit)
            rows.weights.append(1)
        }
        return rows
    }

    @Test(arguments: [0..<60, 2160..<2200, 2520..<2540, 2660..<2740, 2840..<2980])
    func `a fit is reached or its absence explained`(seeds: Range<Int>) throws {
        for seed in seeds {
            let rows = rows(seed: seed)
            let sample = try rows.sample()
            let fits: [(Matrix, CensoredTimes) throws -> [Double]] = [
                { try SurvivalLawTests.aft(.weibull, $0, $1) }, { try SurvivalLawTests.aft(.logNormal, $0, $1) },
                { try SurvivalLawTests.aft(.logLogistic, $0, $1) }, { try SurvivalLawTests.cox(.efron, $0, $1) },
                {
                    let regression = try DiscreteHazardRegression(link: .complementaryLogLog, boundaries: [2, 6])
                    return try regression.fit($0, $1).standardErrors
                },
                { try DiscreteHazardRegression(link: .logit, boundaries: [2, 6]).fit($0, $1).standardErrors },
            ]
            for fit in fits {
                do {
                    let numbers = try fit(rows.design, sample)
                    let finite = numbers.allSatisfy { $0.isFinite }
                    #expect(finite, "seed \(seed)")
                } catch SurvivalError.monotoneLikelihood, SurvivalError.rankDeficient, SurvivalError.noEvent {
                    continue
                }
            }
        }
    }
}
