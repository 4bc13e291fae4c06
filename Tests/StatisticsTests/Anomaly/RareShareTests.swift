import Glibc
import Statistics
import Testing

struct RareShareTests {
    /// Kinds by their share, each scored by it.
    func share(_ kinds: [(share: Double, count: Int)], least: Double = 0.001) -> Double {
        RareShare.value(least: least) { share in
            (kinds.map { (score: -log($0.share), count: $0.count) }, -log(share))
        }
    }

    @Test func `a kind that is far rarer than the ceiling keeps the share there`() {
        #expect(share([(0.5, 500), (0.3, 300), (0.008, 8)]) == RareShare.ceiling)
        #expect(share([(0.5, 500)]) == RareShare.ceiling)
    }

    @Test func `kinds just below the ceiling lower the share until they are not rare`() {
        let found = share([(0.9, 900), (0.022, 22), (0.02, 20), (0.019, 19), (0.001, 1)])
        #expect(found < 0.019 && found > 0.001)
    }

    @Test func `without a gap it is where the fewest are close, and never below the least`() {
        let kinds = (1...60).map { (share: Double($0) / 2_000, count: $0) }
        #expect(share(kinds, least: 0.01) >= 0.01)
        #expect(share(kinds, least: RareShare.ceiling) == RareShare.ceiling)
    }
}
