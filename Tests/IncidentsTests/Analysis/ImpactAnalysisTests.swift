import Incidents
import Records
import Testing

struct ImpactAnalysisTests {
    /// Every account of d0 fails often in the hours from 50 to 52.
    private func outage(everyNamed: Int = 1) -> LogOfTests {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 3)
        for minute in 0..<120 {
            for account in stride(from: 0, to: 40, by: 4) where (minute + account) % 6 == 0 {
                log.add(
                    50 + Double(minute) / 60, "connection to store <*> refused",
                    account: account / 4 % everyNamed == 0 ? account : nil, deployment: 0)
            }
        }
        return log
    }

    @Test func `ordinary days have no incident`() {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 7)
        #expect(log.analysis().incidents.isEmpty)
    }

    @Test func `an outage of a deployment hurts all its accounts and no other`() throws {
        var log = outage()
        let incidents = log.analysis().incidents
        let incident = try #require(incidents.first)
        #expect(incidents.count == 1)
        #expect(Set(incident.accounts.filter(\.isHurt).map(\.account)) == Set(stride(from: 0, to: 40, by: 4)))
        #expect(incident.deployments == [0])
        #expect(incident.lines.count == 200)
        #expect(abs(incident.start.seconds - (LogOfTests.monday + 50 * 3_600)) < 300)
        #expect(incident.detectedAt.seconds - incident.start.seconds < 900)
    }
}
