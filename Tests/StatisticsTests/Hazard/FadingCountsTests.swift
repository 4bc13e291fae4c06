import FoundationEssentials
import Glibc
import Statistics
import Testing

struct FadingCountsTests {
    @Test func `without observations every ratio is 1`() {
        #expect(FadingCounts(cells: 3, halfLife: 2).ratios(at: 5, strength: 4, kernel: [1, 0.5]) == [1, 1, 1])
    }

    @Test func `ratios after one half-life by hand`() {
        var counts = FadingCounts(cells: 3, halfLife: 2)
        counts.add(cell: 0, events: 6, exposure: 2, at: 10)
        counts.add(cell: 2, events: 0, exposure: 4, at: 12)
        // At 12 the first cell holds 3 events in exposure 1, the last none in exposure 4.
        let alone = counts.ratios(at: 12, strength: 1, kernel: [1])
        #expect(largestDifference(alone, [4.0 / 2, 1, 1.0 / 5]) < 1e-12)
        let smoothed = counts.ratios(at: 12, strength: 1, kernel: [1, 0.5, 0.25])
        let expected = [(3 + 1) / (1 + 1 + 1.0), (1.5 + 1) / (0.5 + 2 + 1), (0.75 + 1) / (4 + 0.25 + 1)]
        #expect(largestDifference(smoothed, expected) < 1e-12)
    }

    @Test func `the order of the observations does not matter`() {
        let times: [Double] = [3, 0, 7, 7, 1]
        func counts(_ order: [Int]) -> [Double] {
            var counts = FadingCounts(cells: 2, halfLife: 1.5)
            for index in order {
                counts.add(cell: index % 2, events: Double(index), exposure: 1 + times[index], at: times[index])
            }
            return counts.ratios(at: 8, strength: 0.5, kernel: [1, 0.5])
        }
        #expect(largestDifference(counts([0, 1, 2, 3, 4]), counts([4, 2, 1, 0, 3])) < 1e-12)
    }

    @Test func `what has faded for thousands of half-lives neither counts nor overflows`() {
        var counts = FadingCounts(cells: 1, halfLife: 1)
        for day in stride(from: 0.0, through: 5_000, by: 50) { counts.add(cell: 0, events: 9, exposure: 1, at: day) }
        counts.add(cell: 0, events: 3, exposure: 1, at: 5_200)
        #expect(largestDifference(counts.ratios(at: 5_200, strength: 1, kernel: [1]), [2]) < 1e-12)
        #expect(largestDifference(counts.ratios(at: 9_000, strength: 1, kernel: [1]), [1]) < 1e-12)
    }

    @Test func `without forgetting the ratios are events over exposure`() {
        var counts = FadingCounts(cells: 1, halfLife: .infinity)
        counts.add(cell: 0, events: 2, exposure: 4, at: 0)
        counts.add(cell: 0, events: 3, exposure: 1, at: 1e6)
        #expect(largestDifference(counts.ratios(at: 2e6, strength: 1e-12, kernel: [1]), [1]) < 1e-9)
        #expect(counts.ratios(at: 0, strength: 5, kernel: [1]) == [1])
    }

    @Test func `counts stay the same through JSON`() throws {
        var counts = FadingCounts(cells: 2, halfLife: 3)
        counts.add(cell: 1, events: 1, exposure: 0.3, at: 19_000.7)
        #expect(try JSONDecoder().decode(FadingCounts.self, from: JSONEncoder().encode(counts)) == counts)
    }
}
