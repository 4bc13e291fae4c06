import Incidents
import Records
import Statistics
import Testing

/// What counts as a roll-out, and what it is compared with.
struct RolloutTests {
    /// Lines of a place by hour, with a failure; the versions are those of each hour, with their shares.
    private func add(
        _ place: String, account: String? = nil, environment: String = "production", days: Int, ordinary: Double = 200,
        _ rates: [(version: String, share: Double, failures: Double)],
        when isThen: (Int, String) -> Bool, to counts: inout CountsOfTests, _ generator: inout SplitMix64
    ) {
        for hour in 0..<24 * days {
            for rate in rates where isThen(hour, rate.version) {
                counts.add(
                    nil, hour, generator.poisson(mean: ordinary * rate.share), account: account, deployment: place,
                    version: rate.version, environment: environment)
                counts.add(
                    "failure", hour, generator.poisson(mean: rate.failures * rate.share), account: account,
                    deployment: place, version: rate.version, environment: environment)
            }
        }
    }

    @Test func `a control group of few lines makes nothing certain`() {
        var regressed = 0
        var covered = 0
        for seed in 1...8 as ClosedRange<UInt64> {
            var counts = CountsOfTests()
            var generator = SplitMix64(seed: seed)
            for hour in 0..<24 * 15 {
                let version = hour < 24 * 14 ? "1" : "2"
                counts.add(nil, hour, generator.poisson(mean: 10_000), deployment: "large", version: version)
                counts.add(nil, hour, generator.poisson(mean: 200), deployment: "small", version: "1")
                for signature in 0..<10 {
                    let name = "failure \(signature)"
                    counts.add(name, hour, generator.poisson(mean: 50), deployment: "large", version: version)
                    counts.add(name, hour, generator.poisson(mean: 1), deployment: "small", version: "1")
                }
            }
            let found = VersionComparison.all(counts.table)
            #expect(found.count == 10 && found.allSatisfy { $0.control == .sameEnvironment })
            regressed += found.count { $0.verdict == .regressed }
            covered += found.count { $0.interval.contains(1) }
        }
        #expect(regressed == 0)
        #expect(covered >= 72)
    }

    @Test func `what comes in clumps is not told falsely where little was upgraded`() {
        var (found, falsely) = (0, 0)
        for seed in 1...8 as ClosedRange<UInt64> {
            var counts = CountsOfTests()
            var generator = SplitMix64(seed: seed)
            let rates = (0..<40).map { _ in generator.logNormal(logMean: -1.5, logStandardDeviation: 1) }
            for hour in stride(from: 0, to: 24 * 16, by: 6) {
                for (place, share) in [("small", 0.125), ("large", 0.875)] {
                    let isNew = place == "small" && hour >= 24 * 14
                    let version = isNew ? "2" : "1"
                    counts.add(nil, hour, generator.poisson(mean: 960 * share), deployment: place, version: version)
                    for (number, rate) in rates.enumerated() {
                        let isWorse = isNew && number % 4 == 0
                        // Each time six lines come at once.
                        let clumps = generator.poisson(mean: rate * share * (isWorse ? 10 : 1))
                        counts.add("failure \(number)", hour, 6 * clumps, deployment: place, version: version)
                    }
                }
            }
            let worse = Set(stride(from: 0, to: 40, by: 4).map { "failure \($0)" })
            for comparison in VersionComparison.all(counts.table) where comparison.verdict == .regressed {
                if worse.contains(comparison.template) { found += 1 } else { falsely += 1 }
            }
        }
        #expect(falsely <= 1)
        #expect(found >= 8)
    }

