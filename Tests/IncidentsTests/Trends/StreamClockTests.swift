import Incidents
import Records
import Testing

struct StreamClockTests {
    private typealias Line = (seconds: Double?, source: Int64)

    /// Long after the lines, as where a log of the past is read.
    private static let arrival = 1e9

    private func clock(after lines: [Line]) -> StreamClock {
        var clock = StreamClock()
        for line in lines { clock.take(line.seconds, observed: Self.arrival, from: line.source) }
        return clock
    }

    private func time(after seconds: [Double]) -> Double? { clock(after: seconds.map { ($0, 0) }).now?.seconds }

    /// A line a minute, of some sources in turns.
    private func lines(_ minutes: Range<Int>, sources: Int) -> [Line] {
        minutes.map { (Double($0) * 60, Int64($0 % sources)) }
    }

    @Test func `the time is that of the lines`() {
        #expect(time(after: []) == nil)
        #expect(time(after: [7]) == 7)
        #expect(time(after: [1, 2, 3, 4, 5, 6, 7]) == 5)
    }

    @Test func `two lines of a clock that jumps move nothing, and the time never goes back`() {
        #expect(time(after: [10, 11, 12, 13, 14, 9_000, 9_001]) == 12)
        #expect(time(after: [10, 11, 12, 13, 14, -9_000, 15, 16]) == 14)
        #expect(time(after: [10, 11, 12, 1, 2, 3, 4, 5]) == 11)
    }

    @Test func `a batch of one source that is days ahead moves nothing, and is counted`() throws {
        let usual = lines(0..<600, sources: 3)
        let batch = [Line](repeating: (4 * 86_400, 1), count: 60)
        let clock = clock(after: usual + batch + lines(600..<1_200, sources: 3))
        #expect(try #require(clock.now).seconds == 1_197 * 60)
        #expect(clock.linesAhead == 60)
    }

    @Test func `lines without a time move nothing among others`() throws {
        for sources in [1, 4] {
            let odd = [Line](repeating: (nil, 0), count: 20)
            let clock = clock(after: lines(0..<600, sources: sources) + odd + lines(600..<900, sources: sources))
            #expect(try #require(clock.now).seconds == 897 * 60)
            #expect(clock.linesAhead == 0)
        }
    }

    @Test func `where no line says a time, that of arrival counts`() throws {
        var clock = StreamClock()
        for second in 0..<100 { clock.take(nil, observed: Double(second), from: 0) }
        #expect(try #require(clock.now).seconds > 80)
    }

    @Test func `after a pause of all sources time goes on with their next lines`() throws {
        for sources in [1, 4, 40] {
            let clock = clock(
                after: lines(0..<600, sources: sources) + lines(6_000..<6_100, sources: sources))
            #expect(try #require(clock.now).seconds == 6_097 * 60)
            #expect(clock.linesAhead == 0)
        }
    }

    @Test func `of two sources one goes on alone once the other has not come for long`() throws {
        let clock = clock(after: lines(0..<600, sources: 2) + lines(6_000..<6_400, sources: 1))
        #expect(try #require(clock.now).seconds == 6_397 * 60)
    }

    @Test func `in a stream of few lines a pause is usual`() throws {
        let rare = (0..<40).map { Line(seconds: Double($0) * 7_200, source: 0) }
        #expect(try #require(clock(after: rare).now).seconds == 37 * 7_200)
    }

    @Test func `a line that is observed when it says is believed however long nothing had come`() throws {
        var clock = StreamClock(at: Instant(seconds: 0))
        for second in [90_000.0, 90_001, 90_002] { clock.take(second, observed: second + 5, from: 0) }
        #expect(try #require(clock.now).seconds == 90_001)
        // No line is later than when it is observed.
        clock.take(1e7, observed: 90_003, from: 0)
        #expect(try #require(clock.now).seconds < 90_004)
    }
}
