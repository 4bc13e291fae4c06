import Glibc
import Statistics
import Testing

struct CountForecastTests {
    private let week = [Double](repeating: 1, count: 7)

    /// Four weeks of counts with the sum of the week that follows: events come at rates by day, in clumps that make days vary so many times as much as Poisson.
    private func simulated(
        _ generator: inout SplitMix64, clump: Double = 1, _ rate: (Int) -> Double
    ) -> (past: [Double], next: Double) {
        let days = (0..<35).map { day -> Double in
            let mean = rate(day)
            let factor = clump > 1 ? generator.gamma(shape: mean / (clump - 1), scale: (clump - 1) / mean) : 1
            return Double(generator.poisson(mean: mean * factor))
        }
        return (Array(days[..<28]), days[28...].reduce(0, +))
    }

    /// The share of intervals of 80 % that hold what comes.
    private func coverage(seed: UInt64, _ simulate: (inout SplitMix64) -> (past: [Double], next: Double)) -> Double {
        var generator = SplitMix64(seed: seed)
        let tries = 150
        let held = (0..<tries).count { _ in
            let (past, next) = simulate(&generator)
            let forecast = CountForecast(past, exposures: [Double](repeating: 1, count: past.count), next: week)
            return forecast.map { $0.quantile(0.1)...$0.quantile(0.9) }?.contains(next) ?? false
        }
        return Double(held) / Double(tries)
    }

    // Intervals of counts hold a little more than they say, as counts are whole, and as rates that stand might move.
    @Test(arguments: [1.0, 3, 6]) func `intervals hold what comes at a steady rate, whatever the clumps`(clump: Double)
    {
        let held = coverage(seed: 3) { generator in
            let rate = generator.logNormal(logMean: 1.8, logStandardDeviation: 1)
            return simulated(&generator, clump: clump) { _ in rate }
        }
        #expect(held >= 0.74 && held <= 0.92)
    }

    @Test(arguments: [1.05, 1.08, 1.18]) func `intervals hold what comes of a growth that goes on`(factor: Double) {
        let held = coverage(seed: 4) { generator in
            simulated(&generator) { day in (14..<max(14, day)).reduce(6) { rate, _ in rate * factor } }
        }
        #expect(held >= 0.74 && held <= 0.92)
    }

    @Test func `intervals hold what comes after a step`() {
        let held = coverage(seed: 5) { generator in
            let rate = generator.logNormal(logMean: 2, logStandardDeviation: 0.7)
            let (day, factor) = (18 + Int(generator.uniform() * 9), generator.uniform() < 0.5 ? 4 : 0.25)
            return simulated(&generator) { $0 < day ? rate : factor * rate }
        }
        #expect(held >= 0.74 && held <= 0.94)
    }

    /// The share of intervals of 80 % that hold what comes after eight weeks of Poisson counts, of some events a day, times the factors of a path.
    private func coverage(
        events: Double, seed: UInt64, path: (inout SplitMix64) -> [Double]
    ) -> Double {
        coverage(seed: seed) { generator in
            let days = path(&generator).map { Double(generator.poisson(mean: events * $0)) }
            return (Array(days[..<56]), days[56...].reduce(0, +))
        }
    }

    // The binomial standard deviation of 150 tries is .033, so that .64 and .94 are four from .80 on each side. Courses that are constant or grow hold .3 to .6
    // of the paths that move, and none of a busy growth that is not one of their factors.
    @Test(arguments: [24.0, 72, 400]) func `intervals hold what comes of rates that stand, grow or move by the day`(
        events: Double
    ) {
        let right = 0.64...0.94
        #expect(right.contains(coverage(events: events, seed: 7) { _ in [Double](repeating: 1, count: 63) }))
        #expect(right.contains(coverage(events: events, seed: 8) { _ in (0..<63).map { exp(0.03 * Double($0 - 28)) } }))
        for deviation in [0.05, 0.1] {
            let held = coverage(events: events, seed: 9) { generator in
                var level = 0.0
                return (0..<63).map { _ in
                    level += generator.normal(standardDeviation: deviation)
                    return exp(level)
                }
            }
            #expect(right.contains(held))
        }
        let held = coverage(events: events, seed: 10) { generator in
            var level = generator.normal(standardDeviation: 0.3)
            return (0..<63).map { _ in
                level = 0.8 * level + generator.normal(standardDeviation: 0.18)
                return exp(level)
            }
        }
        #expect(right.contains(held))
    }

