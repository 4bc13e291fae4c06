import Statistics
import Testing

@testable import Records

struct ZoneRulesTests {
    private let newYork: ZoneRules
    private let rome: ZoneRules

    init() throws {
        newYork = try ZoneRules(identifier: "America/New_York")
        rome = try ZoneRules(identifier: "Europe/Rome")
    }

    private func seconds(_ text: String, in zone: ZoneRules) throws -> String {
        try #require(Instant(iso8601: text, zone: zone)).iso8601
    }

    @Test(arguments: [
        ("2024-01-15 12:00", "2024-01-15T11:00:00Z"), ("2024-07-15 12:00", "2024-07-15T10:00:00Z"),
        // Clocks go from 2:00 to 3:00 on 31 March: 2:30 is never shown and moves on to 3:30.
        ("2024-03-31 01:59:59", "2024-03-31T00:59:59Z"), ("2024-03-31 02:30", "2024-03-31T01:30:00Z"),
        ("2024-03-31 03:00", "2024-03-31T01:00:00Z"),
        // Clocks go from 3:00 to 2:00 on 27 October: 2:30 is shown twice and means the first.
        ("2024-10-27 02:30", "2024-10-27T00:30:00Z"), ("2024-10-27 03:00", "2024-10-27T02:00:00Z"),
        ("2150-07-15 12:00", "2150-07-15T10:00:00Z"), ("2150-01-15 12:00", "2150-01-15T11:00:00Z"),
    ])
    func `local times of Rome`(local: String, utc: String) throws {
        #expect(try seconds(local, in: rome) == utc)
    }

    @Test(arguments: [
        ("2024-03-10 01:59", "2024-03-10T06:59:00Z"), ("2024-03-10 02:30", "2024-03-10T07:30:00Z"),
        ("2024-11-03 01:30", "2024-11-03T05:30:00Z"), ("2024-11-03 02:00", "2024-11-03T07:00:00Z"),
        ("2006-04-02 12:00", "2006-04-02T16:00:00Z"), ("2006-03-20 12:00", "2006-03-20T17:00:00Z"),
    ])
    func `local times of New York`(local: String, utc: String) throws {
        #expect(try seconds(local, in: newYork) == utc)
    }

    @Test func `an instant shown in a zone and read again is the same, but for the second of two equal times`() throws {
        var generator = SplitMix64(seed: 2)
        var repeated = 0
        for _ in 0..<20_000 {
            let instant = Instant(seconds: Double(Int.random(in: 0...4_000_000_000, using: &generator)))
            let back = rome.instant(of: instant.civilTime(in: rome))
            if back != instant {
                #expect(instant.seconds - back.seconds == 3_600)
                repeated += 1
            }
        }
        #expect(repeated < 20)
    }

    @Test func `offsets are zones too`() throws {
        #expect(try ZoneRules(identifier: "+05:30") == ZoneRules(offset: 19_800))
        #expect(try ZoneRules(identifier: "-08:00") == ZoneRules(offset: -28_800))
        #expect(try ZoneRules(identifier: "UTC") == .utc)
        #expect(try seconds("2024-05-01 10:00", in: ZoneRules(offset: 3_600)) == "2024-05-01T09:00:00Z")
    }

    @Test(arguments: ["Mars/Olympus", "", "../../etc/passwd", "/etc/passwd", "+25:00", "Europe", "tzdata.zi"])
    func `other names are no zones`(name: String) {
        #expect(throws: RecordError.unknownZone(name)) { try ZoneRules(identifier: name) }
    }

    @Test func `a cut or altered file is no zone`() throws {
        let bytes = try RecordFile(reading: ZoneRules.systemFolder + "/Europe/Rome").bytes
        for length in stride(from: 0, to: bytes.count - 40, by: 7) {
            _ = ZoneRules(tzif: Array(bytes[..<length]))
        }
        #expect(ZoneRules(tzif: Array(bytes[..<60])) == nil)
        #expect(ZoneRules(tzif: [0] + bytes) == nil)
        var generator = SplitMix64(seed: 3)
        for _ in 0..<300 {
            var altered = bytes
            for _ in 0..<3 {
                altered[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
                    in: 0...255, using: &generator)
            }
            if let rules = ZoneRules(tzif: altered) { #expect(rules.offsets.count == rules.changes.count + 1) }
        }
    }

    @Test(arguments: [
        ("CET-1CEST,M3.5.0,M10.5.0/3", 3_600, 7_200), ("EST5EDT,M3.2.0,M11.1.0", -18_000, -14_400),
        ("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", -10_800, -7_200), ("IST-1GMT0,M10.5.0,M3.5.0/1", 3_600, 0),
        ("AAA-1BBB-3,M3.5.0,M10.5.0", 3_600, 10_800), ("NST3:30NDT,M3.2.0,M11.1.0", -12_600, -9_000),
    ])
    func `rules for later years are read`(text: String, standard: Int, summer: Int) throws {
        let changes = try #require(PosixZoneRule(text)).changes(years: 2050...2050)
        #expect(Set(changes.map(\.offset)) == [standard, summer])
        #expect(changes.map(\.time) == changes.map(\.time).sorted())
    }

    @Test(arguments: [
        "", "UTC0", "CET-1CEST", "CET-1CEST,J60,J300", "CET-1CEST,M13.5.0,M10.5.0", "-1,M3.5.0,M10.5.0",
        "<CET-1,M3.5.0,M10.5.0", "CET-1CEST,M3.5,M10.5.0", "CETCEST,M3.5.0,M10.5.0",
    ])
    func `other rules are not`(text: String) {
        #expect(PosixZoneRule(text) == nil)
    }
}
