import Incidents
import Records
import Testing

struct TrendCountsTests {
    private func directory() -> CustomerDirectory {
        CustomerDirectory(
            CustomerContext(
                accounts: [Account(id: "a0"), Account(id: "a1")],
                deployments: [
                    Deployment(id: "d0", environment: "production", version: "1.0", accounts: ["a0"]),
                    Deployment(id: "d1", environment: "staging", accounts: ["a1"]),
                ],
                releases: [
                    Release(version: "1.1", deployment: "d0", deployedAt: Instant(seconds: LogOfTests.monday + 7_200))
                ]))
    }

    private func sightings(
        _ lines: [(hours: Double, signature: Int32, deployment: Int32, account: Int32, version: Int32, severity: UInt8)]
    ) -> LogSightings {
        var sightings = LogSightings()
        sightings.versions = ["9.9"]
        for line in lines {
            let time = Int64((LogOfTests.monday + line.hours * 3_600) * 1e9)
            let first = UInt32(sightings.mentions.count)
            if line.account >= 0 { sightings.mentions.append(AccountMention(account: line.account, form: .id)) }
            sightings.lines.append(
                LogSighting(
                    time: time, observedTime: time, signature: line.signature, deployment: line.deployment,
                    version: line.version,
                    firstMention: first, mentionCount: line.account >= 0 ? 1 : 0, severity: line.severity))
        }
        return sightings
    }

    private static let names = [CountTable.Name(id: "s0", template: "failure")]

    private func described(_ table: CountTable) -> [String] {
        func name(_ names: [String], _ index: Int32) -> String { index < 0 ? "-" : names[Int(index)] }
        return table.cells.map { cell in
            let scope = table.scopes[Int(cell.scope)]
            let hour = Int(cell.hour) - CountsOfTests.monday
            return
                "\(cell.signature) \(hour) \(name(table.accounts, scope.account)) \(name(table.deployments, scope.deployment)) "
                + "\(name(table.versions, scope.version)) \(name(table.environments, scope.environment)) \(cell.count)"
        }
    }

