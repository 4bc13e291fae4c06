import Incidents
import Records
import Statistics
import Testing

struct ExposureShiftTests {
    private static let accounts = ["a", "b", "c", "d"]
    private static let days = 28
    private static let changed = 24 * 20

    /// Four weeks of five failures, two of each an hour, and of ordinary lines, both by factors of their own.
    private func table(
        ordinary: (Int) -> Double, failures: (Int, Int) -> Double = { _, _ in 1 }
    ) -> CountTable {
        var counts = CountsOfTests()
        var generator = SplitMix64(seed: 3)
        for hour in 0..<24 * Self.days {
            for account in Self.accounts {
                counts.add(nil, hour, generator.poisson(mean: 25 * ordinary(hour)), account: account)
                for number in 0..<5 {
                    counts.add(
                        "failure \(number)", hour, generator.poisson(mean: 0.5 * failures(number, hour)),
                        account: account)
                }
            }
        }
        return counts.table
    }

    private func warned(_ table: CountTable) -> Set<String> { Set(WarningLedger(table).warnings.map(\.template)) }

    private static let levels: [(name: String, ordinary: @Sendable (Int) -> Double)] = [
        ("a quarter from a day on", { $0 < changed ? 1 : 0.25 }),
        ("four times from a day on, and back", { (changed..<changed + 96).contains($0) ? 4 : 1 }),
        ("none for three days", { (changed..<changed + 72).contains($0) ? 0 : 1 }),
        ("a third from a weekend on", { ($0 / 24 % 7 >= 5 ? 0.6 : 1) * ($0 < changed ? 1 : 0.33) }),
    ]

    @Test(arguments: levels.indices)
    func `ordinary lines that change while failures do not are not believed, and that is told`(index: Int) throws {
        let level = Self.levels[index]
        let table = table(
            ordinary: level.ordinary,
            failures: { level.name.contains("weekend") && $1 / 24 % 7 >= 5 ? 0.6 : 1 })
        // All five were warned of; one may be by chance.
        #expect(warned(table).count <= 1)
        #expect(try #require(SignatureSeries(table)).shiftedHours > 48)
    }

    @Test func `what was told of use is believed, whatever failures do`() throws {
        var table = table(ordinary: { $0 < Self.changed ? 1 : 0.25 }, failures: { _, _ in 1 })
        table.hasExposures = true
        #expect(try #require(SignatureSeries(table)).shiftedHours == 0)
    }

    @Test func `an outage is warned of whatever ordinary lines do in it`() {
        let outage = 600..<606
        for factor in [1, 0.5, 0.2] {
            let all = table(
                ordinary: { outage.contains($0) ? factor : 1 }, failures: { outage.contains($1) ? 10 : 1 })
            #expect(warned(all).count == 5)
            let some = table(
                ordinary: { outage.contains($0) ? factor : 1 },
                failures: { outage.contains($1) ? ($0 < 3 ? 10 : factor) : 1 })
            #expect(warned(some).isSuperset(of: ["failure 0", "failure 1", "failure 2"]))
            #expect(warned(some).count < 5)
        }
    }

    @Test func `a failure that grows after ordinary lines fell is warned of alone`() {
        let table = table(
            ordinary: { $0 < Self.changed ? 1 : 0.25 },
            failures: { $0 == 0 && $1 >= Self.changed + 96 ? 5 : 1 })
        #expect(warned(table).contains("failure 0") && warned(table).count <= 2)
    }

    @Test func `use that falls makes no warning of failures that do not depend on it`() {
        // Most failures go away with the use, so that it is believed.
        let fallen = table(
            ordinary: { $0 < Self.changed ? 1 : 0.4 }, failures: { $1 < Self.changed || $0 < 2 ? 1 : 0 })
        #expect(warned(fallen).count <= 1)
        let worse = table(
            ordinary: { $0 < Self.changed ? 1 : 0.4 },
            failures: { $1 < Self.changed ? 1 : $0 == 0 && $1 >= Self.changed + 48 ? 8 : $0 < 2 ? 1 : 0 })
        #expect(warned(worse).contains("failure 0") && !warned(worse).contains("failure 1"))
    }

    @Test func `use that rises or falls and takes failures with it is believed`() throws {
        for factor in [4, 0.25] {
            let busy = 504..<576
            let table = table(
                ordinary: { busy.contains($0) ? factor : 1 }, failures: { busy.contains($1) ? factor : 1 })
            #expect(warned(table).count <= 1)
            #expect(try #require(SignatureSeries(table)).shiftedHours < 12)
        }
        #expect(SignatureSeries(CountTable()) == nil)
    }

    @Test func `while lines come a changed log level raises nothing either`() {
        var counts = CountsOfTests()
        counts.addUsual(days: 14, perHour: 8)
        func instant(_ hour: Double) -> Instant {
            Instant(seconds: (Double(CountsOfTests.monday) + hour) * 3_600)
        }
        var watch = WarningWatch(counts.table, at: instant(336))
        var generator = SplitMix64(seed: 5)
        var news: [WarningWatch.News] = []
        for minute in stride(from: 5, through: 4 * 24 * 60, by: 5) {
            let hour = 336 + (minute - 1) / 60
            counts.cells = []
            for account in Self.accounts {
                counts.add(nil, hour, generator.poisson(mean: 12.5 / 12), account: account)
                counts.add("usual failure", hour, generator.poisson(mean: 2.0 / 12), account: account)
            }
            news += watch.add(counts.table, at: instant(336 + Double(minute) / 60 - 0.001))
        }
        #expect(news.isEmpty)
    }
}
