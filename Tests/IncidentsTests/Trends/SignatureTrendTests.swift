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

    // Three hours of the last day have passed.
    @Test func `a day that has just begun counts for the hours that it has`() throws {
        var counts = CountsOfTests()
        for hour in 0..<28 * 24 + 3 {
            counts.add(nil, hour, 100, account: "a")
            counts.add("failure", hour, 10, account: "a")
        }
        let trend = try #require(SignatureTrend.all(counts.table).first)
        #expect(trend.lines.count == 29 && trend.lines.last == 30 && trend.recentLines == 1_680)
        #expect(abs(try #require(trend.ratio) - 1) < 1e-9)
        #expect(abs(trend.forecast - 1_680) < 5 && trend.forecastInterval.contains(1_680))
    }

    @Test func `the ratio of lines that come in bursts is that of the lines`() throws {
        let rare = try #require(
            SignatureTrend.all(counts(days: 28) { [1, 5, 9, 13, 17].contains($0) ? 200 : $0 == 23 ? 9 : 0 }.table).first
        )
        #expect(abs(try #require(rare.ratio) - 0.027) < 1e-9)
        #expect(try #require(rare.interval).contains(0.027))
        let often = try #require(
            SignatureTrend.all(counts(days: 28) { $0 == 3 ? 4 : [22, 24, 26].contains($0) ? 100 : 0 }.table).first)
        #expect(abs(try #require(often.ratio) - 225) < 1e-6)
        #expect(try #require(often.interval).contains(225))
    }

    @Test func `what goes together is told`() throws {
        let trends = SignatureTrend.all(counts(days: 20) { $0 % 5 == 0 ? 40 : 8 }.table)
        let first = try #require(trends.first)
        #expect(first.companion == "id of companion" && first.correlation > 0.9)
    }

    /// So many signatures that come independently, and ordinary lines, fewer of both at weekends.
    private func independent(
        _ number: Int, days: Int, weekend: Double, seed: UInt64 = 3, burst: Double? = nil
    ) -> CountsOfTests {
        var generator = SplitMix64(seed: seed)
        var counts = CountsOfTests()
        for day in 0..<days {
            let traffic = day % 7 >= 5 ? weekend : 1
            for hour in 0..<24 {
                counts.add(nil, 24 * day + hour, generator.poisson(mean: 100 * traffic), account: "a")
            }
            for signature in 0..<number {
                let factor = burst.map { generator.gamma(shape: $0, scale: 1 / $0) } ?? 1
                counts.add("s\(signature)", 24 * day + 9, generator.poisson(mean: 7 * traffic * factor), account: "a")
            }
        }
        return counts
    }

    // One pair in a hundred tables may be alike by chance.
    @Test(arguments: [(7, 1.0), (10, 1), (14, 1), (28, 1), (28, 0.25), (56, 0.25)])
    func `what comes independently goes with nothing, whatever rhythm it shares`(days: Int, weekend: Double) {
        let trends = SignatureTrend.all(independent(100, days: days, weekend: weekend).table)
        #expect(trends.count == 100)
        #expect(trends.count { $0.companion != nil } <= 2)
    }

    @Test func `bursts and steps that fall together by chance make no companions`() {
        let bursts = SignatureTrend.all(independent(60, days: 28, weekend: 0.5, burst: 0.3).table)
        #expect(bursts.count { $0.companion != nil } <= 2)
        var generator = SplitMix64(seed: 5)
        var counts = CountsOfTests()
        let starts = (0..<60).map { _ in 3 + Int(generator.uniform() * 22) }
        for day in 0..<28 {
            for hour in 0..<24 { counts.add(nil, 24 * day + hour, 100, account: "a") }
            for (signature, start) in starts.enumerated() {
                counts.add("s\(signature)", 24 * day, generator.poisson(mean: day < start ? 7 : 18), account: "a")
            }
        }
        #expect(SignatureTrend.all(counts.table).count { $0.companion != nil } <= 2)
    }

    @Test func `days on which two come more often than others do make them companions`() throws {
        var counts = independent(30, days: 56, weekend: 0.5)
        var generator = SplitMix64(seed: 12)
        for day in 0..<56 {
            let factor = generator.gamma(shape: 1, scale: 20) * (day % 7 >= 5 ? 0.5 : 1)
            for name in ["one", "two"] { counts.add(name, 24 * day, generator.poisson(mean: factor), account: "a") }
        }
        let trends = SignatureTrend.all(counts.table)
        let one = try #require(trends.first { $0.template == "one" })
        #expect(one.companion == "id of two" && one.correlation > 0.8)
        #expect(trends.first { $0.template == "two" }?.companion == "id of one")
    }

    @Test(arguments: [0, 1, 3, 40]) func `as many as are wanted are those of all that have the most lines`(most: Int) {
        var counts = independent(30, days: 56, weekend: 0.5)
        var generator = SplitMix64(seed: 12)
        for day in 0..<56 {
            let lines = generator.poisson(mean: generator.gamma(shape: 1, scale: 20))
            for name in ["one", "two"] { counts.add(name, 24 * day, lines + (name == "one" ? 9 : 0), account: "a") }
        }
        let trends = SignatureTrend.all(counts.table, atMost: most)
        #expect(trends == Array(SignatureTrend.all(counts.table).prefix(most)))
        #expect(most == 0 || trends.first?.companion == "id of two")
    }

    @Test(arguments: [1, 0.5, 0.25, 0.1]) func `quiet weekends are no changes of rate`(weekend: Double) {
        let trends = SignatureTrend.all(independent(100, days: 56, weekend: weekend, seed: 21).table)
        #expect(trends.count { !$0.changes.isEmpty } <= 4)
    }

    @Test func `clumps are no changes of rate, and a rate that trebles is one`() throws {
        var counts = CountsOfTests()
        var generator = SplitMix64(seed: 4)
        for hour in 0..<24 * 42 {
            counts.add(nil, hour, 100, account: "a")
            for number in 0..<60 {
                let isClumped = number < 30
                let rate = number == 0 && hour >= 24 * 21 ? 6.0 : number == 0 ? 2 : 0.5
                for _ in 0..<generator.poisson(mean: isClumped ? rate / 6 : rate) {
                    var lines = 1
                    while isClumped, generator.uniform() < 5.0 / 6 { lines += 1 }
                    counts.add("s\(number)", hour, lines, account: "a")
                }
            }
        }
        let changed = SignatureTrend.all(counts.table).filter { !$0.changes.isEmpty }
        #expect(changed.count { $0.template != "s0" } <= 3)
        let trebled = try #require(changed.first { $0.template == "s0" })
        #expect(trebled.changes.contains { abs($0 - 21) <= 2 })
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
            let days = (0..<35).map { _ in generator.negativeBinomial(mean: rate, size: 2 * rate) }
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
