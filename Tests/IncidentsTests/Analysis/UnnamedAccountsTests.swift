import Incidents
import Records
import Testing

/// Who may be hurt where no line names an account.
struct UnnamedAccountsTests {
    /// Failing requests of one deployment within forty minutes, in a log that names nobody.
    private func outage(requests: Int) -> LogOfTests {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 3, silent: Set(0..<40))
        for step in 0..<requests {
            log.add(
                50 + Double(step) / Double(requests) * 2 / 3, "deadlock in <*>", deployment: 0,
                trace: UInt64(9_000 + step))
        }
        return log
    }

    @Test func `many failing requests hurt most accounts of the deployment`() throws {
        var log = outage(requests: 90)
        let incident = try #require(log.analysis().incidents.first)
        #expect(Set(incident.accounts.map(\.account)) == Set(stride(from: 0, to: 40, by: 4)))
        #expect(incident.impact.accounts > 6)
        #expect(incident.impact.impact == 1 && incident.impact.severity > 0)
        #expect(incident.accounts[0].explanation.hasSuffix("it uses d0, where what fails names no account."))
    }

    @Test func `few failing requests hurt some, and nobody knows which`() throws {
        var log = outage(requests: 6)
        let incident = try #require(log.analysis().incidents.first)
        #expect(incident.impact.accounts > 1 && incident.impact.accounts < 5)
        #expect(
            incident.hurtCount.hasPrefix("about ")
                && incident.hurtCount.hasSuffix(" of 10 accounts hurt, which is not known"))
        // No sentence states a share that nobody has seen.
        #expect(!incident.accounts.contains { $0.explanation.contains("are hurt") })
    }

    @Test func `who writes of it is hurt, and the others the likelier for it`() throws {
        var log = outage(requests: 6)
        log.tickets = (0..<30).map { log.ticket("U\($0)", hour: Double($0), account: 9, "how to print a report") }
        let silent = try #require(log.analysis().incidents.first)
        log.tickets.append(log.ticket("T1", hour: 50.4, account: 4, "deadlock all the time"))
        let written = try #require(log.again().incidents.first)
        #expect(written.accounts.first?.account == 4 && written.accounts[0].isHurt)
        #expect(written.tickets == ["T1"])
        #expect(written.hurtCount.hasPrefix("1 account hurt and about "))
        #expect(written.impact.accounts > silent.impact.accounts)
    }

    @Test func `where nobody ever writes silence tells nothing`() throws {
        var log = outage(requests: 90)
        let without = try #require(log.analysis().incidents.first)
        log.tickets = [log.ticket("T1", hour: 4, account: 1, "how to print")]
        let with = try #require(log.again().incidents.first)
        #expect(with.impact.accounts < without.impact.accounts)
    }

    @Test func `where lines name all that are hurt, the number is theirs`() throws {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 3)
        for step in 0..<60 {
            log.add(
                50 + Double(step) / 60, "token of <*> rejected", account: 4, deployment: 0,
                trace: UInt64(9_000 + step))
        }
        #expect(try #require(log.analysis().incidents.first).hurtCount == "1 account hurt")
    }
}
