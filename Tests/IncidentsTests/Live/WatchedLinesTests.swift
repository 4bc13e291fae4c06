import Incidents
import Records
import Testing

struct WatchedLinesTests {
    private func lines(
        _ log: LogOfTests = LogOfTests(accounts: 1, deployments: 1), signatureOfShape: [Int32] = [], at now: Double
    ) -> WatchedLines {
        var counts = TrendCounts(log.directory, releases: [])
        counts.add(log.sightings)
        return WatchedLines(
            after: counts, endingAt: nil, signatures: log.templates.map { CountTable.Name(id: $0, template: $0) },
            signatureOfShape: signatureOfShape, at: Instant(seconds: now))
    }

    private func sightings(at seconds: [Double], signature: Int32 = -1) -> LogSightings {
        var sightings = LogSightings()
        sightings.lines = seconds.map {
            LogSighting(
                time: Int64($0 * 1e9), observedTime: Int64($0 * 1e9), signature: signature, severity: LogOfTests.error)
        }
        return sightings
    }

    private func ends(_ lines: inout WatchedLines) -> [Double] {
        var ends: [Double] = []
        while let end = lines.countMinute() { ends.append(end.seconds) }
        return ends
    }

    @Test func `a minute is over once the clock of the lines says so`() {
        var lines = lines(at: 30)
        // The median of five lines leaves the minute with the third one that is later.
        lines.take(sightings(at: [31, 32, 33, 34, 35, 200, 201, 202]))
        #expect(ends(&lines) == [59.999])
        lines.take(sightings(at: [203, 204, 239, 241, 242, 243, 244, 245]))
        #expect(ends(&lines) == [239.999])
        lines.take(sightings(at: []))
        #expect(ends(&lines) == [])
    }

    @Test func `a new shape is counted under its signature, whatever number that has by now`() {
        var log = LogOfTests(accounts: 1, deployments: 1)
        log.add(0, "first")
        log.add(0, "second")
        log.finish()
        var lines = lines(log, signatureOfShape: [0, 1], at: LogOfTests.monday + 3_600)
        var asked: [Int32] = []
        lines.number([5, 2, 2, 7, -1, 7]) { signature in
            asked.append(signature)
            return CountTable.Name(id: "\(signature)", template: "new")
        }
        #expect(asked == [7])
        #expect(lines.signatureCount == 3)
    }

    @Test func `a burst of a signature that is new is raised by its name when its minute is over`() throws {
        var log = LogOfTests(accounts: 4, deployments: 1)
        log.addTraffic(days: 14)
        log.finish()
        let known = log.templates.count
        let day = LogOfTests.monday + 14 * 86_400
        var lines = lines(log, signatureOfShape: log.templates.indices.map { Int32($0) }, at: day)
        let burst = (0..<200).map { day + 3_000 + Double($0) / 10 }
        lines.number((0...known).map { Int32($0) }) { _ in CountTable.Name(id: "burst", template: "disk full") }
        lines.take(sightings(at: burst + [day + 3_061, day + 3_062, day + 3_063], signature: Int32(known)))
        var news: [WarningWatch.News] = []
        while let end = lines.countMinute() { news += lines.look(at: end) }
        #expect(news.map(\.change) == [.raised])
        let warning = try #require(news.first).warning
        // Two lines of the next minute came before the clock was there.
        #expect(warning.signature == "burst" && warning.isNew && warning.lines == 202)
        #expect(warning.raisedAt.seconds == day + 3_059.999)
    }

    @Test func `a line without a time counts at the time of the stream, and moves it not`() {
        var lines = lines(at: 30)
        var sightings = sightings(at: [31, 32, 33, 34, 35])
        for _ in 0..<5 {
            sightings.lines.append(
                LogSighting(
                    time: LogSighting.noTime, observedTime: Int64(LogOfTests.monday * 1e9), signature: -1,
                    severity: LogOfTests.error))
        }
        lines.take(sightings)
        #expect(ends(&lines) == [])
        #expect(lines.linesAhead == 0)
    }
}
