import Incidents
import Records
import Testing

struct NewMatchesTests {
    private let log: LogOfTests
    private let shapes: [RedactedText]

    init() throws {
        var log = LogOfTests(accounts: 8, deployments: 2)
        log.addTraffic(days: 1)
        for step in 0..<30 {
            log.add(30 + Double(step) / 60, "connection to store <*> refused", account: 3, deployment: 1)
        }
        log.finish()
        let redactor = try #require(Redactor(key: Array("0123456789abcdef".utf8)))
        shapes = log.templates.map { redactor.redact(RawText($0)) }
        self.log = log
    }

    private func ticket(_ id: String, hour: Double) -> Ticket {
        log.ticket(id, hour: hour, account: 3, "store connection refused")
    }

    private func found(known: [Ticket] = [], new: [Ticket] = []) -> NewMatches {
        NewMatches(LiveCorrelation(directory: log.directory, tickets: known), tickets: new)
    }

    @Test func `a ticket and a signature are told once`() throws {
        var found = found(known: [ticket("T1", hour: 29.9)])
        let (matches, time) = found.add(log.sightings, shapes: shapes)
        #expect(matches.count > 1)
        let news = found.news(in: matches)
        #expect(news == [matches[0]])
        #expect(news.map { log.templates[$0.signature] } == ["connection to store <*> refused"])
        #expect(found.news(in: matches).isEmpty)
        let last = try #require(log.sightings.lines.last)
        #expect(time == Instant(seconds: Double(last.time) / 1e9))
    }

    @Test func `tickets come in order of time, once they were opened`() {
        var found = found(new: [ticket("T3", hour: 40), ticket("T2", hour: 30.7), ticket("T1", hour: 30.6)])
        _ = found.add(log.sightings, shapes: shapes)
        let time = Instant(seconds: LogOfTests.monday + 31 * 3_600)
        #expect(found.addTicket(openedBy: time)?.first?.ticket == "T1")
        #expect(found.addTicket(openedBy: time)?.first?.ticket == "T2")
        #expect(found.addTicket(openedBy: time) == nil)
        #expect(found.addTicket(openedBy: Instant(seconds: .infinity)) != nil)
        #expect(found.addTicket(openedBy: Instant(seconds: .infinity)) == nil)
    }

    @Test func `lines without a time tell none`() {
        var found = found()
        var sightings = LogSightings()
        sightings.lines = [
            LogSighting(time: LogSighting.noTime, observedTime: 1, signature: -1, severity: LogOfTests.info)
        ]
        #expect(found.add(sightings, shapes: []).time == nil)
    }
}