    @Test func `the version of a line is what it says, else the release, else that of its deployment`() {
        let directory = directory()
        var counts = TrendCounts(
            directory,
            releases: [
                Release(version: "1.1", deployment: "d0", deployedAt: Instant(seconds: LogOfTests.monday + 7_200))
            ])
        counts.add(
            sightings([
                (0.5, 0, 0, -1, -1, LogOfTests.error), (2.5, 0, 0, -1, -1, LogOfTests.error),
                (3.5, 0, 0, -1, 0, LogOfTests.error),
                (3.6, 0, 0, -1, 0, LogOfTests.error), (4.5, 0, 1, -1, -1, LogOfTests.info),
                (5.5, 0, -1, 1, -1, LogOfTests.error),
            ]))
        #expect(
            described(counts.table(Self.names)) == [
                "-1 4 a1 d1 - staging 1", "0 0 a0 d0 1.0 production 1", "0 2 a0 d0 1.1 production 1",
                "0 3 a0 d0 9.9 production 2",
                "0 5 a1 d1 - staging 1",
            ])
    }

    @Test func `a version without a number stands for the release that is known`() {
        var log = sightings([
            (0.5, 0, 0, -1, 0, LogOfTests.error), (2.5, 0, 0, -1, 0, LogOfTests.error),
            (2.6, 0, 1, -1, 0, LogOfTests.error),
        ])
        log.versions = ["latest"]
        let release = Release(version: "1.1", deployment: "d0", deployedAt: Instant(seconds: LogOfTests.monday + 7_200))
        var counts = TrendCounts(directory(), releases: [release])
        counts.add(log)
        #expect(
            described(counts.table(Self.names)) == [
                "0 0 a0 d0 1.0 production 1", "0 2 a0 d0 1.1 production 1", "0 2 a1 d1 latest staging 1",
            ])
        #expect(counts.linesOfUnnumberedVersions == 2)
        var named = TrendCounts(
            directory(),
            releases: [Release(version: "latest", deployedAt: Instant(seconds: LogOfTests.monday)), release])
        named.add(log)
        #expect(named.linesOfUnnumberedVersions == 0)
    }

    @Test(arguments: ["3f9c2ab", "build-1467", "release-5.3.0"])
    func `a version with a digit is what it says`(version: String) {
        var log = sightings([(0.5, 0, 0, -1, 0, LogOfTests.error)])
        log.versions = [version]
        var counts = TrendCounts(directory(), releases: [])
        counts.add(log)
        #expect(described(counts.table(Self.names)) == ["0 0 a0 d0 \(version) production 1"])
        #expect(counts.linesOfUnnumberedVersions == 0)
    }

    @Test func `releases, exposures and lines may write a version in different ways`() {
        let start = Instant(seconds: LogOfTests.monday)
        var log = sightings([
            (0.5, 0, 0, -1, 0, LogOfTests.error), (0.6, 0, 0, -1, 0, LogOfTests.info),
            (0.7, 0, 0, -1, -1, LogOfTests.error),
        ])
        log.versions = ["5.3"]
        var counts = TrendCounts(
            directory(), releases: [Release(version: "v5.3.0", deployment: "d0", deployedAt: start)],
            exposures: [Exposure(at: start, count: 7, deployment: "d0", version: "5.3.0")])
        counts.add(log)
        #expect(
            described(counts.table(Self.names)) == [
                "-1 0 a0 d0 v5.3.0 production 700", "0 0 a0 d0 v5.3.0 production 2",
            ])
    }

    @Test(
        arguments: [
            ([("api", "1.0"), ("db", "14.1"), ("api", "1.1"), ("db", "14.2")], "1.1", []),
            ([("", "2.0"), ("db", "14.1")], "2.0", []),
            ([("", "2.0"), ("web", "2.0"), ("web", "2.1"), ("db", "14.1")], "2.1", []),
            ([("db", "14.1")], "14.1", []),
            ([("api", "5.2"), ("db", "14.1"), ("api", "5.3")], "1.0", ["api", "db"]),
        ] as [([(String, String)], String, [String])])
    func `releases of a component count where its versions are those of the product`(
        releases: [(component: String, version: String)], version: String, untold: [String]
    ) {
        var counts = TrendCounts(
            directory(),
            releases: releases.enumerated().map { number, release in
                Release(
                    component: release.component, version: release.version, deployment: "d0",
                    deployedAt: Instant(seconds: LogOfTests.monday + Double(number)))
            })
        counts.add(sightings([(0.5, 0, 0, -1, -1, LogOfTests.error)]))
        #expect(described(counts.table(Self.names)) == ["0 0 a0 d0 \(version) production 1"])
        #expect(counts.untoldComponents == untold)
    }

    @Test func `releases of any other component are those of the service of its name`() {
        let start = LogOfTests.monday
        func release(_ component: String, _ version: String, _ hours: Double) -> Release {
            Release(
                component: component, version: version, deployment: "d0",
                deployedAt: Instant(seconds: start + hours * 3_600))
        }
        let releases = [
            release("mailer", "2.3", 0), release("shop", "5.1", 0), release("mailer", "2.4", 2),
            release("cache", "7", 0),
        ]
        var log = sightings([
            (0.5, 0, 0, -1, -1, LogOfTests.error), (1.5, 0, 0, -1, -1, LogOfTests.error),
            (2.5, 0, 0, -1, -1, LogOfTests.error), (3.5, 0, 0, -1, 0, LogOfTests.error),
            (4.5, 0, 0, -1, -1, LogOfTests.error),
        ])
        (log.services, log.hosts) = (["shop", "mailer", ""], ["", "", "host"])
        for (line, place) in zip(log.lines.indices, [0, 1, 1, 1, 2] as [Int32]) { log.lines[line].place = place }
        var counts = TrendCounts(directory(), releases: releases)
        counts.add(log)
        let table = counts.table(Self.names)
        #expect(
            described(table) == [
                "0 0 a0 d0 5.1 production 1", "0 1 a0 d0 2.3 production 1", "0 2 a0 d0 2.4 production 1",
                "0 3 a0 d0 9.9 production 1", "0 4 a0 d0 1.0 production 1",
            ])
        #expect(
            table.cells.map { table.scopes[Int($0.scope)].service }.map { $0 < 0 ? "" : table.services[Int($0)] }
                == ["shop", "mailer", "mailer", "mailer", ""])
        #expect(counts.untoldComponents == ["cache"])
    }

    @Test func `a log in parts counts as it does at once`() {
        let lines = (0..<60).map { number in
            let severity = number % 4 == 0 ? LogOfTests.info : LogOfTests.error
            return (Double(number) / 7, Int32(0), Int32(number % 2), Int32(number % 3 - 1), Int32(-1), severity)
        }
        var once = TrendCounts(directory(), releases: [])
        once.add(sightings(lines))
        var parts = TrendCounts(directory(), releases: [])
        for start in stride(from: 0, to: 60, by: 7) { parts.add(sightings(Array(lines[start..<min(60, start + 7)]))) }
        #expect(parts.table(Self.names) == once.table(Self.names))
    }

    @Test func `lines out of order of time are counted in that order, in which scopes are numbered too`() {
        let lines = (0..<60).map { number in
            let hours = Double(number) / 7
            return (hours, Int32(0), Int32(number % 2), Int32(number % 3 - 1), Int32(-1), LogOfTests.error)
        }
        var ordered = TrendCounts(directory(), releases: [])
        ordered.add(sightings(lines))
        var reversed = TrendCounts(directory(), releases: [])
        reversed.add(sightings(lines.reversed()))
        #expect(reversed.table(Self.names) == ordered.table(Self.names))
        #expect(ordered.table(Self.names).scopes.count > 3)
    }

    @Test func `a line that names several accounts counts for the first one, on the deployment of that`() {
        var log = sightings([(0.5, 0, -1, 1, -1, LogOfTests.error), (0.6, 0, -1, -1, -1, LogOfTests.error)])
        log.mentions += [
            AccountMention(account: 0, form: .similar), AccountMention(account: 1, form: .alias),
            AccountMention(account: 0, form: .id),
        ]
        log.lines[1].firstMention = 1
        log.lines[1].mentionCount = 3
        var counts = TrendCounts(directory(), releases: [])
        counts.add(log)
        #expect(described(counts.table(Self.names)) == ["0 0 a1 d1 - staging 2"])
    }

    @Test
    func `exposures stand for ordinary lines in hundredths, where lines say or else where they are known to belong`() {
        let exposures = [
            Exposure(at: Instant(seconds: LogOfTests.monday + 600), count: 120.4, deployment: "d0"),
            Exposure(
                at: Instant(seconds: LogOfTests.monday + 700), count: 30, account: "a1", deployment: "d1", version: "7"),
            Exposure(at: Instant(seconds: LogOfTests.monday + 800), count: 5, account: "nobody", deployment: "nowhere"),
        ]
        var counts = TrendCounts(directory(), releases: [], exposures: exposures)
        counts.add(sightings([(0.5, 0, 1, -1, -1, LogOfTests.error), (0.6, 0, 1, -1, -1, LogOfTests.info)]))
        #expect(
            described(counts.table(Self.names)) == [
                "-1 0 a1 d1 - staging 500", "-1 0 - d0 1.0 production 12040", "-1 0 a1 d1 7 staging 3000",
                "0 0 a1 d1 - staging 1",
            ])
    }

    @Test func `releases of everything reach every deployment, and numbers of shapes become those of signatures`() {
        var counts = TrendCounts(
            directory(), releases: [Release(version: "3", deployedAt: Instant(seconds: LogOfTests.monday))])
        counts.add(
            sightings([
                (1, 4, 1, -1, -1, LogOfTests.error), (1, 5, 1, -1, -1, LogOfTests.error),
                (1, 9, 1, -1, -1, LogOfTests.error),
            ]))
        let table = counts.table(Self.names, numbers: [-1, -1, -1, -1, 0, 0])
        #expect(described(table) == ["0 1 a1 d1 3 staging 2"])
    }
}

extension TrendCounts {
    /// What was counted, which can be asked for again.
    fileprivate func table(_ signatures: [CountTable.Name], numbers: [Int32]? = nil) -> CountTable {
        var counts = self
        return counts.take(signatures, numbers: numbers)
    }
}
