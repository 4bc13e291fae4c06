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
                let found = ears.threshold(at: frozen.index, in: counts)
                let place: Comment = "\(series) \(method) at \(frozen.index + 1)"
                // Where 0 is divided by 0 there is no bound, and no alarm.
                #expect((found == nil) == frozen.bound.isNaN, place)
                guard let found else { continue }
                #expect(abs(found.bound - frozen.bound) < 1e-9 * max(1, frozen.bound), place)
                #expect(found.isAlarm(counts[frozen.index]) == frozen.isAlarm, place)
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

    @Test(.enabled(if: SurveillanceFiles.series.contains("salmonella.agona"), "the series is not there"))
    func `the likelihood ratio and its alarms are those of the reference`() throws {
        let counts = try SurveillanceFiles.counts("salmonella.agona")
        let frozen = try frozen("salmonella.agona", "glrnb")
        let start = try #require(frozen.first?.index)
        let steps = try LikelihoodRatioSum().steps(from: start, in: counts)
        for frozen in frozen {
            #expect(abs(steps[frozen.index - start].statistic - frozen.bound) < 1e-7, "\(frozen.index + 1)")
            #expect(steps[frozen.index - start].isAlarm == frozen.isAlarm, "\(frozen.index + 1)")
        }
        #expect(steps.indices.filter { steps[$0].isAlarm }.map { $0 + start + 1 } == [262, 264])
        #expect(abs(steps.reduce(0) { $0 + $1.statistic } - 100.601012) < 1.5e-6)
    }

    private func thresholds(_ series: String, _ method: String) throws -> ((Int, [Double]) -> CountThreshold?)? {
        switch method {
        case "farrFlexNB", "farrFlexDelta", "farrOld":
            let references = try SurveillanceFiles.references(series, years: 5)
            let farrington = farrington(series, method)
            return { farrington.threshold(at: $0, in: $1, references: references?[$0]) }
        case "earsC1": return { EarlyAberration(.c1, significance: 0.001).threshold(at: $0, in: $1) }
        case "earsC2": return { EarlyAberration(.c2, significance: 0.001).threshold(at: $0, in: $1) }
        case "earsC3": return { EarlyAberration(.c3, significance: 0.025).threshold(at: $0, in: $1) }
        case "bayes":
            var posterior = SeasonalPosterior()
            posterior.years = years(series)
            return { [posterior] in posterior.threshold(at: $0, in: $1) }
        default: return nil
        }
    }

    @Test(arguments: SurveillanceFiles.series)
    func `sums of bounds, alarms and their weeks are those of the summary`(series: String) throws {
        let rows = try SurveillanceFiles.rows("golden/SUMMARY.csv")
        let columns = Dictionary(uniqueKeysWithValues: rows[0].enumerated().map { ($1, $0) })
        func cell(_ row: [String], _ name: String) throws -> String { row[try #require(columns[name])] }
        let counts = try SurveillanceFiles.counts(series)
        for row in rows.dropFirst() where try cell(row, "ds") == series {
            let method = try cell(row, "m")
            guard let threshold = try thresholds(series, method) else { continue }
            let times = try frozen(series, method).map(\.index)
            let found = times.map { threshold($0, counts) }
            let alarms = zip(times, found).filter { $1?.isAlarm(counts[$0]) == true }.map { $0.0 + 1 }
            let sum = found.reduce(0) { $0 + ($1?.bound ?? 0) }
            #expect(String(times.count) == (try cell(row, "n")), "\(series) \(method)")
            #expect(String(alarms.count) == (try cell(row, "alarms")), "\(series) \(method)")
            #expect(
                alarms.prefix(15).map(String.init).joined(separator: " ") == (try cell(row, "alarmT")),
                "\(series) \(method)")
            let frozenSum = try #require(Double(try cell(row, "sumUB")))
            #expect(abs(sum - frozenSum) < 1e-6 * max(1, frozenSum), "\(series) \(method)")
        }
    }
}

/// The bounds and figures that R gives on the 168 simulated series of `../shared/data/trends/noufaily`; skipped without that folder.
@Suite(.enabled(if: SurveillanceFiles.arePresent, "../shared is not there"))
struct SimulatedGoldenTests {
    private struct Key: Hashable {
        let scenario: String
        let repetition: String
    }

    private static let watched = 575

    private static let all = Result { try read() }

