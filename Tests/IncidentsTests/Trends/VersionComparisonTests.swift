import Incidents
import Records
import Statistics
import Testing

struct VersionComparisonTests {
    /// Three weeks of four sites, of which two are upgraded on the fifteenth day; `factor` is by how much a failure grows on them.
    private func rollout(
        factor: Double, perHour: Double = 1, growth: Double = 1, from old: String = "5.2.4", to new: String = "5.3.0",
        seed: UInt64 = 1
    ) -> CountTable {
        var counts = CountsOfTests()
        var generator = SplitMix64(seed: seed)
        for hour in 0..<24 * 21 {
            for site in 0..<4 {
                let isNew = site < 2 && hour >= 24 * 14
                let version = isNew ? new : old
                let place = "site \(site)"
                counts.add(
                    nil, hour, generator.poisson(mean: 100), deployment: place, version: version,
                    environment: "production")
                let mean = perHour * (isNew ? factor : 1) * (hour >= 24 * 14 ? growth : 1)
                counts.add(
                    "failure", hour, generator.poisson(mean: mean), deployment: place, version: version,
                    environment: "production")
            }
        }
        return counts.table
    }

    @Test func `a failure that trebles with a version is regressed, and says by how much`() throws {
        let found = try #require(VersionComparison.all(rollout(factor: 3)).first)
        #expect(found.verdict == .regressed)
        #expect(found.version == "5.3.0" && found.before == "5.2.4" && found.environment == "production")
        #expect(found.deployments == ["site 0", "site 1"] && !found.isRollback)
        #expect(found.since.seconds == Double(CountsOfTests.monday + 24 * 14) * 3_600)
        #expect(found.interval.contains(3) && found.interval.lowerBound > 2)
        #expect(abs(found.ratio - 3) < 0.6 && abs(found.shrunkRatio - 3) < 1)
        #expect(found.adjustedPValue < 1e-6)
    }

    @Test func `a failure that stays is not regressed, and one that is rare can not be told`() throws {
        #expect(VersionComparison.all(rollout(factor: 1)).map(\.verdict) == [.notRegressed])
        let rare = try #require(VersionComparison.all(rollout(factor: 3, perHour: 0.004)).first)
        #expect(rare.verdict == .cannotTell)
    }

    @Test func `what grows everywhere at the same time is not the version's doing`() throws {
        let found = try #require(VersionComparison.all(rollout(factor: 1, growth: 3)).first)
        #expect(found.verdict != .regressed)
        #expect(abs(found.controlFactor - 3) < 0.6)
    }

    /// Two sites of four get a version that writes a part of the ordinary lines, and are used as much as before or less; one failure of eight comes six
    /// times as often by use.
    @Test(arguments: [(0.3, 1.0), (3, 1), (1, 0.4), (0.5, 0.5)])
    func `a version that writes other ordinary lines is neither worse nor better for it`(
        written: Double, used: Double
    ) throws {
        var counts = CountsOfTests()
        var generator = SplitMix64(seed: 2)
        for hour in stride(from: 0, to: 24 * 16, by: 4) {
            for site in 0..<4 {
                let isNew = site < 2 && hour >= 24 * 12
                let version = isNew ? "2" : "1"
                let use = isNew ? used : 1
                counts.add(
                    nil, hour, generator.poisson(mean: 400 * use * (isNew ? written : 1)), deployment: "site \(site)",
                    version: version)
                for number in 0..<8 {
                    let mean = 6 * use * (isNew && number == 0 ? 6 : 1)
                    counts.add(
                        "failure \(number)", hour, generator.poisson(mean: mean), deployment: "site \(site)",
                        version: version)
                }
            }
        }
        let found = VersionComparison.all(counts.table)
        #expect(found.filter { $0.verdict == .regressed }.map(\.template) == ["failure 0"])
        #expect(found.count { $0.verdict == .notRegressed } == 7)
        #expect(abs((try #require(found.first)).exposureFactor * written - 1) < 0.25)
        var told = counts.table
        told.hasExposures = true
        #expect(VersionComparison.all(told).allSatisfy { $0.exposureFactor == 1 })
    }

    @Test func `a failure that is new with a version is regressed`() throws {
        var counts = CountsOfTests()
        for hour in 0..<24 * 10 {
            let version = hour < 24 * 8 ? "1.9.0" : "1.10.0"
            counts.add(nil, hour, 80, deployment: "site", version: version)
            if hour >= 24 * 8, hour % 4 == 0 {
                counts.add("new failure", hour, 2, deployment: "site", version: version)
            }
        }
        let found = try #require(VersionComparison.all(counts.table).first)
        #expect(found.verdict == .regressed && found.linesBefore == 0 && !found.isRollback)
        #expect(found.interval.upperBound == .infinity && found.environment.isEmpty)
    }

