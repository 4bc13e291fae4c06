import Statistics
import Testing

struct CountDispersionTests {
    private func dispersion(_ counts: [Double]) -> CountDispersion? {
        CountDispersion(of: RateExcess.sums(counts), in: 0..<counts.count)
    }

    private func counts(_ hours: Int, seed: UInt64 = 2, mean: (Int) -> Double) -> [Double] {
        var generator = SplitMix64(seed: seed)
        return (0..<hours).map { Double(generator.poisson(mean: mean($0))) }
    }

    private func close(_ counts: [Double], to expected: Double) throws {
        #expect(try abs(#require(dispersion(counts)).value - expected) < 0.2 * expected)
    }

    @Test func `clumps vary more than counts that come one by one, rhythms and steps do not`() throws {
        try close(counts(4_000) { _ in 0.2 }, to: 1)
        try close(counts(4_000) { _ in 0.1 }.map { 4 * $0 }, to: 4)
        try close(counts(4_000) { $0 % 24 == 3 ? 15 : 0 }, to: 1)
        try close(counts(4_000) { $0 < 2_000 ? 0.1 : 3 }, to: 1)
        try close(counts(4_000) { $0 / 24 % 7 < 5 ? 40 : 10 }, to: 1)
    }

    @Test func `what happened once is no clump, and what comes again and again is`() throws {
        for outbreak in [300..<306, 510..<540] {
            var once = counts(24 * 40) { _ in 3 }
            for hour in outbreak { once[hour] = 80 }
            try close(once, to: 1)
        }
        let nightly = counts(24 * 120) { $0 % 24 == 3 ? 2 : 0 }.map { 10 * $0 }
        try close(nightly, to: 10)
    }

    @Test func `fewer than ten counts tell nothing`() throws {
        #expect(dispersion([Double](repeating: 0, count: 100) + [Double](repeating: 1, count: 9)) == nil)
        let few = try #require(dispersion([Double](repeating: 0, count: 100) + [Double](repeating: 1, count: 10)))
        #expect(few.value == 1 && few.clumps == 10)
        // Five clumps of two counts each.
        let twos = try #require(dispersion((0..<215).map { $0 >= 40 && $0 % 35 == 0 ? 2 : 0 }))
        #expect(twos.value == 2 && twos.clumps == 5)
    }

    private func measured(_ value: Double, of count: Double) -> CountDispersion? {
        CountDispersion(surplus: value * count, of: count)
    }

    @Test func `few clumps move little of what is usual, and many nearly all`() {
        // Of too few series it counts for four clumps.
        let usual = CountDispersion.typical([])
        #expect(usual.value == 1.05 && usual.clumps == 4)
        #expect(CountDispersion?.none.shrunk(to: usual) == 1.05)
        #expect(abs(measured(3, of: 12).shrunk(to: usual) - 2.025) < 1e-12)
        let many = measured(3, of: 1_200).shrunk(to: usual)
        #expect(many > 2.9 && many < 3)
        #expect(measured(0.25, of: 20)?.value == 1)
        #expect(measured(1, of: 9) == nil)
    }

    @Test func `what is usual is the median of ten series at least, and counts for less where they differ`() {
        func usual(_ values: [Double]) -> CountDispersion {
            CountDispersion.typical(values.compactMap { measured($0, of: 100) })
        }
        #expect(usual([Double](repeating: 3, count: 9)).value == 1.05)
        #expect(usual([Double](repeating: 3, count: 10)).value == 3)
        #expect(usual([Double](repeating: 3, count: 10)).clumps == 10)
        let mixed = usual([3, 3, 3, 3, 3, 3, 9, 1, 9, 1])
        #expect(mixed.value == 3 && mixed.clumps < 10)
        #expect(usual([3, 3, 3, 3, 3, 3, 30, 1, 30, 1]).clumps < mixed.clumps)
    }
}
