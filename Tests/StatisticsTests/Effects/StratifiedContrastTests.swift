import Statistics
import Testing

struct StratifiedContrastTests {
    private func values(_ first: [Double], _ second: [Double], _ stratum: String) -> [StratifiedContrast.Value] {
        first.map { .init($0, isFirst: true, stratum: stratum) }
            + second.map { .init($0, isFirst: false, stratum: stratum) }
    }

    // Differences 2 and 0, both of weight 2/3; squares within 14/3 + 2 less (4/3)² / (4/3), with 3 degrees of freedom.
    @Test func `differences within strata weigh by their counts`() throws {
        let contrast = try #require(StratifiedContrast(values([3, 5], [2], "a") + values([1], [0, 2], "b")))
        #expect(abs(contrast.difference - 1) < 1e-12)
        #expect(contrast.degreesOfFreedom == 3)
        #expect(abs(contrast.standardError - (16.0 / 9 / (4.0 / 3)).squareRoot()) < 1e-12)
        let estimate = contrast.estimate(level: 0.9)
        #expect(abs(estimate.interval.upperBound - 1 - 2.353363 * contrast.standardError) < 1e-5)
    }

    @Test func `a stratum that is higher throughout, or of one kind, changes nothing`() throws {
        let plain = try #require(StratifiedContrast(values([3, 5], [2], "a") + values([1], [0, 2], "b")))
        let moved = try #require(
            StratifiedContrast(
                values([103, 105], [102], "a") + values([1], [0, 2], "b") + values([7, 9], [], "c")))
        #expect(abs(plain.difference - moved.difference) < 1e-9)
        #expect(abs(plain.standardError - moved.standardError) < 1e-9)
    }

    @Test func `without a stratum of both kinds, or one value of each, there is no contrast`() {
        #expect(StratifiedContrast(values([3], [], "a") + values([], [4], "b")) == nil)
        #expect(StratifiedContrast(values([3], [4], "a")) == nil)
        #expect(StratifiedContrast([]) == nil)
    }
}
