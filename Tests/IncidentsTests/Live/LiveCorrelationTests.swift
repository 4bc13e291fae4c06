import Incidents
import Records
import Testing

struct LiveCorrelationTests {
    private func live(_ log: LogOfTests, _ tickets: [Ticket] = []) -> LiveCorrelation {
        var live = LiveCorrelation(directory: log.directory, tickets: tickets)
        for template in log.templates { live.addSignature(template: template) }
        return live
    }

    private func log() -> LogOfTests {
        var log = LogOfTests(accounts: 8, deployments: 2)
        log.addTraffic(days: 1)
        for step in 0..<30 {
            log.add(
                30 + Double(step) / 60, "connection to store <*> refused", account: 3, deployment: 1,
                trace: UInt64(500 + step))
        }
        log.finish()
        return log
    }

    @Test func `a new ticket meets what its account suffers`() throws {
        let log = log()
        var live = live(log)
        for line in log.sightings.lines { _ = live.add(line, of: log.sightings) }
        let matches = live.add(log.ticket("T1", hour: 30.6, account: 3, "store connection refused"))
        let match = try #require(matches.first)
        #expect(log.templates[match.signature] == "connection to store <*> refused")
        #expect(match.lines == 30)
        #expect(match.probability > 0.5)
        #expect(live.add(log.ticket("T2", hour: 30.6, account: 5, "store connection refused")).isEmpty)
    }

    @Test func `what fails as never before explains a ticket in whatever words it is written`() throws {
        let log = log()
        var live = live(log, (0..<20).map { log.ticket("old\($0)", hour: Double($0), account: $0 % 8, "invoice") })
        for ticket in 0..<20 { live.close("old\(ticket)") }
        for line in log.sightings.lines { _ = live.add(line, of: log.sightings) }
        let during = try #require(live.add(log.ticket("T1", hour: 30.6, account: 3, "nothing works, help")).first)
        #expect(log.templates[during.signature] == "connection to store <*> refused")
        let later = live.add(log.ticket("T2", hour: 60, account: 3, "nothing works, help"))
        #expect(later.isEmpty)
    }

    @Test func `what an account always has explains a ticket only by its words`() {
        var log = LogOfTests(accounts: 8, deployments: 2)
        log.addTraffic(days: 6)
        for step in 0..<288 {
            log.add(0.5 * Double(step), "report <*> is late", account: 3, deployment: 1)
        }
        log.finish()
        var live = live(log, (0..<24).map { log.ticket("old\($0)", hour: 6 * Double($0), account: $0 % 8, "invoice") })
        for ticket in 0..<24 { live.close("old\(ticket)") }
        for line in log.sightings.lines { _ = live.add(line, of: log.sightings) }
        #expect(live.add(log.ticket("T1", hour: 143.9, account: 3, "nothing works, help")).isEmpty)
        #expect(live.add(log.ticket("T2", hour: 143.9, account: 3, "the report comes late")).map(\.ticket) == ["T2"])
    }

    @Test func `a new line meets the open tickets of its account`() throws {
        let log = log()
        var live = live(log, [log.ticket("T1", hour: 29.9, account: 3, "store connection refused")])
        var matches: [LiveCorrelation.Match] = []
        for line in log.sightings.lines { matches += live.add(line, of: log.sightings) }
        #expect(Set(matches.map(\.ticket)) == ["T1"])
        #expect(Set(matches.map { log.templates[$0.signature] }) == ["connection to store <*> refused"])
    }

    @Test func `a closed ticket meets nothing`() {
        let log = log()
        var live = live(log, [log.ticket("T1", hour: 29.9, account: 3, "store connection refused")])
        live.close("T1")
        live.close("unknown")
        #expect(log.sightings.lines.allSatisfy { live.add($0, of: log.sightings).isEmpty })
    }

    @Test func `a ticket of nobody who is known meets nothing`() {
        let log = log()
        var live = live(log)
        var ticket = log.ticket("T1", hour: 30, account: 3, "store")
        ticket.account = "stranger"
        #expect(live.add(ticket).isEmpty)
        ticket.account = nil
        #expect(live.add(ticket).isEmpty)
    }

    @Test func `failures of long ago are forgotten`() {
        let log = log()
        var live = live(log)
        for line in log.sightings.lines { _ = live.add(line, of: log.sightings) }
        #expect(live.add(log.ticket("T1", hour: 30 + 24 * 5, account: 3, "store connection refused")).isEmpty)
    }

    @Test func `signatures that never come again are forgotten, and what rises later is still found`() {
        let accounts = 4_000
        let log = LogOfTests(accounts: accounts, deployments: 10)
        var live = LiveCorrelation(directory: log.directory, tickets: [])
        var sightings = LogSightings()
        sightings.mentions = [AccountMention(account: 0, form: .id)]
        func add(_ signature: Int, account: Int, hours: Double) {
            sightings.mentions[0].account = Int32(account)
            let time = Int64((LogOfTests.monday + hours * 3_600) * 1e9)
            let line = LogSighting(
                time: time, observedTime: time, signature: Int32(signature), deployment: Int32(account % 10),
                mentionCount: 1, severity: LogOfTests.error)
            _ = live.add(line, of: sightings)
        }
        // Three scopes each, of which there is room for 2 to the power of 20.
        let once = 360_000
        for number in 0..<once { add(number, account: number % accounts, hours: 96 * Double(number) / Double(once)) }
        for step in 0..<40 { add(once, account: 7, hours: 96 + Double(step) / 60) }
        live.addSignature(template: "unrelated")
        let matches = live.add(log.ticket("T1", hour: 96.7, account: 7, "store"))
        #expect(matches.first.map { $0.signature == once && $0.lines == 40 } == true)
    }

    @Test func `an account has so many failing signatures and no more`() {
        var log = LogOfTests(accounts: 2, deployments: 1)
        log.addTraffic(days: 1)
        for step in 0..<200 {
            log.add(25 + Double(step) / 600, "store connection refused by gateway \(step)", account: 1)
        }
        log.finish()
        var live = live(log)
        for line in log.sightings.lines { _ = live.add(line, of: log.sightings) }
        let matches = live.add(log.ticket("T1", hour: 25.4, account: 1, "store connection refused, gateway"))
        #expect(matches.count <= LiveCorrelation.mostSignatures)
        #expect(!matches.isEmpty)
    }
}
