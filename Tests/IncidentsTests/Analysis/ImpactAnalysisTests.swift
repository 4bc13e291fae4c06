import Foundation
import Incidents
import Records
import Testing

struct ImpactAnalysisTests {
    /// The accounts of d0.
    private let users = Set(stride(from: 0, to: 40, by: 4))

    /// Every account of d0 fails often in the hours from 50 to 52; of its lines one in `everyNamed` names it.
    private func outage(everyNamed: Int = 1, neverNamed: Int? = nil) -> LogOfTests {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 3, silent: neverNamed.map { [$0] } ?? [])
        for minute in 0..<120 {
            for account in users where (minute + account) % 6 == 0 {
                let isNamed = (minute / 6 + account / 4) % everyNamed == 0 && account != neverNamed
                log.add(
                    50 + Double(minute) / 60, "connection to store <*> refused", account: isNamed ? account : nil,
                    deployment: 0, keys: [UInt64(1_000 + minute * 100 + account)])
            }
        }
        return log
    }

    private func hurt(_ incident: Incident) -> Set<Int> { Set(incident.accounts.filter(\.isHurt).map(\.account)) }

    @Test func `ordinary days have no incident`() {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 7)
        #expect(log.analysis().incidents.isEmpty)
    }

    @Test func `nothing read is no incident`() {
        var log = LogOfTests(accounts: 2, deployments: 1)
        #expect(log.analysis().incidents.isEmpty)
    }

    @Test func `an outage of a deployment hurts all its accounts and no other`() throws {
        var log = outage()
        let incidents = log.analysis().incidents
        let incident = try #require(incidents.first)
        #expect(incidents.count == 1)
        #expect(hurt(incident) == users)
        #expect(incident.deployments == [0])
        #expect(incident.lines.count == 200)
        #expect(abs(incident.start.seconds - (LogOfTests.monday + 50 * 3_600)) < 300)
        #expect(incident.detectedAt.seconds - incident.start.seconds < 900)
        #expect(incident.id == log.again().incidents.first?.id)
    }

    @Test func `an account that lines hardly ever name is found by its deployment`() throws {
        var log = outage(everyNamed: 2, neverNamed: 8)
        let incident = try #require(log.analysis().incidents.first)
        let account = try #require(incident.accounts.first { $0.account == 8 })
        #expect(account.isHurt)
        #expect(account.lines == 0)
        #expect(
            account.evidence.contains { if case .deployment("d0", let share?) = $0 { share > 0.8 } else { false } })
        #expect(hurt(incident) == users)
    }

    @Test func `where lines name nobody the accounts of the deployment may all be hurt, and who writes of it is`()
        throws
    {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 3)
        for step in 0..<140 { log.add(50 + Double(step) / 70, "disk <*> is read-only", deployment: 0) }
        log.tickets = [log.ticket("T1", hour: 50.5, account: 4, "cannot save: disk is read-only")]
        let incident = try #require(log.analysis().incidents.first)
        #expect(Set(incident.accounts.map(\.account)) == users)
        #expect(incident.accounts.first?.account == 4 && incident.accounts[0].isHurt)
        #expect(incident.accounts.dropFirst().allSatisfy { $0.probability > 0.3 && $0.probability < 0.7 })
        #expect(incident.impact.severity > 0)
    }

    @Test func `where every line names its account one without lines is not hurt`() throws {
        var log = outage(neverNamed: nil)
        log.context.deployments[0].accounts.append("a1")
        let incident = try #require(log.analysis().incidents.first)
        #expect(!hurt(incident).contains(1))
    }

    @Test func `a misconfigured account is alone`() throws {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 3)
        for step in 0..<60 {
            log.add(
                40 + Double(step) / 15, "token of <*> rejected", account: 4, deployment: 0, trace: UInt64(9_000 + step))
        }
        let incident = try #require(log.analysis().incidents.first)
        #expect(hurt(incident) == [4])
        #expect(incident.impact.effectiveAccounts < 1.01)
    }

    @Test(arguments: [AccountMention.Form.id, .alias, .address])
    func `each way to name an account is stated`(form: AccountMention.Form) throws {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 3)
        for step in 0..<40 {
            log.add(40 + Double(step) / 20, "quota <*> gone", account: 4, form: form, trace: UInt64(9_000 + step))
        }
        let account = try #require(log.analysis().incidents.first?.accounts.first)
        let kinds = account.evidence.map(\.kind)
        #expect(kinds.first == ["id", "alias", "address"][Int(form.rawValue)])
        #expect(account.explanation.hasPrefix("\(Int((account.probability * 100).rounded())) % likely hurt: 40 lines"))
    }

    @Test func `a name that is only similar says less`() throws {
        func probability(_ form: AccountMention.Form) -> Double {
            var log = LogOfTests(accounts: 40, deployments: 4)
            log.addTraffic(days: 3)
            for step in 0..<40 {
                log.add(
                    40 + Double(step) / 20, "quota <*> gone", account: 4, deployment: 0, trace: UInt64(9_000 + step))
            }
            for step in 0..<3 {
                log.add(40 + Double(step) / 2, "quota <*> gone", account: 5, form: form, deployment: 0)
            }
            return log.analysis().incidents.first?.accounts.first { $0.account == 5 }?.probability ?? 0
        }
        #expect(probability(.similar) < probability(.id))
    }

    @Test func `lines are joined by trace, by request and by the one user of a deployment`() throws {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.context.deployments.append(Deployment(id: "own", accounts: ["a3"]))
        log.addTraffic(days: 3)
        for step in 0..<40 {
            let hour = 40 + Double(step) / 20
            let (trace, key) = (UInt64(500 + step), UInt64(70_000 + step))
            log.add(hour, "request done in <*>", severity: LogOfTests.info, account: 1, deployment: 1, trace: trace)
            log.add(hour + 0.001, "page <*> lost", deployment: 1, trace: trace)
            log.add(hour, "request done in <*>", severity: LogOfTests.info, account: 5, deployment: 1, keys: [key])
            log.add(hour + 0.001, "page <*> lost", deployment: 1, keys: [key])
            log.add(hour + 0.002, "page <*> lost", deployment: 4)
        }
        let incident = try #require(log.analysis().incidents.first)
        func evidence(_ account: Int) -> [LinkEvidence] {
            incident.accounts.first { $0.account == account }?.evidence ?? []
        }
        #expect(evidence(1).contains(.trace(lines: 40)))
        #expect(evidence(5).contains(.joinKey(lines: 40)))
        #expect(evidence(3).contains(.soleAccount(lines: 40)))
    }

    @Test func `a line that names several accounts speaks for each`() throws {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 3)
        for step in 0..<40 {
            log.add(
                40 + Double(step) / 20, "lock <*> held by both", accounts: [2, 6], deployment: 2,
                trace: UInt64(9_000 + step))
        }
        let incident = try #require(log.analysis().incidents.first)
        #expect(hurt(incident).isSuperset(of: [2, 6]))
        #expect(incident.lines.count == 40)
    }

    @Test func `two outages at one time on two deployments are two incidents`() {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 3)
        for step in 0..<240 {
            let hour = 50 + Double(step) / 120
            log.add(hour, "store <*> refused", account: step % 10 * 4, deployment: 0, keys: [UInt64(80_000 + step)])
            log.add(
                hour + 0.5, "index <*> broken", account: step % 10 * 4 + 1, deployment: 1, keys: [UInt64(90_000 + step)]
            )
        }
        let incidents = log.analysis().incidents
        #expect(incidents.count == 2)
        #expect(incidents.map { $0.deployments } == [[0], [1]])
    }

    @Test func `signatures of one trace are one incident, and so is what is too little by itself`() {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 3)
        for step in 0..<120 {
            let hour = 50 + Double(step) / 60
            log.add(hour, "store <*> refused", account: step % 10 * 4, deployment: 0, trace: UInt64(800 + step))
            log.add(
                hour + 0.01, "order <*> not saved", account: step % 10 * 4, deployment: 0, trace: UInt64(800 + step))
            if step % 30 == 0 { log.add(hour, "cart <*> is stale", account: 4, deployment: 0) }
        }
        let incidents = log.analysis().incidents
        #expect(incidents.count == 1)
        #expect(incidents.first?.signatures.count == 3)
    }

    @Test func `a storm is one incident`() {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 3)
        for step in 0..<30_000 {
            log.add(
                50 + Double(step) / 30_000, "store <*> refused", account: step % 10 * 4, deployment: 0,
                keys: [UInt64(1_000_000 + step)])
        }
        let incidents = log.analysis().incidents
        #expect(incidents.count == 1)
        #expect(incidents.first.map(hurt) == users)
    }

    @Test func `a failure that comes every day at one time is routine`() {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 7)
        for day in 0..<7 {
            for step in 0..<20 {
                log.add(
                    Double(day) * 24 + 3 + Double(step) / 60, "nightly sum <*> skipped", deployment: 1,
                    keys: [UInt64(5_000 + day * 100 + step)])
            }
        }
        #expect(log.analysis().incidents.isEmpty)
    }

    @Test func `a clock that is hours off does not hide an outage`() throws {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 3)
        for step in 0..<120 {
            log.add(
                50 + Double(step) / 60, "store <*> refused", account: step % 10 * 4, deployment: 0, host: "late",
                clockOffset: -5 * 3_600)
        }
        let incident = try #require(log.analysis().incidents.first)
        #expect(abs(incident.start.seconds - (LogOfTests.monday + 50 * 3_600)) < 600)
    }

    @Test func `a slow ramp is found before it is large`() throws {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 12, perHour: 3)
        var number = 0
        var due = 0.0
        for hour in 0..<288 {
            // From hour 96 it grows by 60 % a day from one in two hours.
            let days: Double = max(0, Double(hour - 96)) / 24
            due += 0.5 * pow(1.6, days)
            while Double(number + 1) <= due {
                number += 1
                let minutes = Double(number % 60)
                log.add(
                    Double(hour) + minutes / 60, "lease <*> expired", account: number % 10 * 4, deployment: 0,
                    keys: [UInt64(40_000 + number)])
            }
        }
        let incident = try #require(log.analysis().incidents.first)
        #expect(incident.detectedAt.seconds < LogOfTests.monday + (96 + 6 * 24) * 3_600)
    }

    @Test func `an incident that pauses goes on, and a second one later is another`() {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 5)
        for start in [40.0, 43.5, 100] {
            for step in 0..<60 {
                log.add(
                    start + Double(step) / 60, "store <*> refused", account: step % 10 * 4, deployment: 0,
                    keys: [UInt64(start * 1_000) + UInt64(step)])
            }
        }
        #expect(log.analysis().incidents.count == 2)
    }

    @Test func `tickets of hurt accounts in its words are its own, and who has not written suffers in silence`() throws
    {
        var log = outage()
        for number in 0..<30 {
            log.tickets.append(log.ticket("U\(number)", hour: Double(number), account: 9, "how to print a report"))
        }
        log.tickets.append(log.ticket("T1", hour: 50.5, account: 4, "store connection refused all the time"))
        log.tickets.append(log.ticket("T2", hour: 51, account: 7, "invoice question"))
        log.tickets.append(log.ticket("T3", hour: 10, account: 8, "invoice question"))
        let analysis = log.analysis()
        let incident = try #require(analysis.incidents.first)
        #expect(incident.tickets == ["T1"])
        let silent = analysis.silentSufferers(of: incident)
        #expect(Set(silent.map(\.account)) == users.subtracting([4]))
        #expect(silent.map(\.cost) == silent.map(\.cost).sorted(by: >))
        let notice = try #require(silent.first?.notice)
        #expect(notice.contains(log.context.accounts[silent[0].account].id))
        #expect(!notice.contains("d0"))
        let leads = LeadTimes(analysis.incidents, tickets: log.tickets)
        #expect(leads.entries.map(\.incident) == [incident.id])
        #expect(leads.shareFirst == 1)
        #expect((leads.medianLead ?? -1) > 0)
        #expect(leads.entries[0].missReason == nil)
    }

    @Test func `severity follows value, share and time`() throws {
        func severity(value: Double) throws -> BusinessImpact {
            var log = outage()
            for index in log.context.accounts.indices { log.context.accounts[index].annualValue = value }
            log.context.accounts[4].slaHours = 1
            return try #require(log.analysis().incidents.first).impact
        }
        let (small, large) = (try severity(value: 100), try severity(value: 10_000))
        #expect(large.severity > 50 * small.severity)
        #expect(abs(large.valueShare - 0.25) < 0.02)
        #expect(large.impact == 1)
        #expect(large.slaExposure > 1.9)
        #expect(large.accounts > 9.5)
        #expect(large.effectiveAccounts > 8)
        #expect((large.failuresPerOrdinaryLine ?? 0) > 0.5)
        #expect(large.priority == PriorityMatrix.standard.priority(impact: large.impact, urgency: large.urgency))
    }

    @Test func `what is not known of contracts is what others of the tier have, or a share of the organisation's`()
        throws
    {
        var log = outage()
        for index in log.context.accounts.indices { log.context.accounts[index].annualValue = nil }
        let equal = try #require(log.analysis().incidents.first)
        #expect(abs(equal.impact.valueShare - 0.25) < 0.02)
        log.context.organizations[0].annualValue = 1_000
        log.context.accounts[1].annualValue = 100
        let share = try #require(log.again().incidents.first)
        #expect(share.impact.annualValue > 1_000)
    }

    @Test func `an incident that goes on is more urgent`() throws {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 3)
        for step in 0..<240 {
            log.add(
                70 + Double(step) / 120, "store <*> refused", account: step % 10 * 4, deployment: 0,
                keys: [UInt64(80_000 + step)])
        }
        let running = try #require(log.analysis().incidents.first).impact.urgency
        var over = outage()
        #expect(running < (try #require(over.analysis().incidents.first).impact.urgency))
    }

    @Test func `a log without deployments or accounts still has its incidents`() throws {
        var log = LogOfTests(accounts: 0, deployments: 0)
        log.addAnonymousTraffic(days: 3)
        for step in 0..<120 { log.add(50 + Double(step) / 60, "store <*> refused", keys: [UInt64(9_000 + step)]) }
        let incident = try #require(log.analysis().incidents.first)
        #expect(incident.accounts.isEmpty)
        #expect(incident.impact.severity == 0)
    }
}
