import Incidents
import Records
import Testing

/// What comes too often for days, where nights and weekends are quiet.
struct LongRisesTests {
    private static let accounts = 20

    /// What is done in an hour by what is done in an hour of work.
    private static func load(_ hour: Int) -> Double {
        ((8..<18).contains(hour % 24) ? 1 : 0.15) * (hour / 24 % 7 < 5 ? 1 : 0.25)
    }

    /// Ordinary lines of accounts in turns, and one failing line of them for some of these: in an hour of work two, times what a day has of them.
    private static func log(days: Int, factor: (Int) -> Double) -> LogOfTests {
        var log = LogOfTests(accounts: accounts, deployments: 1)
        var (ordinary, failing) = (0, 0)
        for hour in 0..<days * 24 {
            let all = Int((80 * load(hour)).rounded())
            for step in 0..<all {
                log.add(
                    Double(hour) + Double(step) / Double(all), "order <*> placed", severity: LogOfTests.info,
                    account: ordinary % accounts, deployment: 0)
                ordinary += 1
            }
        }
        var due = 0.0
        for minute in 0..<days * 24 * 60 {
            due += 2 * load(minute / 60) * factor(minute / 1_440) / 60
            while due >= 1 {
                due -= 1
                log.add(
                    Double(minute) / 60 + 0.001, "card declined by <*>", severity: LogOfTests.error,
                    account: failing * 7 % accounts, deployment: 0)
                failing += 1
            }
        }
        return log
    }

    private func day(_ time: Double) -> Double { (time - LogOfTests.monday) / 86_400 }

    @Test(arguments: [3.0, 12])
    func `a rise goes on through nights and a weekend, and is over when work goes on without it`(factor: Double) throws
    {
        // From Wednesday to Sunday.
        var log = Self.log(days: 19) { (9..<14).contains($0) ? factor : 1 }
        let incidents = log.analysis().incidents
        let incident = try #require(incidents.first)
        #expect(incidents.count == 1)
        #expect(day(incident.start.seconds) >= 8.5 && day(incident.start.seconds) < 10)
        #expect(day(incident.end.seconds) > 13.5 && day(incident.end.seconds) < 14.5)
    }

    @Test func `what grows from day to day is one incident that goes on, and hurts all whom its lines name`() throws {
        var log = Self.log(days: 20) { $0 < 9 ? 1 : 0.7 * Double($0 - 7) }
        let incidents = log.analysis().incidents
        let incident = try #require(incidents.first)
        #expect(incidents.count == 1)
        #expect(day(incident.start.seconds) < 15 && day(incident.end.seconds) > 19.9)
        #expect(Set(incident.accounts.filter(\.isHurt).map(\.account)) == Set(0..<Self.accounts))
    }

    @Test func `work as always, with its nights and weekends, has no incident`() {
        var log = Self.log(days: 28) { _ in 1 }
        #expect(log.analysis().incidents.isEmpty)
    }
}