    @Test func `what comes at a rate that stands is told as narrowly as counts allow`() throws {
        var generator = SplitMix64(seed: 11)
        let widths = try (0..<40).map { _ in
            let days = (0..<56).map { _ in Double(generator.poisson(mean: 100)) }
            let forecast = try #require(CountForecast(days, exposures: [Double](repeating: 1, count: 56), next: week))
            return forecast.quantile(0.9) - forecast.quantile(0.1)
        }
        // Poisson counts of a known rate are held by 2 * 1.2816 * sqrt(700) = 68.
        #expect(widths.sorted()[20] < 1.5 * 68)
    }

    // The level of the last days tells more of those to come than what was before.
    @Test func `of a rate that wanders the last days tell the most`() throws {
        let logarithms = (0..<56).map { 0.8 * sin(Double($0) / 4) }
        let counts = logarithms.map { (200 * exp($0)).rounded() }
        let last = counts.suffix(7).reduce(0, +)
        let forecast = try #require(CountForecast(counts, exposures: [Double](repeating: 1, count: 56), next: week))
        let mean = counts.reduce(0, +) / 8
        #expect(abs(forecast.expected - last) < abs(forecast.expected - mean))
    }

    @Test func `intervals hold bursts that come on few days`() {
        let held = coverage(seed: 6) { generator in
            let days = (0..<35).map { _ in generator.uniform() < 0.11 ? 40.0 : 0 }
            return (Array(days[..<28]), days[28...].reduce(0, +))
        }
        #expect(held >= 0.74 && held <= 0.94)
        let quiet = (0..<28).map { [2, 9, 24].contains($0) ? 60.0 : 0 }
        let forecast = CountForecast(quiet, exposures: [Double](repeating: 1, count: 28), next: week)
        #expect(forecast?.quantile(0.1) == 0 && forecast?.quantile(0.9) ?? 0 >= 60)
    }

    // Of one day all courses know the same. The size of clumps is that of the prior, 4 / (4 - 2) = 2, so that there were 4, the shape is 4.5, and the rate
    // 0.5 / 4 + 1: 4 clumps of 2 are to be expected for each exposure like that. They differ in how far the rate moves until it brings them: the first move
    // stands in all of the exposure of 3, the second one in 2 of it.
    @Test func `one day is worked by hand`() throws {
        let forecast = try #require(CountForecast([8], exposures: [1], next: [1, 2]))
        #expect(abs(forecast.expected - 24) < 1e-9)
        let courses = [(0.5, 0)] + [0.015, 0.03, 0.06, 0.12, 0.24].map { (0.1, $0 * $0 * (9 + 4) / 9) }
        let clumps = try courses.map { ($0, try NegativeBinomial(mean: 12, size: 1 / (1 / 4.5 + $1))) }
        let low = try #require((0...).first { count in clumps.reduce(0) { $0 + $1.0 * $1.1.cumulative(count) } >= 0.1 })
        #expect(forecast.quantile(0.1) == Double(2 * low))
    }

    @Test func `the scale of exposure does not matter, and its size does`() throws {
        let counts = (0..<20).map { Double($0 % 5 + 3) }
        let one = try #require(CountForecast(counts, exposures: [Double](repeating: 1, count: 20), next: week))
        let same = try #require(
            CountForecast(counts, exposures: [Double](repeating: 24, count: 20), next: week.map { $0 * 24 }))
        #expect(abs(same.expected / one.expected - 1) < 1e-9 && same.quantile(0.9) == one.quantile(0.9))
        let half = try #require(
            CountForecast(counts, exposures: [Double](repeating: 1, count: 20), next: week.map { $0 / 2 }))
        #expect(half.expected < one.expected && half.quantile(0.9) < one.quantile(0.9))
    }

    @Test func `without events few are expected, and without exposure nothing is`() throws {
        let none = try #require(
            CountForecast([Double](repeating: 0, count: 28), exposures: [Double](repeating: 1, count: 28), next: week))
        #expect(none.expected < 1 && none.quantile(0.1) == 0 && none.quantile(0.9) <= 2)
        #expect(CountForecast([0, 0], exposures: [0, 0], next: week) == nil)
        #expect(CountForecast([1, 1], exposures: [1], next: week) == nil)
        #expect(CountForecast([], exposures: [], next: week) == nil)
        // A day on which nothing ran tells nothing.
        #expect(CountForecast([4, 0, 4], exposures: [1, 0, 1], next: week).map { $0.expected > 20 } == true)
    }
}
