import Incidents
import Records
import Statistics
import Testing

struct NewSignatureTests {
    /// Sixty days, on the last one of which what is tested comes, at its tenth hour.
    private static let days = 60
    private static let hour = 24 * 59 + 10

    /// Ordinary lines, and every so many days a new signature: in its first hours one line of each of some accounts.
    private func desk(every step: Int, accounts: Int, lines: Int = 1) -> CountsOfTests {
        var counts = CountsOfTests()
        for hour in 0..<24 * Self.days {
            for account in ["a", "b", "c", "d"] { counts.add(nil, hour, 50, account: account) }
        }
        for day in stride(from: 8, to: Self.days - 2, by: step) {
            for number in 0..<accounts {
                counts.add("new on day \(day)", 24 * day + number, lines, account: "account \(number)")
            }
        }
        return counts
    }

    private func warnings(_ counts: CountsOfTests, accounts: [Account] = []) -> [TrendWarning] {
        WarningLedger(counts.table, accounts: accounts).warnings.filter { $0.template == "unheard of" }
    }

    @Test func `three accounts are enough where new signatures hit one or two, and a line of one account is not`()
        throws
    {
        var counts = desk(every: 2, accounts: 2)
        for account in ["a", "b", "c"] { counts.add("unheard of", Self.hour, 1, account: account) }
        let warning = try #require(warnings(counts).first)
        #expect(warning.isNew && warning.accountCount == 3 && warning.lines == 3)
        let spread = try #require(warning.spread)
        #expect(spread.others == 25 && spread.asWide == 0)
        #expect(warning.sentence.contains("3 accounts (of 25 new before 0 hit as many in their first day)"))
        for lines in [1, 500] {
            var alone = desk(every: 2, accounts: 2)
            alone.add("unheard of", Self.hour, lines, account: "a")
            #expect(warnings(alone).isEmpty)
        }
    }

    @Test func `where new signatures come everywhere more than once a week one more is no warning, unless it is worse`()
    {
        func told(lines: Int, every step: Int, paying value: Double = 0) -> Bool {
            var counts = desk(every: step, accounts: 5, lines: 2)
            for account in ["a", "b", "c"] { counts.add("unheard of", Self.hour, lines, account: account) }
            return !warnings(counts, accounts: [Account(id: "a", annualValue: value)]).isEmpty
        }
        #expect(!told(lines: 3, every: 2))
        #expect(told(lines: 3, every: 10))
        #expect(told(lines: 100, every: 2))
        #expect(told(lines: 3, every: 2, paying: 1_000))
    }

    @Test func `what names no account is told by its lines`() {
        var counts = desk(every: 2, accounts: 5)
        counts.add("unheard of", Self.hour, 200)
        #expect(warnings(counts).count == 1 && warnings(counts).allSatisfy { $0.spread == nil })
    }

    @Test func `of what is raised together the most valuable comes first`() {
        var counts = desk(every: 10, accounts: 2)
        for (name, accounts) in [("first", ["a", "b", "c"]), ("second", ["d", "e", "f"])] {
            for account in accounts { counts.add(name, Self.hour, 5, account: account) }
        }
        let warnings = WarningLedger(counts.table, accounts: [Account(id: "f", annualValue: 1_000)]).warnings
        #expect(warnings.suffix(2).map(\.template) == ["second", "first"])
    }

    @Test func `a watch tells it within the hour`() {
        var counts = desk(every: 2, accounts: 2)
        func time(_ hour: Double) -> Instant { Instant(seconds: (Double(CountsOfTests.monday) + hour) * 3_600) }
        counts.cells.removeAll { $0.hour >= Int32(CountsOfTests.monday + Self.hour) }
        var watch = WarningWatch(counts.table, at: time(Double(Self.hour)))
        counts.cells = []
        for account in ["a", "b", "c"] {
            counts.add(nil, Self.hour, 50, account: account)
            counts.add("unheard of", Self.hour, 1, account: account)
        }
        #expect(watch.add(counts.table, at: time(Double(Self.hour) + 0.999)).map(\.change) == [.raised])
    }
}
