import Glibc
import Statistics
import Testing

struct TrimmedKindsTests {
    /// 400 cases of two kinds that differ in columns 2 and 3, and `strange` cases of a third that has column 4 alone.
    func fit(strange: Int) -> TrimmedKinds {
        var vectors = [CountVector(of: [0, 1, 2]), CountVector(of: [0, 1, 3, 3])]
        var counts = [250, 150]
        if strange > 0 {
            vectors.append(CountVector(of: [4]))
            counts.append(strange)
        }
        return TrimmedKinds(vectors, counts: counts, columns: 6)
    }

    @Test func `a rare kind among the cases does not become a norm`() {
        let fit = fit(strange: 6)
        #expect(fit.isOrdinary == [true, true, false])
        #expect(fit.distances[0] == 0 && fit.distances[1] == 0)
        #expect(fit.distances[2] > 3 * fit.threshold)
        #expect(abs(fit.threshold + log(fit.share)) < 1e-12)
        #expect(fit.share > 6.0 / 406 && fit.share <= RareShare.ceiling)
    }

    @Test func `what it leaves out changes nothing for the others`() {
        let clean = fit(strange: 0)
        let mixed = fit(strange: 6)
        let query = CountVector(of: [4])
        #expect(mixed.kinds.ball(around: query).radius == clean.kinds.ball(around: query).radius)
    }

    @Test func `a kind that is common is a norm`() {
        #expect(fit(strange: 60).isOrdinary == [true, true, true])
    }

    @Test func `never more than a tenth is left out`() {
        var generator = SplitMix64(seed: 3)
        let vectors = Set(
            (0..<300).map { _ in
                CountVector(of: (0..<12).map { _ in Int32.random(in: 0..<30, using: &generator) })
            })
        let ordered = vectors.sorted { $0.columns.lexicographicallyPrecedes($1.columns) }
        let fit = TrimmedKinds(ordered, counts: ordered.map { _ in 1 }, columns: 31)
        let left = fit.isOrdinary.count { !$0 }
        #expect(left <= ordered.count / 10)
        // Cases that all differ are not all remarkable.
        #expect(fit.distances.count { $0 >= fit.threshold } < ordered.count / 20)
        #expect(fit.threshold > -log(fit.share))
    }

    @Test func `the first hour has a verdict too`() {
        let fit = TrimmedKinds([CountVector(of: [0]), CountVector(of: [1])], counts: [1, 1], columns: 3)
        #expect(fit.isOrdinary == [true, true])
        #expect(fit.distances.allSatisfy { $0.isFinite })
    }

    @Test func `with the ordinary cases given, the others are measured by them`() {
        let vectors = [CountVector(of: [0, 1, 2]), CountVector(of: [0, 1, 3, 3]), CountVector(of: [4])]
        let fit = TrimmedKinds(vectors, ordinary: [250, 150, 0], columns: 6, rate: 0.0005)
        #expect(fit.isOrdinary == [true, true, false])
        #expect(fit.distances[0] == 0 && fit.distances[2] > 3 * fit.threshold)
        #expect(fit.threshold >= -log(RareShare.ceiling))
        #expect(fit.kinds.ball(around: vectors[2]).radius == self.fit(strange: 6).kinds.ball(around: vectors[2]).radius)
    }
}
