import Foundation
import LinearAlgebra
import Statistics
import Testing

struct LocationRegressionTests {
    /// Durations whose ln(hours + 3 minutes) is 2 + effect of two groups + noise, every third censored half-way.
    private func sample(censoring: Bool) -> HazardSample {
        var generator = SplitMix64(seed: 11)
        var design = SparseMatrix(columns: 2)
        var ages: [Double] = []
        var events: [Bool] = []
        for row in 0..<1_500 {
            design.append(1, column: row % 2)
            design.endRow()
            let hours = exp(2 + (row % 2 == 0 ? -1 : 1) + 0.5 * generator.normal()) - 0.05
            let isCensored = censoring && row % 3 == 0
            ages.append(log1p(max(0, isCensored ? hours / 2 : hours)))
            events.append(!isCensored)
        }
        return HazardSample(
            design: MixedMatrix(design), logAges: ages, events: events, entryDays: [Double](repeating: 0, count: 1_500),
            now: 100)
    }

    @Test(arguments: [false, true])
    func `the location of each group is found, with and without censored rows`(censoring: Bool) throws {
        let fit = try LocationRegression(halfLifeDays: .infinity).fit(sample(censoring: censoring), precisions: [1, 1])
        #expect(abs(fit.intercept + fit.coefficients[0] - 1) < 0.1)
        #expect(abs(fit.intercept + fit.coefficients[1] - 3) < 0.1)
        if !censoring { #expect(abs(fit.deviation - 0.5) < 0.05) }
        let grid = try AgeGrid(boundaries: [0, exp(1) - 0.05, 1_000])
        let hazard = fit.hazards(grid, shift: fit.coefficients[0])[0]
        #expect(abs(exp(-hazard) - 0.5) < 0.06)
    }

    @Test func `a high precision draws the groups together`() throws {
        let fit = try LocationRegression(halfLifeDays: .infinity).fit(sample(censoring: false), precisions: [1e9, 1e9])
        #expect(fit.coefficients.allSatisfy { abs($0) < 1e-4 })
    }

    @Test func `what cannot be fitted is refused`() throws {
        #expect(throws: HazardError.invalidParameter("halfLifeDays")) { try LocationRegression(halfLifeDays: 0) }
        let all = sample(censoring: false)
        let censored = HazardSample(
            design: all.design, logAges: all.logAges, events: all.events.map { _ in false }, entryDays: all.entryDays,
            now: 100)
        let regression = try LocationRegression(halfLifeDays: 10)
        #expect(throws: HazardError.noEvents) { try regression.fit(censored, precisions: [1, 1]) }
        #expect(throws: HazardError.invalidParameter("precisions")) { try regression.fit(all, precisions: [1]) }
    }
}
