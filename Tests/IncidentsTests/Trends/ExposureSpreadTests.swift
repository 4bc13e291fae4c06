import Incidents
import Records
import Testing

struct ExposureSpreadTests {
    private static let directory = CustomerDirectory(
        CustomerContext(
            accounts: ["a0", "a1"].map { Account(id: $0) },
            deployments: [
                Deployment(id: "d0", environment: "production", accounts: ["a0"]),
                Deployment(id: "d1", environment: "production", accounts: ["a1"]),
            ]))

    /// Counts lines, each of an hour, a deployment and a version, failing or not.
    private func counted(
        _ lines: [(hour: Int, deployment: Int32, version: Int32, isFailure: Bool)], _ exposures: [Exposure]
    ) -> (table: CountTable, coverage: ExposureCoverage?) {
        var sightings = LogSightings()
        sightings.versions = ["1.0", "2.0"]
        for (number, line) in lines.enumerated() {
            let time = Int64((LogOfTests.monday + Double(line.hour) * 3_600) * 1e9) + Int64(number)
            sightings.lines.append(
                LogSighting(
                    time: time, observedTime: time, signature: line.isFailure ? 0 : -1, deployment: line.deployment,
                    version: line.version, severity: line.isFailure ? LogOfTests.error : LogOfTests.info))
        }
        var counts = TrendCounts(Self.directory, releases: [], exposures: exposures)
        counts.add(sightings)
        return (counts.take([CountTable.Name(id: "s", template: "failure")]), counts.exposureCoverage)
    }

    private func exposure(_ hour: Int, _ count: Double, deployment: String? = nil, account: String? = nil) -> Exposure {
        Exposure(
            at: Instant(seconds: LogOfTests.monday + Double(hour) * 3_600), count: count, account: account,
            deployment: deployment)
    }

    /// The exposure of each hour, of some scopes alone where these are given.
    private func exposures(
        _ table: CountTable, _ hours: Int, where isWanted: (CountTable.Scope) -> Bool = { _ in true }
    ) -> [Int] {
        var sums = [Int](repeating: 0, count: hours)
        for cell in table.cells(of: -1) where isWanted(table.scopes[Int(cell.scope)]) {
            sums[Int(cell.hour) - CountsOfTests.monday] += Int(cell.count)
        }
        return sums
    }

    private func isOf(_ version: String, _ table: CountTable) -> (CountTable.Scope) -> Bool {
        { $0.version >= 0 && table.versions[Int($0.version)] == version }
    }

    @Test func `exposures of all, or of accounts, lie on the versions and deployments of lines`() throws {
        let lines = (0..<4).flatMap { hour -> [(Int, Int32, Int32, Bool)] in
            [(hour, 0, Int32(hour / 2), false)] + [(Int, Int32, Int32, Bool)](repeating: (hour, 1, 0, false), count: 3)
        }
        for given in [
            (0..<4).map { exposure($0, 40) },
            (0..<4).flatMap { [exposure($0, 10, account: "a0"), exposure($0, 30, account: "a1")] },
        ] {
            let (table, coverage) = counted(lines, given)
            #expect(exposures(table, 4) == [4_000, 4_000, 4_000, 4_000])
            #expect(exposures(table, 4, where: isOf("2.0", table)) == [0, 0, 1_000, 1_000])
            #expect(try #require(coverage).hours == 1)
        }
        #expect(try #require(counted(lines, [exposure(0, 1)]).coverage).namesParts == false)
    }

    @Test func `exposures of days are of their hours, as busy as lines say`() throws {
        let lines = (0..<72).flatMap { hour in
            [(Int, Int32, Int32, Bool)](repeating: (hour, 0, 0, false), count: hour % 24 < 12 ? 1 : 3)
        }
        let (table, coverage) = counted(lines, (0..<3).map { exposure(24 * $0, 4_800, deployment: "d0") })
        #expect(exposures(table, 72) == (0..<72).map { $0 % 24 < 12 ? 10_000 : 30_000 })
        #expect(try #require(coverage).hours == 1)
        // Without ordinary lines they are even.
        let (even, _) = counted(
            [(0, 0, 0, true), (71, 0, 0, true)], (0..<3).map { exposure(24 * $0, 48, deployment: "d0") })
        #expect(exposures(even, 72) == [Int](repeating: 200, count: 72))
    }

    @Test func `where exposures end, or say nothing though lines came, lines go on at their ratio`() throws {
        let lines = (0..<40).flatMap { hour in
            [(Int, Int32, Int32, Bool)](repeating: (hour, 0, 0, false), count: 20)
        }
        for late in [[], (20..<40).map { exposure($0, 0, deployment: "d0") }] {
            let (table, coverage) = counted(lines, (0..<20).map { exposure($0, 5, deployment: "d0") } + late)
            #expect(exposures(table, 40) == [Int](repeating: 500, count: 40))
            #expect(try #require(coverage).hours == 0.5)
        }
    }

    @Test func `fractions count`() {
        let lines = (0..<10).map { ($0, Int32(0), Int32(0), false) }
        let (table, _) = counted(lines, (0..<10).map { exposure($0, 0.45, deployment: "d0") })
        #expect(exposures(table, 10) == [Int](repeating: 45, count: 10))
        // What rounding takes from one hour the next ones have.
        let (small, _) = counted(lines, (0..<10).map { exposure($0, 0.004, deployment: "d0") })
        #expect(exposures(small, 10).reduce(0, +) == 4)
    }

    @Test func `without ordinary lines an exposure is of the version that its deployment told last`() {
        let (table, _) = counted(
            [(0, 0, 0, true), (5, 0, 1, true), (9, 0, 1, true)], (0..<10).map { exposure($0, 3, deployment: "d0") })
        #expect(exposures(table, 10, where: isOf("1.0", table)) == [300, 300, 300, 300, 300, 0, 0, 0, 0, 0])
        #expect(exposures(table, 10, where: isOf("2.0", table)) == [0, 0, 0, 0, 0, 300, 300, 300, 300, 300])
    }

    @Test func `of exposures that count on what each adds is taken, part by part`() throws {
        let lines = (0..<60).flatMap { hour in [(hour, Int32(0), Int32(0), false), (hour, Int32(1), Int32(0), false)] }
        let counting = (0..<60).map { exposure($0, Double($0 < 40 ? $0 + 1 : $0 - 39) * 10, deployment: "d0") }
        let usual = (0..<60).map { exposure($0, 10, deployment: "d1") }
        // In whatever order the rows come.
        for given in [counting + usual, counting.reversed() + usual] {
            let (table, coverage) = counted(lines, given)
            #expect(exposures(table, 60) == [Int](repeating: 2_000, count: 60))
            #expect(try #require(coverage).counters == 1 && coverage?.parts == 2)
        }
    }
}
