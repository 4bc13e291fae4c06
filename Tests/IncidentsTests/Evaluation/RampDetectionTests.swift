import Incidents
import Records
import Testing

struct RampDetectionTests {
    @Test func `counts above the ceiling warn once until one is below it again`() {
        // A week of tens has a ceiling of sixty.
        var counts = [Double](repeating: 10, count: 21 * 24)
        for hour in [100, 400, 401, 403] { counts[hour] = 100 }
        var growth = [Double](repeating: 1, count: counts.count)
        for hour in 401..<growth.count { growth[hour] = 2 + Double(hour - 401) }
        let found = RampDetection(ceilingOf: counts, growth: growth, from: 14 * 24)
        #expect(found.warnings == 2)
        #expect(found.growth == 2)
        #expect(
            RampDetection(ceilingOf: [], growth: [], from: 14 * 24)
                == RampDetection(ceilingOf: [1], growth: [], from: 0))
    }

    @Test func `a warning before anything grows tells no growth`() {
        var counts = CountsOfTests()
        counts.addUsual(days: 14)
        let first = Int(CountsOfTests.monday)
        for account in ["a", "b", "c", "d"] { counts.add("usual failure", 300, 200, account: account) }
        let growth = [Double](repeating: 1, count: first + 14 * 24)
        let found = RampDetection(warningsOf: counts.table, growth: growth)
        #expect(found.warnings == 1 && found.growth == nil)
        var grown = growth
        grown[first + 300] = 3
        #expect(RampDetection(warningsOf: counts.table, growth: grown).growth == 3)
    }
}
