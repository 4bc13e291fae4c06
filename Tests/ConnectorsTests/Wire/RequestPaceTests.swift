import Connectors
import Records
import Testing

/// How soon requests may leave.
struct RequestPaceTests {
    private func at(_ seconds: Double) -> Instant { Instant(seconds: 1_800_000_000 + seconds) }

    @Test("nothing waits while no limit is known")
    func isFree() {
        var pace = RequestPace()
        #expect((0..<1_000).allSatisfy { _ in pace.take(at: at(0)) == 0 })
    }

    @Test("a known limit is kept over a long time, and most of it is used", arguments: [10.0, 700.0])
    func keepsLimit(perMinute: Double) {
        var pace = RequestPace(perMinute: perMinute)
        var (time, sent) = (0.0, [Double]())
        while time < 600 {
            time += pace.take(at: at(time))
            sent.append(time)
        }
        // Behind the first burst no minute holds more than the limit, and together they hold nine tenths of it.
        let later = sent.filter { $0 >= 120 && $0 < 600 }
        #expect(Double(later.count) <= 8 * perMinute)
        #expect(Double(later.count) >= 0.9 * 8 * perMinute)
    }

    @Test("what is left by the system's own count bounds a burst")
    func heedsRemaining() {
        var pace = RequestPace()
        pace.learn(["x-rate-limit": "600", "x-rate-limit-remaining": "2"], status: 200, at: at(0))
        let waits = (0..<4).map { _ in pace.take(at: at(0)) }
        #expect(waits[0] == 0 && waits[1] == 0 && waits[2] > 0 && waits[3] > waits[2])
    }

    @Test(
        "a wait is kept whatever form it has",
        arguments: [
            (["retry-after": "30"], 30.0), (["retry-after": "Fri, 15 Jan 2027 08:00:30 GMT"], 30),
            (["x-ratelimit-reset": "1800000030"], 30), (["x-ratelimit-reset": "2027-01-15T08:00:30Z"], 30),
            (["ratelimit-reset": "30"], 30), (["retry-after": "0"], 0), (["retry-after": "soon"], 0),
        ] as [([String: String], Double)])
    func waits(headers: [String: String], seconds: Double) {
        var pace = RequestPace()
        pace.learn(headers, status: 429, at: at(0))
        #expect(pace.take(at: at(0)) == seconds)
        #expect(pace.take(at: at(seconds + 1)) == 0)
    }

    @Test(
        "a date is one of the clock of the system, which may be an hour off",
        arguments: [
            (["retry-after": "Fri, 15 Jan 2027 09:00:30 GMT", "date": "Fri, 15 Jan 2027 09:00:00 GMT"], 30.0),
            (["retry-after": "Fri, 15 Jan 2027 07:00:30 GMT", "date": "Fri, 15 Jan 2027 07:00:00 GMT"], 30),
            (["x-ratelimit-reset": "1800003630", "date": "Fri, 15 Jan 2027 09:00:00 GMT"], 30),
            (["x-ratelimit-reset": "2027-01-15T07:00:30Z", "date": "Fri, 15 Jan 2027 07:00:00 GMT"], 30),
        ] as [([String: String], Double)])
    func readsTheirClock(headers: [String: String], seconds: Double) {
        var pace = RequestPace()
        pace.learn(headers, status: 429, at: at(0))
        #expect(pace.take(at: at(0)) == seconds)
    }

    @Test("a date that has passed, or lies days ahead, is no reason to wait for ever")
    func boundsWaits() {
        #expect(RetryAfter.seconds(of: "Fri, 15 Jan 2027 07:00:00 GMT", at: at(0)) == 0)
        #expect(RetryAfter.seconds(of: "99999999", at: at(0)) == 86_400)
        #expect(RetryAfter.seconds(of: "Fri, 32 Jan 2027 07:00:00 GMT", at: at(0)) == nil)
        #expect(RetryAfter.seconds(of: "-5", at: at(0)) == 0)
    }

    @Test("waits double with each failure, between the half and the whole, and end somewhere")
    func backsOff() {
        #expect(Backoff.seconds(after: 1, asked: nil, random: 0) == 0.25)
        #expect(Backoff.seconds(after: 1, asked: nil, random: 0.999) < 0.5)
        #expect(Backoff.seconds(after: 3, asked: nil, random: 0) == 1)
        #expect(Backoff.seconds(after: 60, asked: nil, random: 0.999) <= Backoff.longest)
        #expect(Backoff.seconds(after: 1, asked: 20, random: 0) == 20)
    }

    @Test("a system that does not answer is left alone, and let in again by one answer")
    func breaks() {
        var breaker = CircuitBreaker()
        for _ in 1..<CircuitBreaker.patience { breaker.fail(.unreachable("x"), at: at(0), random: 0) }
        #expect(breaker.notBefore(at(0)) == nil)
        breaker.fail(.unreachable("x"), at: at(0), random: 0)
        #expect(breaker.notBefore(at(0)) != nil)
        #expect(breaker.notBefore(at(400)) == nil)
        breaker.succeed()
        #expect(breaker.notBefore(at(0)) == nil)
        // What is refused was answered.
        for _ in 0..<10 { breaker.fail(.refused(reason: "x", fields: []), at: at(0), random: 0) }
        #expect(breaker.notBefore(at(0)) == nil)
        breaker.fail(.credentials("x"), at: at(0), random: 0)
        #expect(breaker.notBefore(at(0)) != nil)
    }
}
