import Foundation
import Records
import Simulation
import Statistics
import Testing

struct OutbreakScenarioTests {
    @Test func `there are seven groups with and without trend and season`() {
        #expect(OutbreakScenario.all.count == 28)
    }

    @Test func `a series has its means, its dispersion and one outbreak among the weeks watched`() {
        var generator = SplitMix64(seed: 3)
        var ratios: [Double] = []
        for scenario in OutbreakScenario.all {
            let series = scenario.series(using: &generator)
            #expect(series.counts.count == OutbreakScenario.weeks && series.means.count == OutbreakScenario.weeks)
            #expect(
                series.outbreak.lowerBound >= OutbreakScenario.watched
                    && series.outbreak.upperBound <= OutbreakScenario.weeks)
            // Weeks before any outbreak: their squares are what the dispersion says.
            let squares = (0..<300).map { week -> Double in
                let distance = series.counts[week] - series.means[week]
                return distance * distance / series.means[week] / series.dispersion
            }
            ratios.append(squares.reduce(0, +) / 300)
        }
        #expect(abs(ratios.reduce(0, +) / 28 - 1) < 0.1)
    }

    @Test func `ramps grow, a heavy user is one account, and a week has its rhythm`() {
        var generator = SplitMix64(seed: 5)
        func lines(_ kind: RampScenario.Kind, _ days: Range<Int>) -> Double {
            RampScenario(kind, base: 6).series(using: &generator).counts[24 * days.lowerBound..<24 * days.upperBound]
                .reduce(0, +)
        }
        #expect(lines(.ramp(perDay: 0.05), 70..<77) > 5 * lines(.ramp(perDay: 0.05), 14..<21))
        #expect(lines(.weekly, 14..<15) > 1.5 * lines(.weekly, 19..<20))
        let heavy = RampScenario(.heavyUser, base: 6).series(using: &generator)
        let busy = 24 * 43..<24 * 47
        let own = heavy.ofOneAccount[busy].reduce(0, +)
        let others = heavy.counts[busy].reduce(0, +) - own
        #expect(own > 5 * others)
        #expect(heavy.growth.allSatisfy { $0 == 1 })
    }

    @Test func `the table of a ramp holds each of its counts`() {
        var generator = SplitMix64(seed: 5)
        let series = RampScenario(.heavyUser, base: 6).series(using: &generator)
        var (lines, own) = (series.counts.map { _ in 0.0 }, series.counts.map { _ in 0.0 })
        for cell in series.table.cells(of: 0) {
            lines[Int(cell.hour)] += Double(cell.count)
            if cell.scope == 0 { own[Int(cell.hour)] += Double(cell.count) }
        }
        #expect(lines == series.counts && own == series.ofOneAccount)
    }

    @Test func `versions come with the truth of each signature`() {
        let scenario = VersionScenario(seed: 2)
        #expect(Set(scenario.truths.map(\.version)) == ["5.3.0", "4.9.8"])
        #expect(scenario.truths.contains { $0.factor > 1 } && scenario.truths.contains { $0.factor == 1 })
        #expect(scenario.truths.allSatisfy { abs($0.isExpected - $0.expected * $0.factor) < 1e-9 })
        #expect(VersionScenario(seed: 2).table == scenario.table)
        #expect(scenario.table.cells(of: -1).isEmpty == false)
        for version in ["5.3.0", "4.9.8"] {
            #expect(scenario.truths.contains { $0.version == version && $0.expected > 3 })
        }
        let small = VersionScenario(seed: 2, hasSmallControl: true)
        #expect(small.truths.allSatisfy { $0.factor == 1 } && small.truths.contains { $0.expected > 3 })
    }
}
