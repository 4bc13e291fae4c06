import Foundation
import Statistics
import Testing

@Suite struct DiscountedGainTests {
    @Test func `a worked order`() throws {
        // Found 3, 1, 2; best 3, 2, 1.
        let gain = try #require(DiscountedGain.normalized([(9, 3), (5, 1), (2, 2)], at: 10))
        let found = 3 + 1 / log2(3) + 2 / 2.0
        let best = 3 + 2 / log2(3) + 1 / 2.0
        #expect(abs(gain - found / best) < 1e-12)
    }

    @Test func `ties share their gains, in whatever order they come`() throws {
        let one = try #require(DiscountedGain.normalized([(1, 1), (1, 0)], at: 10))
        let other = try #require(DiscountedGain.normalized([(1, 0), (1, 1)], at: 10))
        #expect(one == other)
        #expect(abs(one - (0.5 + 0.5 / log2(3))) < 1e-12)
    }

    @Test func `only the first places count, and what was missed lowers the gain`() {
        #expect(DiscountedGain.normalized([(2, 1), (1, 5)], at: 1) == 0.2)
        #expect(DiscountedGain.normalized([(2, 1)], missed: [1], at: 1) == 1)
        #expect(DiscountedGain.normalized([(2, 0)], missed: [1], at: 10) == 0)
        #expect(DiscountedGain.normalized([(2, 0)], at: 10) == nil)
    }
}
