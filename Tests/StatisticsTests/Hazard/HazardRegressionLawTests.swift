import Glibc
import LinearAlgebra
import Statistics
import Testing

/// What holds for every sample.
struct HazardRegressionLawTests {
    private static let penalties = [2.0, 0.5, 1]

    private func model(halfLifeDays: Double = 60, iterationLimit: Int = 60) throws -> HazardRegression {
        try HazardRegression(
            grid: grid(logarithms: [0, 0.5, 1.2, 2, 3.5]), bandStarts: [0, 2], halfLifeDays: halfLifeDays,
            iterationLimit: iterationLimit)
    }

    private func rows(_ seed: UInt64, count: Int = 200) -> HazardRows {
        var generator = SplitMix64(seed: seed)
        return HazardRows(count: count, using: &generator)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `the order of the rows does not matter`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let rows = rows(seed)
        let shuffled = rows.reordered(Array(rows.logAges.indices).shuffled(using: &generator))
        let fit = try model().fit(rows.sample, penalties: Self.penalties)
        let other = try model().fit(shuffled.sample, penalties: Self.penalties)
        #expect(largestDifference(fit.coefficients.flatMap(\.self), other.coefficients.flatMap(\.self)) < 1e-10)
        #expect(largestDifference(fit.logBaselines, other.logBaselines) < 1e-10)
    }

    @Test func `the same sample gives the same bits`() throws {
        let sample = rows(4).sample
        let fits = try (0..<5).map { _ in try model().fit(sample, penalties: Self.penalties, wantsPosterior: true) }
        for fit in fits.dropFirst() {
            #expect(fit.coefficients == fits[0].coefficients)
            #expect(fit.logBaselines == fits[0].logBaselines)
            #expect(fit.posteriorVariances == fits[0].posteriorVariances)
            #expect(fit.penalisedLogLikelihood == fits[0].penalisedLogLikelihood)
        }
    }

