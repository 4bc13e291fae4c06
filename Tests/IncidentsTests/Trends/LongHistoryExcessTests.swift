import Foundation
import Incidents
import Statistics
import Testing

struct LongHistoryExcessTests {
    /// Lines of some days with the season of a year, and of a week when weekends bring a quarter of the traffic.
    private func days(
        _ number: Int, seed: UInt64, growing: Int? = nil
    ) -> (counts: [Double], exposures: [Double]) {
        var generator = SplitMix64(seed: seed)
        var (counts, exposures): ([Double], [Double]) = ([], [])
        for day in 0..<number {
            let traffic = day % 7 >= 5 ? 0.25 : 1.0
            let exposure = traffic * (1 + 0.0005 * Double(day))
            let season = exp(0.4 * sin(2 * Double.pi * Double(day) / 365.25))
            var growth = 1.0
            if let growing, day > number - growing { growth += 1.5 * Double(day - number + growing) / Double(growing) }
            exposures.append(exposure)
            counts.append(Double(generator.poisson(mean: 4 * season * exposure * growth)))
        }
        return (counts, exposures)
    }

    @Test func `seasons of the year and of the week are no excess`() {
        let found = (1...30).map { seed -> Double in
            let (counts, exposures) = days(900 + 12 * seed, seed: UInt64(seed))
            return LongHistoryExcess(counts: counts, exposures: exposures)?.pValue ?? 1
        }
        #expect(found.count { $0 < 0.01 } <= 2)
    }

    @Test func `a rise over eight weeks is seen above them`() throws {
        let found = try (1...9).map { seed -> LongHistoryExcess in
            let (counts, exposures) = days(800, seed: UInt64(seed), growing: 56)
            return try #require(LongHistoryExcess(counts: counts, exposures: exposures))
        }
        #expect(found.map(\.pValue).sorted()[4] < 1e-5)
        #expect(found.allSatisfy { $0.observed > 1.3 * $0.expected })
    }

    @Test func `more traffic explains more lines`() throws {
        var (counts, exposures) = days(400, seed: 2)
        for day in 393..<400 { (counts[day], exposures[day]) = (counts[day] * 3, exposures[day] * 4) }
        #expect(LongHistoryExcess(counts: counts, exposures: exposures)?.pValue ?? 1 > 0.01)
        let alone = try #require(LongHistoryExcess(counts: counts))
        #expect(alone.pValue < 1e-6 && alone.observed == counts[393...].reduce(0, +))
    }

    @Test func `weeks without traffic are no past without lines`() throws {
        var (counts, exposures) = days(400, seed: 3)
        for day in 200..<260 { (counts[day], exposures[day]) = (0, 0) }
        #expect(LongHistoryExcess(counts: counts, exposures: exposures)?.pValue ?? 1 > 0.01)
    }

    @Test func `a short history, days without traffic and fewer lines than expected are no evidence`() {
        let (counts, exposures) = days(400, seed: 4)
        #expect(LongHistoryExcess(counts: Array(counts.suffix(83)), exposures: Array(exposures.suffix(83))) == nil)
        #expect(LongHistoryExcess(counts: counts.dropLast(7) + [Double](repeating: 0, count: 7)) == nil)
        let silent = exposures.dropLast(7) + [Double](repeating: 0, count: 7)
        #expect(LongHistoryExcess(counts: counts, exposures: Array(silent)) == nil)
    }
}
