import Records
import Testing

@testable import Connectors

@Suite struct RequestPaceMinuteTests {
    /// The times at which requests leave that are wanted as soon as possible, in seconds.
    private func departures(_ count: Int, _ pace: RequestPace, answer headers: [String: String] = [:]) -> [Double] {
        var pace = pace
        var now = 1_000.0
        return (0..<count).map { _ in
            now += pace.take(at: Instant(seconds: now))
            pace.learn(headers, status: 200, at: Instant(seconds: now))
            return now
        }
    }

    /// The most requests within a minute, wherever it begins.
    private func most(_ times: [Double]) -> Int {
        times.map { start in times.filter { $0 >= start && $0 < start + 60 }.count }.max() ?? 0
    }

    @Test(arguments: [10.0, 100, 700]) func noMinuteSeesMoreThanTheLimit(_ limit: Double) {
        let times = departures(Int(limit) * 3, RequestPace(perMinute: limit))
        #expect(Double(most(times)) <= limit)
        // And the limit is used: three times as many take hardly more than three minutes.
        #expect((times.last ?? 0) - (times.first ?? 0) < 200)
    }

    @Test func aLimitThatAnAnswerTellsIsKept() {
        #expect(most(departures(300, RequestPace(), answer: ["x-rate-limit": "100"])) <= 101)
    }

    @Test func theLimitOfTheAccountDoesNotRaiseThatOfALane() {
        let times = departures(
            30, RequestPace(perMinute: 10), answer: ["x-rate-limit": "700", "x-rate-limit-remaining": "600"])
        #expect(most(times) <= 10)
    }

    @Test func aWaitThatTheSystemAsksForComesFirst() {
        var pace = RequestPace()
        let now = Instant(seconds: 1_000)
        pace.learn(["retry-after": "7"], status: 429, at: now)
        #expect(pace.take(at: now) == 7)
        #expect(pace.take(at: Instant(seconds: 1_007)) == 0)
        pace.learn(["retry-after": "0"], status: 429, at: Instant(seconds: 1_008))
        #expect(pace.take(at: Instant(seconds: 1_008)) == 0)
    }
}