    private func series() throws -> [Key: (counts: [Double], isOutbreak: [Bool])] { try Self.all.get() }

    /// The series with their outbreaks.
    private static func read() throws -> [Key: (counts: [Double], isOutbreak: [Bool])] {
        let text = try SurveillanceFiles.unpacked("noufaily/series.csv.gz")
        var rows = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let names = rows.removeFirst().map { $0.filter { $0 != "\"" } }
        func place(_ name: String) throws -> Int { try #require(names.firstIndex(of: name)) }
        let (scenario, repetition, count, outbreak) = try (
            place("scenario"), place("rep"), place("y"), place("outbreakCurrent")
        )
        var series: [Key: (counts: [Double], isOutbreak: [Bool])] = [:]
        for row in rows {
            let key = Key(scenario: String(row[scenario]), repetition: String(row[repetition]))
            series[key, default: ([], [])].counts.append(try #require(Double(row[count])))
            series[key, default: ([], [])].isOutbreak.append(try #require(Double(row[outbreak])) > 0)
        }
        return series
    }

    private static func farrington(_ method: String) -> FarringtonFlexible {
        var farrington = FarringtonFlexible()
        guard method == "farrOld" else { return farrington }
        farrington.seasons = 1
        farrington.weightThreshold = 1
        farrington.leftOut = 3
        farrington.trendLevel = 0.05
        farrington.bound = .twoThirdsPower
        return farrington
    }

    // One series of each scenario, as each takes 49 fits.
    @Test(arguments: [("farrFlexNB", 0.0), ("farrOld", 1e-4)])
    func `bounds of the Farrington methods are those of R`(method: String, tolerance: Double) throws {
        let series = try series()
        #expect(series.count == 168)
        let farrington = Self.farrington(method)
        var compared = 0
        for row in try SurveillanceFiles.rows("noufaily/thresholds_all.csv").dropFirst() where row[2] == method {
            let (scenario, repetition, week) = (
                try #require(Int(row[0])), try #require(Int(row[1])), try #require(Int(row[3]))
            )
            guard (scenario + repetition) % 6 == 0 else { continue }
            let counts = try #require(series[Key(scenario: row[0], repetition: row[1])]).counts
            let bound = try #require(Double(row[4]))
            let found = try #require(farrington.threshold(at: week - 1, in: counts))
            let place: Comment = "\(method) scenario \(scenario)/\(repetition) week \(week)"
            #expect(abs(found.bound - bound) <= tolerance * max(1, bound), place)
            #expect(found.isAlarm(counts[week - 1]) == (row[5] == "1"), place)
            compared += 1
        }
        #expect(compared == 28 * 49)
    }

    // FPR, POD and timeliness of results_by_method.csv.
    @Test(arguments: [("earsC1", EarlyAberration.Kind.c1), ("earsC2", .c2), ("earsC3", .c3)])
    func `figures of EARS are those of R`(method: String, kind: EarlyAberration.Kind) throws {
        let ears = EarlyAberration(kind, significance: 0.01)
        try expect(method) { counts in
            (Self.watched..<counts.count).map { ears.threshold(at: $0, in: counts)?.isAlarm(counts[$0]) == true }
        }
    }

    @Test func `figures of the cumulative sum with a season are those of R`() throws {
        try expect("cusum_glm_rossi") {
            CumulativeSum().seasonalAlarms(from: Self.watched, in: $0, period: 52)
        }
    }

    private func expect(_ method: String, _ alarms: ([Double]) -> [Bool]) throws {
        let scored = try series().values.map { counts, isOutbreak in
            let first = try #require(isOutbreak[Self.watched...].firstIndex(of: true)) - Self.watched
            let last = try #require(isOutbreak.lastIndex(of: true)) - Self.watched
            return WarningAccuracy.Series(scores: alarms(counts).map { $0 ? 1 : 0 }, outbreak: first..<last + 1)
        }
        let accuracy = WarningAccuracy(scored, above: 0.5)
        let row = try #require(SurveillanceFiles.rows("noufaily/results_by_method.csv").first { $0[0] == method })
        for (found, column) in [
            (accuracy.falsePositiveRate, 2), (accuracy.probabilityOfDetection, 3), (accuracy.timeliness, 7),
        ] {
            #expect(abs(found - (try #require(Double(row[column])))) < 1e-12, "\(method), column \(column)")
        }
    }
}