    @Test(arguments: [(1, false), (2, false), (12, true)])
    func `lines of few hours are few clumps, of which nobody can tell`(hours: Int, isTold: Bool) throws {
        var counts = CountsOfTests()
        for hour in 0..<24 * 15 {
            for site in 0..<4 {
                let isNew = site < 2 && hour >= 24 * 14
                counts.add(nil, hour, 100, deployment: "site \(site)", version: isNew ? "2" : "1")
                // The others come one by one, so that nothing else tells of clumps.
                for number in 0..<12 where (hour + 7 * number) % 24 == 6 * site {
                    counts.add("failure \(number)", hour, 1, deployment: "site \(site)", version: isNew ? "2" : "1")
                }
                if isNew, site == 0, hour % 2 == 0, hour / 2 % 12 < hours {
                    counts.add("retried", hour, 12 / hours, deployment: "site 0", version: "2")
                }
            }
        }
        let found = VersionComparison.all(counts.table)
        let retried = try #require(found.first { $0.template == "retried" })
        #expect(retried.observed == 12 && retried.verdict == (isTold ? .regressed : .cannotTell))
        #expect(found.count { $0.verdict == .regressed } == (isTold ? 1 : 0))
    }

    @Test func `a version that somebody makes up is none that ran before`() throws {
        var counts = CountsOfTests()
        var generator = SplitMix64(seed: 1)
        add(
            "site", days: 20, [("1.0", 1, 1), ("2.0", 1, 4)], when: { ($1 == "2.0") == ($0 >= 24 * 14) }, to: &counts,
            &generator)
        for hour in 240..<243 {
            counts.add(nil, hour, 1, deployment: "site", version: "999.0", environment: "production")
        }
        let found = VersionComparison.all(counts.table)
        #expect(found.map(\.before) == ["1.0"] && found.map(\.version) == ["2.0"])
        #expect(found.first?.verdict == .regressed)
    }

