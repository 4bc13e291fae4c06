import Incidents
import Records
import Statistics
import Testing

struct SignatureTrendTests {
    private func counts(days: Int, _ lines: (Int) -> Int) -> CountsOfTests {
        var counts = CountsOfTests()
        for day in 0..<days {
            for hour in 0..<24 { counts.add(nil, 24 * day + hour, 100, account: "a") }
            counts.add("failure", 24 * day + 9, lines(day), account: day % 2 == 0 ? "a" : "b", deployment: "site")
            counts.add("companion", 24 * day + 10, lines(day) / 2, account: "a")
        }
        return counts
    }

    @Test func `a rate that trebled is told with its ratio, its day and its forecast`() throws {
        let trend = try #require(SignatureTrend.all(counts(days: 28) { $0 < 21 ? 20 : 60 }.table).first)
        #expect(trend.template == "failure" && trend.lines.count == 28)
        #expect(trend.recentLines == 420 && trend.recentAccounts == 2 && trend.recentDeployments == 1)
        #expect(abs(try #require(trend.ratio) - 3) < 0.1)
        #expect(try #require(trend.interval).contains(3))
        #expect(trend.changes == [21])
        #expect(abs(trend.forecast - 420) < 1)
        #expect(trend.forecastInterval.contains(420) && trend.forecastInterval.lowerBound > 300)
    }

    @Test func `what goes together is told`() throws {
        let trends = SignatureTrend.all(counts(days: 20) { $0 % 5 == 0 ? 40 : 8 }.table)
        let first = try #require(trends.first)
        #expect(first.companion == "id of companion" && first.correlation > 0.9)
    }

    @Test func `a young series has no ratio yet, and an empty table no trend`() throws {
        let young = try #require(SignatureTrend.all(counts(days: 3) { _ in 5 }.table).first)
        #expect(young.ratio == nil && young.interval == nil && young.companion == nil)
        #expect(SignatureTrend.all(CountTable()).isEmpty)
    }

    @Test func `intervals of forecasts hold what comes`() {
        var generator = SplitMix64(seed: 9)
        var held = 0
        for _ in 0..<60 {
            let rate = generator.logNormal(logMean: 3, logStandardDeviation: 0.5)
            let days = (0..<35).map { _ in generator.negativeBinomial(mean: rate, dispersion: 2 * rate) }
            guard
                let trend = SignatureTrend.all(counts(days: 28) { days[$0] }.table).first(where: {
                    $0.template == "failure"
                })
            else { continue }
            if trend.forecastInterval.contains(Double(days[28...].reduce(0, +))) { held += 1 }
        }
        // 48 of 60 are to be expected.
        #expect((39...58).contains(held))
    }
}
