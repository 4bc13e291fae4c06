import Glibc
import Statistics
import Testing

struct DurationDistributionTests {
    /// Two intervals of length 1 on the scale of ln(1 + hours), with cumulative hazards 0.5 and 1.
    private func byHand() throws -> DurationDistribution {
        DurationDistribution(grid: try grid(logarithms: [0, 1, 2]), hazards: [0.5, 1])
    }

    private func random(_ seed: UInt64) throws -> DurationDistribution {
        var generator = SplitMix64(seed: seed)
        let grid = try AgeGrid(boundaries: [0, 0.5, 2, 8, 24, 100, 700])
        return DurationDistribution(grid: grid, hazards: (0..<6).map { _ in generator.exponential(rate: 2) })
    }

    @Test func `survival falls exponentially within each interval and goes on beyond the last`() throws {
        let distribution = try byHand()
        #expect(largestDifference(distribution.cumulativeHazards, [0, 0.5, 1.5]) < 1e-15)
        let survival = [0, 0.5, 1, 1.5, 2, 3].map { distribution.survival(atHours: expm1($0)) }
        #expect(largestDifference(survival, [0, 0.25, 0.5, 1, 1.5, 2.5].map { exp(-$0) }) < 1e-12)
        #expect(distribution.survival(atHours: -1) == 1)
    }

    @Test func `survival beyond an age by hand`() throws {
        let distribution = try byHand()
        let survival = [0.5, 1, 2].map { distribution.survival(atHours: expm1($0), afterHours: expm1(0.5)) }
        #expect(largestDifference(survival, [1, exp(-0.25), exp(-1.25)]) < 1e-12)
        #expect(distribution.survival(atHours: -1, afterHours: 0) == 1)
    }

    @Test func `a central interval leaves as much on both sides`() throws {
        let distribution = try byHand()
        let (lower, upper) = distribution.interval(0.8, afterHours: 2)
        #expect(abs(distribution.survival(atHours: lower, afterHours: 2) - 0.9) < 1e-12)
        #expect(abs(distribution.survival(atHours: upper, afterHours: 2) - 0.1) < 1e-12)
    }

    @Test func `quantiles by hand`() throws {
        let distribution = try byHand()
        let quantiles = [0, 1 - exp(-0.25), 1 - exp(-1), 1 - exp(-2.5)].map { distribution.quantile($0) }
        #expect(largestDifference(quantiles, [0, 0.5, 1.5, 3].map { expm1($0) }) < 1e-11)
        // From the cumulative hazard 1 at ln(1 + hours) = 1.5 another 0.5 leads to 2.
        #expect(abs(distribution.quantile(1 - exp(-0.5), afterHours: expm1(1.5)) - expm1(2)) < 1e-11)
    }

    @Test func `means by hand`() throws {
        let distribution = try byHand()
        // The last hazard goes on for ever: ∫ exp(-u / 2) over 0 ... 1 and exp(-1 / 2) ∫ exp(-u) over 0 ... ∞.
        #expect(abs(distribution.meanLogHours - (2 * (1 - exp(-0.5)) + exp(-0.5))) < 1e-12)
        // ∫ exp(u - u / 2) over 0 ... 1, then exp(1 - 1 / 2) ∫ exp(u - u) over 0 ... 1, cut at the last boundary.
        #expect(abs(distribution.meanHours - (2 * (exp(0.5) - 1) + exp(0.5))) < 1e-12)
    }

    @Test func `an interval without hazard is passed unharmed and the last one always ends`() throws {
        let distribution = DurationDistribution(grid: try grid(logarithms: [0, 1, 2]), hazards: [0, 0])
        #expect(largestDifference(distribution.cumulativeHazards, [0, 1e-9, 0.2 + 1e-9]) < 1e-15)
        #expect(abs(distribution.meanLogHours - (1 + 1 / 0.2)) < 1e-7)
        #expect(distribution.quantile(1).isFinite)
        #expect(distribution.quantile(0.999) > distribution.quantile(0.5))
    }

    @Test(arguments: [21, 22, 23] as [UInt64])
    func `the quantile inverts the survival, given any age`(seed: UInt64) throws {
        let distribution = try random(seed)
        for age in [0, 1, 8, 60, 900] as [Double] {
            for probability in [0.001, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999] {
                let hours = distribution.quantile(probability, afterHours: age)
                let left = distribution.survival(atHours: hours) / distribution.survival(atHours: age)
                #expect(abs(left - (1 - probability)) < 1e-9)
                #expect(hours >= age)
            }
        }
    }

    @Test(arguments: [24, 25] as [UInt64])
    func `quantiles ascend and survival descends`(seed: UInt64) throws {
        let distribution = try random(seed)
        let quantiles = (0..<200).map { distribution.quantile(Double($0) / 200) }
        #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 < $1 })
        let survival = (0..<200).map { distribution.survival(atHours: Double($0) * 5) }
        #expect(zip(survival, survival.dropFirst()).allSatisfy { $0 > $1 })
    }

    @Test(arguments: [26, 27, 28] as [UInt64])
    func `the means agree with the mean of many quantiles`(seed: UInt64) throws {
        let distribution = try random(seed)
        let count = 20_000
        let hours = (0..<count).map { distribution.quantile((Double($0) + 0.5) / Double(count)) }
        let end = 700.0
        let meanHours = hours.reduce(0) { $0 + min($1, end) } / Double(count)
        let meanLog = hours.reduce(0) { $0 + log1p($1) } / Double(count)
        #expect(abs(distribution.meanHours / meanHours - 1) < 1e-3)
        #expect(abs(distribution.meanLogHours / meanLog - 1) < 1e-3)
    }
}
