import Foundation
import Statistics
import Testing

/// Every bound and every alarm that R 4.2.2 with surveillance 1.20.3 gives on the series of `../shared/data/trends/golden`; skipped without that folder.
@Suite(.enabled(if: SurveillanceFiles.arePresent, "../shared is not there"))
struct SurveillanceGoldenTests {
    private struct Frozen {
        let index: Int
        let bound: Double
        let isAlarm: Bool
    }

    private func frozen(_ series: String, _ method: String) throws -> [Frozen] {
        let columns = try SurveillanceFiles.columns("golden/\(series)__\(method).csv")
        let times = try #require(columns["t"])
        let bounds = try #require(columns["upperbound"])
        let alarms = try #require(columns["alarm"])
        return times.indices.map { Frozen(index: Int(times[$0]) - 1, bound: bounds[$0], isAlarm: alarms[$0] == 1) }
    }

    private func years(_ series: String) -> Int {
        series == "stsNewport" ? 5 : ["salmonella.agona", "simPointSource"].contains(series) ? 3 : 2
    }

    private func farrington(_ series: String, _ method: String) -> FarringtonFlexible {
        var farrington = FarringtonFlexible()
        farrington.years = years(series)
        if method == "farrOld" {
            farrington.seasons = 1
            farrington.weightThreshold = 1
            farrington.leftOut = 3
            farrington.trendLevel = 0.05
            farrington.significance = 0.05
        }
        if method != "farrFlexNB" { farrington.bound = .twoThirdsPower }
        return farrington
    }

    private func expect(
        _ series: String, _ method: String, relative tolerance: Double, _ threshold: (Int, [Double]) -> CountThreshold?
    ) throws {
        let counts = try SurveillanceFiles.counts(series)
        for frozen in try frozen(series, method) {
            let found = try #require(threshold(frozen.index, counts))
            #expect(
                abs(found.bound - frozen.bound) <= tolerance * max(1, frozen.bound),
                "\(series) \(method) at \(frozen.index + 1)")
            #expect(found.isAlarm(counts[frozen.index]) == frozen.isAlarm, "\(series) \(method) at \(frozen.index + 1)")
        }
    }

    @Test(arguments: SurveillanceFiles.series)
    func `bounds of the flexible Farrington method with negative binomial counts are exact`(series: String) throws {
        let references = try SurveillanceFiles.references(series, years: 5)
        let farrington = farrington(series, "farrFlexNB")
        try expect(series, "farrFlexNB", relative: 0) { index, counts in
            farrington.threshold(at: index, in: counts, references: references?[index])
        }
    }

    @Test(arguments: SurveillanceFiles.series, ["farrFlexDelta", "farrOld"])
    func `bounds of the Farrington method on the power scale agree`(series: String, method: String) throws {
        let references = try SurveillanceFiles.references(series, years: 5)
        let farrington = farrington(series, method)
        try expect(series, method, relative: 1e-6) { index, counts in
            farrington.threshold(at: index, in: counts, references: references?[index])
        }
    }

    @Test(arguments: SurveillanceFiles.series)
    func `bounds of EARS agree to the digits that are frozen`(series: String) throws {
        for (method, kind, level) in [
            ("earsC1", EarlyAberration.Kind.c1, 0.001), ("earsC2", .c2, 0.001), ("earsC3", .c3, 0.025),
        ] {
            let ears = EarlyAberration(kind, significance: level)
            let counts = try SurveillanceFiles.counts(series)
            for frozen in try frozen(series, method) {
                let found = try #require(ears.threshold(at: frozen.index, in: counts))
                guard frozen.bound.isFinite else { continue }
                #expect(
                    abs(found.bound - frozen.bound) < 1e-9 * max(1, frozen.bound),
                    "\(series) \(method) at \(frozen.index + 1)")
                #expect(
                    found.isAlarm(counts[frozen.index]) == frozen.isAlarm, "\(series) \(method) at \(frozen.index + 1)")
            }
        }
    }

    @Test(arguments: SurveillanceFiles.series)
    func `bounds of the posterior of past years are exact`(series: String) throws {
        var posterior = SeasonalPosterior()
        posterior.years = years(series)
        try expect(series, "bayes", relative: 0) { posterior.threshold(at: $0, in: $1) }
    }

    @Test(arguments: SurveillanceFiles.series)
    func `bounds of the cumulative sum are exact`(series: String) throws {
        let counts = try SurveillanceFiles.counts(series)
        let frozen = try frozen(series, "cusum")
        let start = try #require(frozen.first?.index)
        let steps = CumulativeSum().steps(from: start, in: counts)
        for frozen in frozen {
            #expect(steps[frozen.index - start].bound == frozen.bound, "\(series) at \(frozen.index + 1)")
            #expect(steps[frozen.index - start].isAlarm == frozen.isAlarm, "\(series) at \(frozen.index + 1)")
        }
    }
}
