import Incidents
import Records
import Testing

/// What is one incident and what are two.
struct IncidentGroupingTests {
    /// Forty accounts on four deployments, three ordinary days.
    private func log() -> LogOfTests {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 3)
        return log
    }

    /// Two hours of failures of some accounts of a deployment, two a minute, each of another request.
    private func fail(
        _ log: inout LogOfTests, _ templates: [String], accounts: [Int], deployment: Int, from hour: Double = 50,
        every: Int = 1
    ) {
        for step in stride(from: 0, to: 240, by: every) {
            let key = UInt64(1_000_000 * (deployment + 1) + accounts[0] * 10_000 + step + Int(hour) * 100_000_000)
            log.add(
                hour + Double(step) / 120, templates[step / every % templates.count],
                account: accounts[step / every % accounts.count], deployment: deployment, keys: [key])
        }
    }

    private func hurt(_ incident: Incident) -> Set<Int> { Set(incident.accounts.filter(\.isHurt).map(\.account)) }

    @Test func `what hurts other accounts of one deployment with other failures is another incident`() {
        var log = log()
        fail(&log, ["store <*> refused", "order <*> lost"], accounts: [0, 4, 8, 12, 16], deployment: 0)
        fail(
            &log, ["index <*> broken", "search <*> empty"], accounts: [20, 24, 28, 32, 36], deployment: 0, from: 50.3)
        let incidents = log.analysis().incidents
        #expect(incidents.map(hurt) == [[0, 4, 8, 12, 16], [20, 24, 28, 32, 36]])
    }

    @Test func `deployments that say the same at one time have one cause`() {
        var log = log()
        let said = ["store <*> refused", "order <*> lost", "retry <*> of order"]
        fail(&log, said, accounts: [0, 4, 8, 12], deployment: 0)
        fail(&log, said, accounts: [1, 5, 9, 13], deployment: 1, from: 50.1)
        let incidents = log.analysis().incidents
        #expect(incidents.map(hurt) == [[0, 1, 4, 5, 8, 9, 12, 13]])
        #expect(Set(incidents.flatMap(\.deployments)) == [0, 1])
    }

    @Test func `a timeout that two failures lead to does not make them one`() {
        var log = log()
        fail(
            &log, ["store <*> refused", "order <*> lost", "timeout after <*>"], accounts: [0, 4, 8, 12], deployment: 0)
        fail(
            &log, ["index <*> broken", "search <*> empty", "timeout after <*>"], accounts: [1, 5, 9, 13], deployment: 1,
            from: 50.1)
        let incidents = log.analysis().incidents
        #expect(incidents.map(hurt) == [[0, 4, 8, 12], [1, 5, 9, 13]])
        #expect(incidents.allSatisfy { $0.signatures.count == 3 })
    }

    /// A failure of many lines on one deployment, and at the same time one of fewer lines on all four, each with the same traces or with others.
    private func wide(sharing isShared: Bool) -> [Incident] {
        var log = log()
        for step in 0..<240 {
            log.add(
                50 + Double(step) / 120, "store <*> refused", account: step % 5 * 4, deployment: 0,
                trace: UInt64(1_000 + step))
        }
        for step in 0..<60 {
            let deployment = step % 4
            let ofStore = isShared && deployment == 0 ? 4 * step : nil
            log.add(
                50.05 + Double(step) / 30, "glyph <*> missing", account: ofStore.map { $0 % 5 * 4 } ?? 20 + step % 20,
                deployment: deployment, trace: UInt64(ofStore.map { 1_000 + $0 } ?? 900_000 + step))
        }
        return log.analysis().incidents
    }

    @Test func `a failure on all deployments stays together where another one goes on on one of them`() {
        let incidents = wide(sharing: false)
        #expect(incidents.map(\.lines.count) == [240, 60])
        #expect(incidents.map { Set($0.deployments) } == [[0], [0, 1, 2, 3]])
    }

    @Test func `the part of a wide failure that shares traces with another one belongs to that`() {
        #expect(wide(sharing: true).map(\.lines.count) == [255, 45])
    }

    @Test func `other failures of an account while it suffers belong to what it suffers`() {
        var log = log()
        fail(&log, ["store <*> refused"], accounts: [3], deployment: 3)
        fail(&log, ["letter <*> not printed"], accounts: [3], deployment: 3, from: 51, every: 12)
        let incidents = log.analysis().incidents
        #expect(incidents.map(hurt) == [[3]])
        #expect(incidents.first?.signatures.count == 2)
    }

    @Test func `a job that fails at one time of day is routine, on whomever it falls and however often that day`() {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 6)
        for day in 0..<6 {
            for step in 0..<[24, 9, 16, 12, 20, 10][day] {
                log.add(
                    Double(day) * 24 + 3 + Double(step) / 60, "sum <*> of the night skipped",
                    account: (day * 7 + step * 4) % 40, deployment: 1, keys: [UInt64(5_000 + day * 100 + step)])
            }
        }
        #expect(log.analysis().incidents.isEmpty)
    }

    @Test func `what comes once is no routine`() {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 6)
        for step in 0..<24 {
            log.add(
                75 + Double(step) / 60, "sum <*> of the night skipped", account: step * 4 % 40, deployment: 0,
                keys: [UInt64(5_000 + step)])
        }
        #expect(log.analysis().incidents.count == 1)
    }

    /// Lines of failures of all accounts in turns, as many an hour, from the first hour on.
    private func failSteadily(_ log: inout LogOfTests, perHour: Int, hours: Int) {
        for step in 0..<perHour * hours {
            log.add(
                Double(step) / Double(perHour), "letter <*> not printed", account: step % 40, deployment: step % 4,
                keys: [UInt64(90_000_000 + step)])
        }
    }

    @Test(arguments: [4, 30, 240])
    func `what fails from the first line on as it always does is no incident`(perHour: Int) {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 2)
        failSteadily(&log, perHour: perHour, hours: 48)
        #expect(log.analysis().incidents.isEmpty)
    }

    @Test func `an account that fails more than others on two deployments is one incident on both`() {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: 2)
        failSteadily(&log, perHour: 240, hours: 48)
        for step in 0..<120 {
            log.add(
                30 + Double(step) / 60, "letter <*> not printed", account: 3, deployment: step % 2 * 3,
                keys: [UInt64(70_000_000 + step)])
        }
        let incidents = log.analysis().incidents
        #expect(incidents.map(hurt) == [[3]])
        #expect(incidents.first.map { Set($0.deployments) } == [0, 3])
    }

    @Test func `what a person says of a link stands`() throws {
        var log = log()
        fail(&log, ["store <*> refused"], accounts: [0, 4, 8, 12], deployment: 0)
        let incident = try #require(log.analysis().incidents.first)
        func said(_ account: String, _ isConfirmed: Bool) -> LinkDecision {
            LinkDecision(
                incident: incident.id, account: account, isConfirmed: isConfirmed, time: Instant(seconds: 0))
        }
        let decisions = [said("a4", false), said("a39", true), said("a0", true), said("nobody", true)]
        let decided = try #require(log.again(decisions: decisions).incidents.first)
        #expect(decided.id == incident.id)
        #expect(hurt(decided) == [0, 8, 12, 39])
        let confirmed = try #require(decided.accounts.first { $0.account == 39 })
        #expect(confirmed.evidence == [.person] && confirmed.probability == 1)
        #expect(confirmed.explanation == "100 % likely hurt: a person confirmed it.")
        let both = try #require(decided.accounts.first { $0.account == 0 })
        #expect(both.evidence.first == .person && both.evidence.count > 1)
    }

    @Test func `incidents are kept with their links, reasons and terms`() throws {
        var log = log()
        fail(&log, ["store <*> refused"], accounts: [0, 4, 8, 12], deployment: 0)
        let analysis = log.analysis()
        let redactor = try #require(Redactor(key: Array(repeating: 1, count: 16)))
        let signatures = log.templates.enumerated().map { (id: "s\($0)", line: "\($1) for jan@bakery.example") }
        let record = try #require(analysis.records(signatures: signatures, redactor: redactor).first)
        let incident = try #require(analysis.incidents.first)
        #expect(record.id == incident.id && record.priority == incident.impact.priority)
        #expect(record.signatures == incident.signatures.map { "s\($0)" })
        let line = try #require(record.lines[record.signatures[0]]?.string)
        #expect(line.hasPrefix("store <*> refused for ") && !line.contains("jan@"))
        #expect(Set(record.links.filter { $0.probability >= 0.5 }.map(\.account)) == ["a0", "a4", "a8", "a12"])
        #expect(record.links.allSatisfy { !$0.evidence.isEmpty && $0.terms.count == 6 })
    }
}
