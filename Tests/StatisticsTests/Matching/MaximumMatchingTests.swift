import Statistics
import Testing

@Suite struct MaximumMatchingTests {
    @Test func `the sum counts, not the largest weight`() {
        // 9 and 1 are less than 8 and 8.
        #expect(MaximumMatching.columns([[9, 8], [8, 1]]) == [1, 0])
    }

    @Test func `more rows than columns leave rows alone, and weight 0 is no pair`() {
        #expect(MaximumMatching.columns([[1], [3], [2]]) == [nil, 0, nil])
        #expect(MaximumMatching.columns([[0, 0], [0, 4]]) == [nil, 1])
        #expect(MaximumMatching.columns([]) == [])
        #expect(MaximumMatching.columns([[], []]) == [nil, nil])
    }

    @Test(arguments: 1...40) func `no other matching has a larger sum`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let height = 1 + Int(generator.uniform() * 5)
        let width = 1 + Int(generator.uniform() * 5)
        let weights = (0..<height).map { _ in
            (0..<width).map { _ in generator.uniform() < 0.3 ? 0 : (generator.uniform() * 8).rounded() }
        }
        let columns = MaximumMatching.columns(weights)
        let used = columns.compactMap { $0 }
        #expect(Set(used).count == used.count)
        let sum = zip(weights, columns).reduce(0) { sum, row in sum + (row.1.map { row.0[$0] } ?? 0) }
        #expect(sum == largest(weights[...], free: Set(0..<width)))
    }

    private func largest(_ rows: ArraySlice<[Double]>, free: Set<Int>) -> Double {
        guard let row = rows.first else { return 0 }
        let rest = rows.dropFirst()
        return free.map { row[$0] + largest(rest, free: free.subtracting([$0])) }.reduce(largest(rest, free: free), max)
    }
}