    @Test func `after a version was withdrawn the next one is compared with what ran since`() throws {
        var counts = CountsOfTests()
        var generator = SplitMix64(seed: 1)
        func version(_ hour: Int) -> String {
            hour < 240 ? "1.0" : hour < 264 ? "1.1" : hour < 24 * 16 ? "1.0" : "1.2"
        }
        add(
            "site", days: 20, [("1.0", 1, 1), ("1.1", 1, 6), ("1.2", 1, 6)], when: { version($0) == $1 }, to: &counts,
            &generator)
        let found = VersionComparison.all(counts.table)
        let told = Set(found.map { "\($0.before) -> \($0.version) \($0.verdict) \($0.isRollback)" })
        #expect(
            told == ["1.0 -> 1.1 regressed false", "1.1 -> 1.0 notRegressed true", "1.0 -> 1.2 regressed false"])
    }

    @Test func `a version that is withdrawn within hours is told as well as going back`() {
        var counts = CountsOfTests()
        var generator = SplitMix64(seed: 1)
        add(
            "site", days: 12, [("a1f0", 1, 3), ("c27b", 1, 30)], when: { ($1 == "c27b") == (240..<246 ~= $0) },
            to: &counts,
            &generator)
        let found = VersionComparison.all(counts.table)
        #expect(
            Set(found.map { "\($0.before) -> \($0.version) \($0.isRollback)" }) == [
                "a1f0 -> c27b false", "c27b -> a1f0 true",
            ])
        #expect(found.first?.version == "c27b" && found.first?.verdict == .regressed)
    }

    @Test func `versions that only run beside each other are no roll-outs`() {
        var counts = CountsOfTests()
        var generator = SplitMix64(seed: 3)
        for hour in 0..<24 * 28 {
            for (version, lines, failures) in [
                ("9.3", 300.0, 5.0), ("9.2", 20, 0.3), ("8.9", 0.5, 0.05), ("8.8", 0.4, 0.05),
            ] {
                counts.add(nil, hour, generator.poisson(mean: lines), deployment: "site", version: version)
                counts.add("failure", hour, generator.poisson(mean: failures), deployment: "site", version: version)
            }
        }
        #expect(VersionComparison.all(counts.table).isEmpty)
    }

    @Test func `versions by account on one deployment are compared with the accounts that were not upgraded`() throws {
        var counts = CountsOfTests()
        var generator = SplitMix64(seed: 5)
        for hour in 0..<24 * 21 {
            for number in 0..<10 {
                let isLate = hour >= 24 * 14
                let isNew = number < 3 && isLate
                let version = isNew ? "2" : "1"
                let account = "account \(number)"
                for (name, mean) in [
                    (nil, 30), ("everywhere", isLate ? 0.9 : 0.3), ("by version", isNew ? 0.9 : 0.3),
                    ("by account", number < 3 ? 3 : 0.05),
                ] as [(String?, Double)] {
                    counts.add(
                        name, hour, generator.poisson(mean: mean), account: account, deployment: "shared",
                        version: version)
                }
            }
        }
        let found = VersionComparison.all(counts.table)
        #expect(found.count == 3)
        #expect(found.filter { $0.verdict == .regressed }.map(\.template) == ["by version"])
        let everywhere = try #require(found.first { $0.template == "everywhere" })
        #expect(abs(everywhere.controlFactor - 3) < 0.6)
        #expect(everywhere.deployments == ["account 0", "account 1", "account 2"])
    }

    @Test func `a version that few accounts of a large deployment have is compared with the others there`() throws {
        var counts = CountsOfTests()
        var generator = SplitMix64(seed: 5)
        for hour in 0..<24 * 12 {
            for number in 0..<30 {
                let isNew = number == 0 && hour >= 24 * 8
                for (name, mean) in [(nil, 10), ("failure", isNew ? 1.6 : 0.2)] as [(String?, Double)] {
                    counts.add(
                        name, hour, generator.poisson(mean: mean), account: "account \(number)", deployment: "shared",
                        version: isNew ? "2" : "1")
                }
            }
        }
        let found = try #require(VersionComparison.all(counts.table).first)
        #expect(found.verdict == .regressed && found.deployments == ["account 0"] && !found.isMixed)
        #expect(found.control == .sameEnvironment && found.ratio > 4 && found.ratio < 16)
    }

    @Test func `of versions beside each other whose lines name no account nobody can tell`() throws {
        var counts = CountsOfTests()
        var generator = SplitMix64(seed: 5)
        add("shared", days: 21, [("1", 1, 3)], when: { hour, _ in hour < 24 * 14 }, to: &counts, &generator)
        add(
            "shared", days: 21, [("1", 0.7, 9), ("2", 0.3, 9)], when: { hour, _ in hour >= 24 * 14 }, to: &counts,
            &generator)
        let found = try #require(VersionComparison.all(counts.table).first)
        #expect(found.version == "2" && found.isMixed && found.verdict == .cannotTell && found.adjustedPValue == 1)
    }

    @Test func `what changes in another environment does not hide what a version did`() throws {
        var counts = CountsOfTests()
        var generator = SplitMix64(seed: 6)
        add(
            "one", days: 21, [("1", 1, 1), ("2", 1, 6)], when: { ($1 == "2") == ($0 >= 24 * 14) }, to: &counts,
            &generator)
        add(
            "trial", environment: "staging", days: 21, [("0.9", 1, 1)], when: { hour, _ in hour < 24 * 14 },
            to: &counts, &generator)
        add(
            "trial", environment: "staging", days: 21, [("0.9", 1, 10)], when: { hour, _ in hour >= 24 * 14 },
            to: &counts, &generator)
        let alone = try #require(VersionComparison.all(counts.table).first)
        #expect(alone.verdict == .cannotTell && alone.control == .otherEnvironments)
        add("two", days: 21, [("1", 1, 1)], when: { _, _ in true }, to: &counts, &generator)
        let beside = try #require(VersionComparison.all(counts.table).first)
        #expect(beside.verdict == .regressed && beside.control == .sameEnvironment)
    }

    @Test func `a place that gets another version at the same time tells nothing of what stays`() throws {
        var counts = CountsOfTests()
        var generator = SplitMix64(seed: 7)
        add(
            "one", days: 21, [("1.0", 1, 1), ("1.1", 1, 4)], when: { ($1 == "1.1") == ($0 >= 24 * 14) }, to: &counts,
            &generator)
        add(
            "two", days: 21, [("0.8", 1, 1), ("0.9", 1, 4)], when: { ($1 == "0.9") == ($0 >= 24 * 14 + 2) },
            to: &counts, &generator)
        add("three", days: 21, [("1.0", 1, 1)], when: { _, _ in true }, to: &counts, &generator)
        let found = VersionComparison.all(counts.table)
        #expect(found.map(\.verdict) == [.regressed, .regressed])
        #expect(found.allSatisfy { $0.controlFactor < 1.3 })
    }

    @Test func `places that follow days later are what the first ones are compared with until then`() throws {
        var counts = CountsOfTests()
        var generator = SplitMix64(seed: 8)
        for (number, day) in [14, 14, 18, 18].enumerated() {
            add(
                "site \(number)", days: 21, [("1", 1, 1), ("2", 1, 1)], when: { ($1 == "2") == ($0 >= 24 * day) },
                to: &counts,
                &generator)
        }
        let found = VersionComparison.all(counts.table).sorted { $0.since.seconds < $1.since.seconds }
        #expect(found.map(\.deployments) == [["site 0", "site 1"], ["site 2", "site 3"]])
        #expect(found.first?.control == .sameEnvironment)
        #expect(found.allSatisfy { $0.verdict == .notRegressed })
    }

    @Test(arguments: [false, true])
    func `places that had the version all the time tell what changed meanwhile`(isBack: Bool) throws {
        var counts = CountsOfTests()
        var generator = SplitMix64(seed: 10)
        // Half goes back to what the others had all the time, or follows what they had for days; in that hour the failure trebles everywhere.
        for number in 0..<4 {
            func isNew(_ hour: Int) -> Bool {
                let day = hour / 24
                return isBack ? number < 2 && 10..<14 ~= day : number < 2 && day >= 6 || day >= 14
            }
            for isLate in [false, true] {
                add(
                    "site \(number)", days: 18, [("1", 1, isLate ? 6 : 2), ("2", 1, isLate ? 6 : 2)],
                    when: { ($0 >= 24 * 14) == isLate && ($1 == "2") == isNew($0) }, to: &counts, &generator)
            }
        }
        let since = Double(CountsOfTests.monday + 24 * 14) * 3_600
        let found = try #require(VersionComparison.all(counts.table).first { $0.since.seconds == since })
        #expect(found.isRollback == isBack && found.deployments.count == 2)
        #expect(found.control == .sameEnvironment && found.verdict == .notRegressed)
        #expect(abs(found.controlFactor - 3) < 0.6)
    }

    @Test func `what a version did to others before hides nothing of what it does now`() throws {
        var counts = CountsOfTests()
        var generator = SplitMix64(seed: 11)
        for number in 0..<4 {
            let day = number < 2 ? 10 : 14
            add(
                "site \(number)", days: 18, [("1", 1, 2), ("2", 1, 12)], when: { ($1 == "2") == ($0 >= 24 * day) },
                to: &counts, &generator)
        }
        let found = VersionComparison.all(counts.table)
        #expect(
            found.map(\.deployments.first) == ["site 0", "site 2"]
                || found.map(\.deployments.first) == ["site 2", "site 0"])
        #expect(found.allSatisfy { $0.verdict == .regressed && $0.controlFactor < 1.3 })
    }

    @Test func `the same counts give the same comparisons`() {
        let table = simulated
        #expect(VersionComparison.all(table) == VersionComparison.all(table))
    }

    private var simulated: CountTable {
        var counts = CountsOfTests()
        var generator = SplitMix64(seed: 9)
        for number in 0..<6 {
            add(
                "site \(number)", days: 12, ordinary: 40, [("1", 1, 1), ("2", 1, 2)],
                when: { ($1 == "2") == ($0 >= 24 * (8 + number % 3)) }, to: &counts, &generator)
        }
        return counts.table
    }
}
