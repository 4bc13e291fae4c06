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

    /// Failing lines of whole seconds that say nothing of where they come from, each of one of some accounts.
    private func wholeSeconds(_ count: Int, kinds: Int32, seed: UInt64 = 3) -> LogSightings {
        var generator = SplitMix64(seed: seed)
        var sightings = LogSightings()
        var second = Int64(LogOfTests.monday)
        for number in 0..<count {
            second += Int64.random(in: 0..<90, using: &generator)
            sightings.lines.append(
                LogSighting(
                    time: second * 1_000_000_000, observedTime: second * 1_000_000_000,
                    signature: Int32.random(in: 0..<kinds, using: &generator), firstMention: UInt32(number),
                    mentionCount: 1, severity: LogOfTests.error))
            sightings.mentions.append(AccountMention(account: Int32(number * number % 7), form: .id))
        }
        return sightings
    }

    /// The lines that are left out of some that stand in an order of places.
    private func repeated(_ sightings: LogSightings, _ order: [Int]) -> Int {
        let accounts = (0..<7).map { Account(id: "a\($0)") }
        var counts = TrendCounts(CustomerDirectory(CustomerContext(accounts: accounts)), releases: [])
        var part = sightings
        part.lines = order.map { sightings.lines[$0] }
        counts.add(part)
        return counts.repeatedLines
    }

    @Test func `lines of whole seconds are judged together`() {
        let all = Array(0..<2_000)
        for kinds in [1, 8] as [Int32] {
            let lines = wholeSeconds(2_000, kinds: kinds)
            #expect(repeated(lines, all) == 0)
            let again = repeated(lines, Array(all[..<1_600] + all[400..<1_400] + all[1_600...]))
            #expect(again > 950 && again <= 1_000)
        }
    }

    @Test func `what two copies of a program do in the same second counts twice`() {
        let lines = wholeSeconds(1_000, kinds: 4)
        #expect(repeated(lines, (0..<2_000).map { $0 / 2 }) == 0)
    }

    @Test func `what a program does evenly and in turns tells nothing, though another one does it at the same times`() {
        for kinds in [1, 30] as [Int32] {
            let checks = (0..<3_000).map { number in
                let time = (Int64(LogOfTests.monday) + Int64(number) * 60) * 1_000_000_000
                return LogSighting(
                    time: time, observedTime: time, signature: Int32(number) % kinds, severity: LogOfTests.error)
            }
            var sightings = LogSightings()
            sightings.lines = checks
            #expect(repeated(sightings, Array(0..<3_000) + Array(0..<3_000)) == 0)
        }
    }
}