    @Test(arguments: [
        ("5.3.0", "5.2.9", true), ("5.10.0", "5.9.0", true), ("1.0.0", "1.0.0-rc.2", true),
        ("1.0.0-rc.10", "1.0.0-rc.9", true),
        ("1.0.0-beta", "1.0.0-alpha", true), ("1.0.0-alpha.b", "1.0.0-alpha.1", true),
        ("1.0.0-alpha.1.1", "1.0.0-alpha.1", true),
        ("v2.1", "v2", true), ("2026112", "2026111", true), ("1.2.3+b7", "1.2.2", true), ("latest", "5.0", false),
        ("1.2.3+46", "1.2.3+45", true), ("1.2.3+45", "1.2.3+46", false), ("1.2.3-rc.1+b10", "1.2.3-rc.1+b9", true),
        ("1.2.3+46", "1.2.4+1", false), ("1.2.3+9f3", "1.2.3+d41", false),
        ("5.0", "latest", false),
        ("5.2.9", "5.3.0", false), ("1.0.0-1", "1.0.0-x", false), ("build-1467", "build-999", true),
        ("release-5.3.0", "release-5.2.9", true), ("acme/v5.3.0", "acme/v5.10.0", false),
        ("build-1467", "5.3.0", false), ("9bd01e7", "3f9c2ab", false),
    ])
    func `going back to an earlier version is told`(old: String, new: String, isBack: Bool) throws {
        let found = try #require(VersionComparison.all(rollout(factor: 1, from: old, to: new)).first)
        #expect(found.isRollback == isBack)
    }

    @Test func `a version that ran for an hour before another one came is no version to compare with`() {
        var counts = CountsOfTests()
        for hour in 0..<200 {
            counts.add(
                nil, hour, 50, deployment: "site", version: hour == 100 ? "0.0.0-absurd" : hour < 100 ? "1" : "2")
            counts.add("failure", hour, 1, deployment: "site", version: hour < 100 ? "1" : "2")
        }
        let found = VersionComparison.all(counts.table)
        #expect(found.map(\.before) == ["1"] && found.map(\.version) == ["2"])
    }

    @Test func `without deployments the accounts are what is upgraded, and without either nothing is compared`() throws
    {
        var counts = CountsOfTests()
        for hour in 0..<240 {
            let version = hour < 120 ? "1.0" : "1.1"
            counts.add(nil, hour, 60, account: "a", version: version)
            counts.add("failure", hour, hour < 120 ? 1 : 6, account: "a", version: version)
            counts.add(nil, hour, 60, version: version)
        }
        let found = VersionComparison.all(counts.table)
        #expect(found.map(\.deployments) == [["a"]] && found.first?.verdict == .regressed)
    }

    @Test(arguments: [
        ("v5.3.0", "5.3.0", true), ("5.3", "5.3.0", true), ("release-v5.3", "release-5.3.0", true),
        ("0.0", "0", true), ("5.3.0-rc.1", "V5.3-rc.1", true), ("5.3.0", "5.3.0+46", false),
        ("5.3.0", "5.3.0-rc.1", false),
        ("5.03", "5.3", false), ("5.30", "5.3", false), ("api-5.3.0", "db-5.3.0", false),
        ("3f9c2ab", "v3f9c2ab", false),
    ])
    func `a version that is written in two ways is one`(one: String, other: String, isOne: Bool) throws {
        var counts = CountsOfTests()
        for hour in 0..<96 {
            for (place, spelling) in [("north", one), ("south", other)] {
                counts.add(nil, hour, 80, deployment: place, version: hour < 48 ? "1" : spelling)
                counts.add("failure", hour, hour < 48 ? 1 : 8, deployment: place, version: hour < 48 ? "1" : spelling)
            }
        }
        let found = VersionComparison.all(counts.table)
        #expect(Set(found.map(\.deployments)) == (isOne ? [["north", "south"]] : [["north"], ["south"]]))
        #expect(try #require(found.first { $0.version == one }).isOf(other) == isOne)
    }

    @Test func `programs of one place that write its version in two ways run beside each other as one`() {
        var counts = CountsOfTests()
        for hour in 0..<200 {
            for version in hour < 100 ? ["1.9", "v1.9.0"] : ["2.0", "v2.0.0"] {
                counts.add(nil, hour, 50, deployment: "site", version: version)
                counts.add("failure", hour, hour < 100 ? 1 : 6, deployment: "site", version: version)
            }
        }
        let found = VersionComparison.all(counts.table)
        #expect(found.map(\.isMixed) == [false] && found.map(\.verdict) == [.regressed])
    }

    @Test func `of a log of failures alone rates are by time`() throws {
        let all = rollout(factor: 4, growth: 2)
        let failures = try #require(
            CountTable(
                signatures: all.signatures, accounts: all.accounts, deployments: all.deployments,
                versions: all.versions,
                environments: all.environments, scopes: all.scopes, cells: all.cells.filter { $0.signature >= 0 }))
        let found = try #require(VersionComparison.all(failures).first)
        #expect(found.verdict == .regressed && found.deployments == ["site 0", "site 1"])
        #expect(found.control == .sameEnvironment && abs(found.ratio - 4) < 1)
        #expect(found.since.seconds <= Double(CountsOfTests.monday + 24 * 14 + 12) * 3_600)
    }

    @Test func `only so many hours after an upgrade are looked at when that is asked for`() throws {
        let day = try #require(VersionComparison.all(rollout(factor: 3), hoursAfter: 24).first)
        #expect(day.observed < 200)
        #expect(day.verdict == .regressed)
    }
}
