import Incidents
import Records
import Testing

/// What rises, links and rivals do at the edges.
struct IncidentCornerTests {
    /// Forty accounts on four deployments, three ordinary days, and an outage of the first deployment from hour 50 to 52.
    private func outage(
        _ template: String = "store <*> refused", every: Int = 2, of accounts: [Int] = [0, 4, 8, 12, 16]
    )
        -> LogOfTests
    {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 3)
        for step in stride(from: 0, to: 240, by: every) {
            log.add(
                50 + Double(step) / 120, template, account: accounts[step / every % accounts.count], deployment: 0,
                keys: [UInt64(7_000 + step)])
        }
        return log
    }

    private func hurt(_ incident: Incident) -> Set<Int> { Set(incident.accounts.filter(\.isHurt).map(\.account)) }

    @Test func `the lines of one request are one happening`() {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 3)
        for step in 0..<40 {
            log.add(50 + Double(step) / 7_200, "step <*> undone", account: 3, deployment: 3, keys: [77])
        }
        #expect(log.analysis().incidents.isEmpty)
    }

    @Test func `what is too little to tell by itself belongs to what goes on in its place`() throws {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 3)
        for step in 0..<60 {
            log.add(
                50 + Double(step) / 60, "store <*> refused", account: step % 5 * 4, deployment: 0,
                keys: [UInt64(7_000 + step)])
        }
        for step in 0..<3 {
            log.add(50.2 + Double(step) / 4, "mail <*> not sent", account: 20, deployment: 0, keys: [UInt64(80 + step)])
        }
        let incident = try #require(log.analysis().incidents.first)
        #expect(incident.signatures.count == 2)
    }

    @Test func `one failure that several places know, at different times, is several incidents`() {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 3)
        for (deployment, start) in [(0, 50.0), (1, 51.2)] {
            for step in 0..<36 {
                log.add(
                    start + Double(step) / 18, "cannot refresh widget <*>", account: step % 10 * 4 + deployment,
                    deployment: deployment, keys: [UInt64(9_000 + deployment * 100 + step)])
            }
        }
        #expect(log.analysis().incidents.map(\.deployments) == [[0], [1]])
    }

    @Test func `a key that several accounts use is nobody's`() throws {
        var log = outage()
        for account in [0, 4, 4, 4, 0] { log.add(49, "seen", severity: LogOfTests.info, account: account, keys: [5]) }
        for step in 0..<20 { log.add(51 + Double(step) / 60, "store <*> refused", deployment: 0, keys: [5]) }
        let incident = try #require(log.analysis().incidents.first)
        let evidence = incident.accounts.flatMap(\.evidence)
        #expect(!evidence.contains { if case .joinKey = $0 { true } else { false } })
    }

    @Test func `words are the same however programs join them`() throws {
        var log = outage("paymentGateway of <*> refuses tokens")
        log.tickets = [log.ticket("T1", hour: 50.5, account: 4, "Payment gateway refuses our token")]
        let incident = try #require(log.analysis().incidents.first)
        #expect(incident.tickets == ["T1"])
    }

    @Test func `rivals name who stands in the lines by its id, or whoever failed at the time`() throws {
        var log = outage()
        log.add(50.4, "store <*> refused", account: 20, form: .alias, deployment: 0)
        log.add(51, "letter <*> lost", account: 39, deployment: 3)
        let analysis = log.analysis()
        let claim = ImpactClaim(try #require(analysis.incidents.first), analysis.directory)
        #expect(claim.accounts.contains { $0.id == "a4" && $0.probability > 0.9 })
        let exact = ImpactRival.exactID.links(of: claim, log.sightings, analysis.directory)
        #expect(exact.accounts.map(\.id) == ["a0", "a4", "a8", "a12", "a16"])
        #expect(exact.accounts.allSatisfy { $0.probability == 1 })
        let atThatTime = Set(
            ImpactRival.coOccurrence.links(of: claim, log.sightings, analysis.directory).accounts.map(\.id))
        #expect(atThatTime.isSuperset(of: ["a0", "a4", "a20", "a39"]))
        #expect(ImpactRival.allNames == "exact-id, co-occurrence")
    }

    @Test func `what is usual is learnt from the lines of a log`() throws {
        var log = LogOfTests(accounts: 4, deployments: 2)
        log.addTraffic(days: 3)
        log.finish()
        let profile = try #require(UsageBaseline(log.sightings, log.directory).profile(2))
        #expect(abs(profile.linesPerDay - 144) < 40)
        #expect(profile.failureShare < 0.05)
    }
}