    @Test(arguments: [5, 6, 7] as [UInt64])
    func `the start does not move the maximum`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let sample = rows(seed).sample
        let fit = try model().fit(sample, penalties: Self.penalties)
        let near = fit.coefficients.map { $0.map { $0 + 0.3 * generator.normal() } }
        let far = fit.coefficients.map { $0.map { _ in 20 * generator.normal() } }
        for coefficients in [fit.coefficients, near, far] {
            let start = HazardFit(
                grid: fit.grid, bands: fit.bands, coefficients: coefficients, logBaselines: fit.logBaselines)
            let other = try model().fit(sample, penalties: Self.penalties, start: start)
            #expect(abs(other.penalisedLogLikelihood - fit.penalisedLogLikelihood) < 1e-6)
            #expect(largestDifference(fit.coefficients.flatMap(\.self), other.coefficients.flatMap(\.self)) < 1e-4)
        }
        let warm = try model().fit(sample, penalties: Self.penalties, start: fit)
        #expect(warm.iterations.allSatisfy { $0 == 1 })
    }

    @Test func `a curvature from other rows, other penalties and fewer columns does not move the maximum`() throws {
        let rows = rows(14)
        let fit = try model().fit(rows.sample, penalties: Self.penalties)
        var part = rows.reordered(Array(0..<60))
        part.covariates = part.covariates.map { Array($0[..<2]) }
        for wantsPosterior in [false, true] {
            let start = try model(halfLifeDays: 7)
                .fit(part.sample, penalties: [0.1, 90], wantsPosterior: wantsPosterior)
            let other = try model().fit(rows.sample, penalties: Self.penalties, start: start)
            #expect(abs(other.penalisedLogLikelihood - fit.penalisedLogLikelihood) < 1e-6)
            #expect(largestDifference(fit.coefficients.flatMap(\.self), other.coefficients.flatMap(\.self)) < 1e-4)
        }
    }

    @Test func `of many wide rows some give the curvature, which moves neither the maximum nor the posterior much`()
        throws
    {
        let narrow = rows(17, count: 2_500)
        // Columns whose effects are held at nothing change nothing but the work, so that every third row must do.
        let idle = 600
        var wide = narrow
        for row in wide.covariates.indices {
            wide.covariates[row] += (0..<idle).map { Double((7 * row + 3 * $0 + row * $0) % 11) - 5 }
        }
        let fit = try model().fit(narrow.sample, penalties: Self.penalties, wantsPosterior: true)
        let other = try model().fit(
            wide.sample, penalties: Self.penalties + [Double](repeating: 1e9, count: idle), wantsPosterior: true)
        for band in fit.bands.indices {
            let (own, found) = (fit.coefficients[band], Array(other.coefficients[band].prefix(3)))
            #expect(largestDifference(own, found) < 1e-4)
            let ratios = zip(other.posteriorVariances[band], fit.posteriorVariances[band]).map { $0 / $1 }
            #expect(ratios.allSatisfy { abs($0 - 1) < 0.15 })
            #expect(ratios.contains { abs($0 - 1) > 1e-6 })
        }
    }

    @Test func `a survey keeps the coefficients`() throws {
        let sample = rows(15).sample
        let penalties = [[Double]](repeating: Self.penalties, count: 2)
        let early = try model(iterationLimit: 1).fit(sample, penalties: Self.penalties)
        let surveyed = try model().surveyed(early, on: sample, bandPenalties: penalties)
        #expect(surveyed.coefficients == early.coefficients)
        #expect(surveyed.logBaselines == early.logBaselines)
        let fit = try model().fit(sample, penalties: Self.penalties)
        let other = try model().fit(sample, penalties: Self.penalties, start: surveyed)
        #expect(largestDifference(fit.coefficients.flatMap(\.self), other.coefficients.flatMap(\.self)) < 1e-4)
    }

    @Test func `a band is fitted alike whatever the other bands are`() throws {
        let sample = rows(16).sample
        let fine = try HazardRegression(
            grid: grid(logarithms: (0...20).map { 0.175 * Double($0) }), bandStarts: [0] + Array(5..<20),
            halfLifeDays: 60)
        let coarse = try HazardRegression(grid: fine.grid, bandStarts: [0, 5, 9, 13, 14], halfLifeDays: 60)
        let (many, few) = try (
            fine.fit(sample, penalties: Self.penalties), coarse.fit(sample, penalties: Self.penalties)
        )
        #expect(largestDifference(many.coefficients[0], few.coefficients[0]) < 1e-4)
        #expect(largestDifference(many.coefficients[9], few.coefficients[3]) < 1e-4)
        #expect(many.coefficients.count == 16 && many.logBaselines.count == 20)
    }

    @Test func `a step taken cannot lower the objective`() throws {
        let sample = rows(8).sample
        let objectives = try (1...6).map {
            try model(iterationLimit: $0).fit(sample, penalties: Self.penalties).penalisedLogLikelihood
        }
        #expect(zip(objectives, objectives.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(objectives[0] < objectives[5])
    }

    @Test(arguments: [0.01, 7, 1_000])
    func `a column in another unit has the coefficient of that unit`(factor: Double) throws {
        var rows = rows(9)
        let fit = try model().fit(rows.sample, penalties: Self.penalties)
        rows.covariates = rows.covariates.map { [$0[0] * factor, $0[1], $0[2]] }
        let scaled = try model().fit(
            rows.sample, penalties: [Self.penalties[0] * factor * factor, Self.penalties[1], Self.penalties[2]])
        for band in 0..<2 {
            let expected = [fit.coefficients[band][0] / factor] + fit.coefficients[band][1...]
            #expect(abs(scaled.coefficients[band][0] * factor - fit.coefficients[band][0]) < 1e-6)
            #expect(largestDifference(Array(scaled.coefficients[band][1...]), Array(expected[1...])) < 1e-6)
        }
        #expect(largestDifference(scaled.logBaselines, fit.logBaselines) < 1e-6)
    }

    @Test func `censored rows only lower the hazard`() throws {
        var rows = rows(10)
        rows.covariates = rows.covariates.map { _ in [0, 0, 0] }
        let fit = try model().fit(rows.sample, penalties: Self.penalties)
        rows.covariates += [[0, 0, 0], [0, 0, 0]]
        rows.logAges += [4, 0.7]
        rows.events += [false, false]
        rows.entryDays += [90, 90]
        let more = try model().fit(rows.sample, penalties: Self.penalties)
        #expect(zip(more.logBaselines, fit.logBaselines).allSatisfy { $0 < $1 })
    }

    @Test func `a very long half-life is no forgetting and a very short one forgets all but the present`() throws {
        let rows = rows(11)
        let never = try model(halfLifeDays: .infinity).fit(rows.sample, penalties: Self.penalties)
        let long = try model(halfLifeDays: 1e9).fit(rows.sample, penalties: Self.penalties)
        #expect(largestDifference(never.logBaselines, long.logBaselines) < 1e-6)
        // All events are a thousand half-lives old: the pseudo event and its exposure are all that is left.
        var old = rows
        old.now = 1e9
        let short = try model(halfLifeDays: 1).fit(old.sample, penalties: Self.penalties)
        #expect(largestDifference(short.logBaselines, [0, 0, 0, 0]) < 1e-12)
        #expect(largestDifference(short.coefficients.flatMap(\.self), [0, 0, 0, 0, 0, 0]) < 1e-12)
    }

    @Test func `a heavier penalty draws the coefficients to zero and an enormous one keeps them there`() throws {
        let sample = rows(12).sample
        let lengths = try [0.1, 10, 1_000, 1e12].map { penalty in
            let fit = try model().fit(sample, penalties: [penalty, penalty, penalty])
            return fit.coefficients.flatMap(\.self).reduce(0) { $0 + $1 * $1 }
        }
        #expect(zip(lengths, lengths.dropFirst()).allSatisfy { $0 > $1 })
        #expect(lengths[3] < 1e-18)
    }

    @Test func `effects are found again`() throws {
        let fit = try model(halfLifeDays: .infinity)
            .fit(rows(13, count: 4_000).sample, penalties: [0, 0, 0], wantsPosterior: true)
        for (coefficients, variances) in zip(fit.coefficients, fit.posteriorVariances) {
            for (column, effect) in [0.6, -0.9, 0].enumerated() {
                #expect(abs(coefficients[column] - effect) < 4 * variances[column].squareRoot())
            }
        }
    }

    @Test func `separated effects stay finite under a penalty`() throws {
        let rows = HazardRows(
            covariates: (0..<40).map { [$0 < 20 ? 1 : 0] }, logAges: (0..<40).map { 0.3 + Double($0 % 7) / 10 },
            events: (0..<40).map { $0 < 20 })
        let model = try HazardRegression(grid: grid(logarithms: [0, 1, 2]), bandStarts: [0], halfLifeDays: 30)
        let fit = try model.fit(rows.sample, penalties: [0.1])
        #expect(fit.coefficients[0][0] > 0.5 && fit.coefficients[0][0] < 10)
        #expect(fit.hazards(rows.design, row: 0).allSatisfy { $0.isFinite && $0 > 0 })
    }
}
