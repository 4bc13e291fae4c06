import Statistics
import Testing

struct SilenceTests {
    // Ten gaps of 1: (10 / (10 + w))^10.
    @Test func `the probability of a silence does not need the rate`() throws {
        let times = (0...10).map { Double($0) }
        let silence = try #require(Silence(times: times + times, now: 12))
        #expect(abs(silence.probability - 0.16150558) < 1e-8)
        #expect(silence.usualGap == 1 && silence.length == 2)
        #expect(try #require(Silence(times: times, now: 20)).probability < 0.001)
    }

    @Test func `a silence as long as one before is not strange`() throws {
        let times = (0...20).map { Double($0) } + (40...60).map { Double($0) }
        #expect(try #require(Silence(times: times, now: 79)).probability == 1)
        #expect(try #require(Silence(times: times, now: 85)).probability < 0.001)
        #expect(Silence(times: [4], now: 9) == nil && Silence(times: [4, 4, 12], now: 9) == nil)
    }

    @Test func `false alarms are as often as they are said to be`() throws {
        var generator = SplitMix64(seed: 4)
        let alarms = try (0..<4_000).count { _ in
            let gaps = (0..<12).map { _ in generator.exponential() }
            let times = gaps.dropLast().reduce(into: [0.0]) { $0.append($0[$0.count - 1] + $1) }
            return try #require(Silence(times: times, now: times[11] + gaps[11])).probability < 0.05
        }
        #expect(alarms > 110 && alarms < 240)
    }
}
