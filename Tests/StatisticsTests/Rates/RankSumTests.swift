import Statistics
import Testing

struct RankSumTests {
    // scipy 1.17.1, mannwhitneyu(..., alternative="less", method="asymptotic").
    @Test func `ranks with ties are those of the reference`() throws {
        let ranks = try #require(
            RankSum([1.2, 3.4, 2.2, 5.0, 0.3, 2.2], [2.2, 4.1, 6.3, 7.7, 3.4, 9.0, 5.5]))
        #expect(abs(ranks.superiority - 0.13095238095238096) < 1e-12)
        #expect(abs(ranks.pValueLess - 0.015474494895004466) < 1e-9)
    }

    @Test func `samples that are all equal tell nothing`() {
        #expect(RankSum([1, 1], [1]) == nil && RankSum([], [1]) == nil)
        #expect(RankSum([1, 2], [3, 4])?.superiority == 0)
    }
}
