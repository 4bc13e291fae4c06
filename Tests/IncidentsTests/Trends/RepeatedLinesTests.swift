import Incidents
import Records
import Statistics
import Testing

struct RepeatedLinesTests {
    /// Failing lines at random times, with as many ordinary ones between them.
    private func lines(_ count: Int, seed: UInt64 = 1, step: Double = 60) -> [LogSighting] {
        var generator = SplitMix64(seed: seed)
        var time = LogOfTests.monday
        return (0..<count).map { number in
            time += Double.random(in: 0..<2 * step, using: &generator)
            return LogSighting(
                time: Int64(time * 1e9), observedTime: Int64(time * 1e9), signature: number % 2 == 0 ? 0 : -1,
                severity: number % 2 == 0 ? LogOfTests.error : LogOfTests.info)
        }
    }

    /// What is counted of parts of a log, and what is left out.
    private func counted(_ parts: [[LogSighting]]) -> (lines: Int, repeated: Int) {
        var counts = TrendCounts(CustomerDirectory(CustomerContext()), releases: [])
        for lines in parts {
            var sightings = LogSightings()
            sightings.lines = lines
            counts.add(sightings)
        }
        let table = counts.take([CountTable.Name(id: "s", template: "failure")])
        return (table.cells.reduce(0) { $0 + Int($1.count) }, counts.repeatedLines)
    }

    @Test func `a batch that is sent again is left out but for its ends, and counted`() {
        let log = lines(1_000)
        let batch = Array(log[300..<700])
        for failing in [false, true] {
            let again = failing ? batch.filter { $0.severity == LogOfTests.error } : batch
            let (lines, repeated) = counted([Array(log[..<800]) + again + log[800...]])
            #expect(lines + repeated == 1_000 + again.count)
            #expect(repeated > again.count - 50 && repeated <= again.count)
        }
    }

    @Test func `a batch in another part of the log is found, and one that comes many times`() {
        let log = lines(400)
        let (_, repeated) = counted([log, Array(log[100..<300]), Array(log[100..<300]), Array(log[100..<300])])
        #expect(repeated > 450 && repeated <= 600)
    }

    @Test func `what comes once is counted, in whatever order, and so are loops that write one line at a time`() {
        let log = lines(500)
        #expect(counted([log]).repeated == 0)
        #expect(counted([log.reversed()]).repeated == 0)
        let loop = (0..<2_000).map { number in
            LogSighting(
                time: Int64((LogOfTests.monday + Double(number / 100)) * 1e9),
                observedTime: Int64((LogOfTests.monday + 20) * 1e9), signature: 0,
                severity: LogOfTests.error)
        }
        #expect(counted([loop]).lines == 2_000)
        // Late lines of one second, all alike, do not go back over many times.
        #expect(counted([loop + Array(repeating: loop[1_800], count: 50)]).lines == 2_050)
    }

    @Test func `lines without a time are never the same`() {
        let log = lines(200).map { line in
            var line = line
            line.time = LogSighting.noTime
            return line
        }
        #expect(counted([log + log]).lines == 400)
    }
}
