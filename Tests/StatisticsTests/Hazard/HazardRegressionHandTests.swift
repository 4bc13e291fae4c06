import Glibc
import LinearAlgebra
import Statistics
import Testing

/// Fits that were solved on paper.
struct HazardRegressionHandTests {
    @Test func `without effects a hazard is events over exposure with one pseudo event at the mean rate`() throws {
        // Exposures 0.5 + 1 + 1 + 1 and 0.5 + 0.25 + 2, the last beyond the grid; events 1 and 2.
        let rows = HazardRows(
            covariates: [[0], [0], [0], [0]], logAges: [0.5, 1.5, 1.25, 3], events: [true, true, false, true])
        let model = try HazardRegression(grid: grid(logarithms: [0, 1, 2]), bandStarts: [0], halfLifeDays: .infinity)
        let fit = try model.fit(rows.sample, penalties: [1])
        let prior = (3.5 + 2.75 + 1) / (3 + 1)
        #expect(largestDifference(fit.logBaselines, [log(2 / (3.5 + prior)), log(3 / (2.75 + prior))]) < 1e-12)
        #expect(fit.coefficients == [[0]])
        #expect(
            largestDifference(fit.hazards(rows.design, row: 0), [2 / (3.5 + prior), 3 / (2.75 + prior)]) < 1e-12)
    }

    @Test func `each band has a prior rate of its own`() throws {
        let rows = HazardRows(
            covariates: [[0], [0], [0], [0]], logAges: [0.5, 1.5, 1.25, 3], events: [true, true, false, true])
        let model = try HazardRegression(
            grid: grid(logarithms: [0, 1, 2]), bandStarts: [0, 1], halfLifeDays: .infinity)
        let fit = try model.fit(rows.sample, penalties: [1])
        #expect(fit.bands == [0..<1, 1..<2])
        let expected = [2 / (3.5 + 4.5 / 2), 3 / (2.75 + 3.75 / 3)]
        #expect(largestDifference(fit.logBaselines, expected.map { log($0) }) < 1e-12)
    }

    @Test func `an exposure counts half for each half-life since it ended`() throws {
        // The first subject leaves the first interval on day 1 and has its event on day 2; the second leaves the first on day 4.
        let rows = HazardRows(
            covariates: [[0], [0]], logAges: [log1p(48), log1p(24)], events: [true, false], entryDays: [0, 3], now: 4)
        let model = try HazardRegression(
            grid: AgeGrid(boundaries: [0, 24, 240]), bandStarts: [0], halfLifeDays: 1)
        let fit = try model.fit(rows.sample, penalties: [1])
        let part = (log1p(48.0) - log1p(24)) / (log1p(240.0) - log1p(24))
        let (first, second) = (1 / 8 + 1.0, part / 4)
        let prior = (first + second + 1) / (1 / 4 + 1)
        #expect(largestDifference(fit.logBaselines, [log(1 / (first + prior)), log(1.25 / (second + prior))]) < 1e-12)
    }

    @Test func `two groups have the ratio of rates that the profiled score gives`() throws {
        // Group 0 has 3 events in exposure 2.2, group 1 has 2 events in exposure 0.9. The score of the profiled likelihood
        // vanishes at θ = d1 (e0 + prior) / (e1 (d0 + 1)); the information there is d1 (d0 + 1) / (d0 + d1 + 1).
        let rows = HazardRows(
            covariates: [[0], [0], [0], [0], [1], [1], [1]], logAges: [0.4, 0.5, 0.6, 0.7, 0.2, 0.3, 0.4],
            events: [true, true, true, false, true, true, false])
        let model = try HazardRegression(grid: grid(logarithms: [0, 1]), bandStarts: [0], halfLifeDays: .infinity)
        let fit = try model.fit(rows.sample, penalties: [0], wantsPosterior: true)
        let prior = (2.2 + 0.9 + 1) / (5 + 1)
        let ratio = 2 * (2.2 + prior) / (0.9 * 4)
        #expect(abs(fit.coefficients[0][0] - log(ratio)) < 1e-6)
        #expect(abs(fit.logBaselines[0] - log(4 / (2.2 + prior))) < 1e-6)
        #expect(abs(fit.posteriorVariances[0][0] - (1 / 2 + 1 / 4.0)) < 1e-3)
        let maximum = 2 * log(ratio) + 6 * log(4 / (2.2 + prior)) - 6
        #expect(abs(fit.penalisedLogLikelihood - maximum) < 1e-10)
    }

    @Test func `an event on the boundary of two bands belongs to the later one`() throws {
        let rows = HazardRows(covariates: [[0], [0]], logAges: [1, 0.5], events: [true, false])
        let model = try HazardRegression(
            grid: grid(logarithms: [0, 1, 2]), bandStarts: [0, 1], halfLifeDays: .infinity)
        let boundary = model.grid.logarithms[1]
        let exact = HazardRows(covariates: rows.covariates, logAges: [boundary, 0.5], events: rows.events)
        let fit = try model.fit(exact.sample, penalties: [1])
        // No event in exposure 1.5 (the prior adds 2.5); then one event in no exposure (the prior adds 1 / 2).
        #expect(largestDifference(fit.logBaselines, [log(1 / (1.5 + 2.5)), log(2 / 0.5)]) < 1e-12)
    }

    @Test func `an event in the moment of entry counts and a censored row without age does not`() throws {
        let rows = HazardRows(covariates: [[1], [1], [0]], logAges: [0, 0, 1], events: [true, false, false])
        let model = try HazardRegression(grid: grid(logarithms: [0, 2]), bandStarts: [0], halfLifeDays: .infinity)
        let fit = try model.fit(rows.sample, penalties: [1])
        let without = try model.fit(rows.reordered([0, 2]).sample, penalties: [1])
        #expect(fit.logBaselines == without.logBaselines && fit.coefficients == without.coefficients)
        #expect(abs(fit.logBaselines[0] - log(2 / (0.5 + 1.5 / 2))) < 1e-12)
    }

    @Test func `a fit put together from its parts gives the hazards of its parts`() throws {
        let fit = HazardFit(
            grid: try grid(logarithms: [0, 1, 2, 3]), bands: [0..<2, 2..<3], coefficients: [[0.5, -1], [2, 0]],
            logBaselines: [-1, 0, 40])
        let hazards = fit.hazards(HazardRows.sparse([[2, 3], [-30, 30]]), row: 0)
        // The logarithm of a hazard is bounded to −30 ... 20.
        #expect(largestDifference(hazards.map { log($0) }, [-3, -2, 20]) < 1e-12)
        let least = fit.hazards(HazardRows.sparse([[2, 3], [-30, 30]]), row: 1)
        #expect(largestDifference(least.map { log($0) }, [-30, -30, -20]) < 1e-12)
        #expect(fit.iterations.isEmpty && fit.posteriorVariances.isEmpty)
    }

    @Test func `a band that nobody has reached keeps its prior`() throws {
        let rows = HazardRows(covariates: [[1], [0]], logAges: [0.5, 0.7], events: [true, false])
        let model = try HazardRegression(
            grid: grid(logarithms: [0, 1, 2]), bandStarts: [0, 1], halfLifeDays: .infinity)
        let fit = try model.fit(rows.sample, penalties: [4], wantsPosterior: true)
        #expect(fit.iterations[1] == 0)
        #expect(fit.coefficients[1] == [0])
        #expect(fit.logBaselines[1] == 0)
        #expect(fit.posteriorVariances[1] == [0.25])
    }
}
