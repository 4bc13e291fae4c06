import Incidents
import Records
import Testing

/// What a log tells of the time before it, between its parts and in it.
struct LogBoundsTests {
    /// In some hours 120 ordinary lines each, and 12 failures that always come, of eight accounts in turns.
    private func log(_ hours: [Range<Int>]) -> LogOfTests {
        var log = LogOfTests(accounts: 8, deployments: 2)
        for hour in hours.joined() {
            for step in 0..<120 {
                let time = Double(hour) + Double(step) / 120
                let account = (hour + step) % 8
                log.add(
                    time, "request done in <*>", severity: LogOfTests.info, account: account, deployment: account % 2)
                guard step % 10 == 3 else { continue }
                log.add(
                    time, "letter <*> not printed", account: account, deployment: account % 2,
                    keys: [UInt64(1_000_000 + hour * 1_000 + step)])
            }
        }
        return log
    }

    @Test(arguments: [-8_760.0, -720, -168, -36])
    func `a line of long before the log is no past in which nothing failed`(hour: Double) {
        var log = log([0..<72])
        log.add(hour, "request done in <*>", severity: LogOfTests.info, account: 3, deployment: 1)
        let analysis = log.analysis()
        #expect(analysis.incidents.isEmpty)
        #expect(analysis.strays == 1)
    }

    @Test func `hours with hardly a line before the others are no past`() {
        var log = log([48..<120])
        for hour in 0..<48 {
            log.add(Double(hour), "request done in <*>", severity: LogOfTests.info, account: 3, deployment: 1)
        }
        let analysis = log.analysis()
        #expect(analysis.incidents.isEmpty)
        #expect(analysis.strays == 47)
    }

    @Test func `of a pause of a log nothing is known`() {
        var log = log([0..<6, 106..<170])
        let analysis = log.analysis()
        #expect(analysis.incidents.isEmpty)
        #expect(analysis.strays == 0)
    }

    @Test func `an outage before a pause and one after it are found`() {
        var log = log([0..<48, 96..<144])
        for start in [30.0, 120] {
            for step in 0..<60 {
                log.add(
                    start + Double(step) / 60, "store <*> refused", account: step % 4 * 2, deployment: 0,
                    keys: [UInt64(start) * 1_000 + UInt64(step)])
            }
        }
        let incidents = log.analysis().incidents
        #expect(incidents.map { Set($0.accounts.filter(\.isHurt).map(\.account)) } == [[0, 2, 4, 6], [0, 2, 4, 6]])
    }

    @Test func `a line that names several accounts is one line that is left out`() {
        var log = log([0..<72])
        log.add(-500, "lock <*> held by both", accounts: [2, 6], deployment: 0)
        #expect(log.analysis().strays == 1)
    }

    @Test(arguments: [(hours: 10, isKnown: false), (hours: 40, isKnown: true)])
    func `a change of use is evidence where a day of it is known`(hours: Int, isKnown: Bool) throws {
        var log = log([0..<hours])
        let start = Double(hours - 2)
        for step in 0..<480 {
            let hour = start + Double(step) / 480
            let account = step % 4 * 2
            log.add(hour, "request done in <*>", severity: LogOfTests.info, account: account, deployment: 0)
            if step % 8 == 0 {
                log.add(hour, "store <*> refused", account: account, deployment: 0, keys: [UInt64(9_000 + step)])
            }
        }
        let incident = try #require(log.analysis().incidents.first)
        let evidence = incident.accounts.flatMap(\.evidence)
        #expect(evidence.contains { if case .change = $0 { true } else { false } } == isKnown)
    }

    /// A log with twenty minutes of an outage of the first deployment.
    private func outage(at start: Double, of hours: Int) -> LogOfTests {
        var log = log([0..<hours])
        for step in 0..<60 {
            log.add(
                start + Double(step) / 180, "store <*> refused", account: step % 4 * 2, deployment: 0,
                keys: [UInt64(9_000 + step)])
        }
        return log
    }

    @Test(arguments: [0.02, 0.5, 1.8])
    func `an outage in the first hours is told by what came after it`(start: Double) throws {
        var log = outage(at: start, of: 72)
        let analysis = log.analysis()
        let incident = try #require(analysis.incidents.first)
        #expect(analysis.incidents.count == 1 && analysis.untold == nil)
        #expect(Set(incident.accounts.filter(\.isHurt).map(\.account)) == [0, 2, 4, 6])
        #expect(abs(incident.start.seconds - LogOfTests.monday - start * 3_600) < 60)
        #expect(incident.lines.count == 60)
        // Nobody could know before anything was usual.
        #expect(incident.detectedAt.seconds > LogOfTests.monday + 7_200)
    }

    @Test func `what goes on all the time after the first line is usual`() {
        var log = log([0..<24])
        for step in 0..<600 {
            log.add(Double(step) / 100, "store <*> refused", account: step % 8, keys: [UInt64(9_000 + step)])
        }
        #expect(log.analysis().incidents.isEmpty)
    }

    @Test func `of a log of an hour nothing can be told, of one of three hours its middle`() throws {
        var short = outage(at: 0.5, of: 1)
        let analysis = short.analysis()
        let untold = try #require(analysis.untold)
        #expect(analysis.incidents.isEmpty)
        #expect(untold.from.seconds == LogOfTests.monday)
        #expect(abs(untold.to.seconds - LogOfTests.monday - 3_600) < 60)
        var longer = log([0..<3])
        let middle = try #require(longer.analysis().untold)
        #expect(abs(middle.from.seconds - LogOfTests.monday - 3_600) < 120)
        #expect(abs(middle.to.seconds - LogOfTests.monday - 7_200) < 120)
        var nothing = LogOfTests(accounts: 1, deployments: 1)
        #expect(nothing.analysis().untold == nil)
    }
}
