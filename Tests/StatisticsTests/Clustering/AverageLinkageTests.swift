import LinearAlgebra
import Statistics
import Testing

struct AverageLinkageTests {
    private typealias Pair = AverageLinkage.Pair

    /// Directions at 0°, 20°, 60° and 180° of the plane: cosines 0.940 (0, 20), 0.766 (20, 60), 0.5 (0, 60).
    private let angles = UnitVectors(
        [1, 0, 0.939_692_6, 0.342_020_1, 0.5, 0.866_025_4, -1, 0], dimensions: 2)

    private func groups(
        _ least: Double, _ vectors: UnitVectors, together: [(Int, Int)] = [], apart: [(Int, Int)] = []
    ) -> [Int] {
        AverageLinkage(least: least).groups(
            vectors, neighbours: vectors.allNeighbours, together: together.map { Pair($0.0, $0.1) },
            apart: apart.map { Pair($0.0, $0.1) })
    }

    @Test func `three directions by hand`() {
        let three = UnitVectors(Array(angles[0] + angles[1] + angles[2]), dimensions: 2)
        #expect(groups(0.95, three) == [0, 1, 2])
        #expect(groups(0.93, three) == [0, 0, 1])
        // The third joins at (0.766 + 0.5) / 2 = 0.633, and neither at its nearest nor at its farthest.
        #expect(groups(0.64, three) == [0, 0, 1])
        #expect(groups(0.63, three) == [0, 0, 0])
    }

    @Test func `groups are numbered by their first members`() {
        let turned = UnitVectors(Array(angles[3] + angles[0] + angles[2] + angles[1]), dimensions: 2)
        #expect(groups(0.9, turned) == [0, 1, 2, 1])
        #expect(groups(-1, turned) == [0, 0, 0, 0])
        #expect(groups(0, UnitVectors(dimensions: 2)) == [])
    }

    @Test func `only what has neighbours in each other joins`() {
        let none = [[Neighbour]](repeating: [], count: 4)
        #expect(AverageLinkage(least: -1).groups(angles, neighbours: none) == [0, 1, 2, 3])
        // One direction is enough.
        var one = none
        one[2] = [Neighbour(number: 0, product: 0.5)]
        #expect(AverageLinkage(least: 0).groups(angles, neighbours: one) == [0, 1, 0, 2])
        // Two groups are compared as soon as any of their members are neighbours, by all of their members.
        one[1] = [Neighbour(number: 0, product: 0.94)]
        #expect(AverageLinkage(least: 0.63).groups(angles, neighbours: one) == [0, 0, 0, 1])
        #expect(AverageLinkage(least: 0.64).groups(angles, neighbours: one) == [0, 0, 1, 2])
    }

    /// Joins the nearest two groups of all, by the mean cosine of all pairs, until none is near enough.
    private func plain(_ least: Double, _ vectors: UnitVectors) -> [Int] {
        let cosines = vectors.exactCosines
        var groups = (0..<vectors.count).map { [$0] }
        while true {
            var best = (cosine: -Double.infinity, one: 0, other: 0)
            for one in groups.indices {
                for other in groups.indices.dropFirst(one + 1) {
                    var sum = 0.0
                    for left in groups[one] { for right in groups[other] { sum += cosines[left, right] } }
                    let cosine = sum / Double(groups[one].count * groups[other].count)
                    if cosine > best.cosine { best = (cosine, one, other) }
                }
            }
            guard best.cosine >= least else { break }
            groups[best.one] += groups.remove(at: best.other)
        }
        return labels(groups, vectors.count)
    }

    private func labels(_ groups: [[Int]], _ count: Int) -> [Int] {
        var labels = [Int](repeating: 0, count: count)
        let ordered = groups.map { $0.sorted() }.sorted { $0[0] < $1[0] }
        for (number, group) in ordered.enumerated() { for member in group { labels[member] = number } }
        return labels
    }

    @Test(arguments: [1, 2, 3] as [UInt64], [-0.1, 0.3, 0.7])
    func `joining the nearest pair of all again and again gives the same groups`(seed: UInt64, least: Double) {
        let vectors = SeededVectors(60, dimensions: 6, places: 9, spread: 0.6, seed: seed).vectors
        #expect(groups(least, vectors) == plain(least, vectors))
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `the order of the vectors does not matter`(seed: UInt64) {
        let vectors = SeededVectors(80, dimensions: 6, places: 12, spread: 0.5, seed: seed).vectors
        var generator = SplitMix64(seed: seed &+ 100)
        let order = (0..<80).shuffled(using: &generator)
        let shuffled = UnitVectors(order.flatMap { Array(vectors[$0]) }, dimensions: 6)
        let (before, after) = (groups(0.5, vectors), groups(0.5, shuffled))
        for one in 0..<80 {
            for other in 0..<one {
                #expect((after[one] == after[other]) == (before[order[one]] == before[order[other]]))
            }
        }
    }

    @Test func `what belongs together is together whatever its cosine is`() {
        #expect(groups(0.99, angles, together: [(0, 3)]) == [0, 1, 2, 0])
        #expect(groups(0.99, angles, together: [(3, 2), (0, 3), (2, 0)]) == [0, 1, 0, 0])
        // Nor does it need to be a neighbour.
        let none = [[Neighbour]](repeating: [], count: 4)
        #expect(
            AverageLinkage(least: 1).groups(angles, neighbours: none, together: [Pair(3, 1)]) == [0, 1, 2, 1])
    }

    @Test func `what is joined from the start counts as one group`() {
        // (1, 0) and (−1, 0) have no direction together: the mean cosine of the rest with them is 0.
        #expect(groups(0.1, angles, together: [(0, 3)]) == [0, 1, 1, 0])
        #expect(groups(-0.1, angles, together: [(0, 3)]) == [0, 0, 0, 0])
    }

    @Test func `what belongs apart is apart, also through others`() {
        #expect(groups(0.5, angles, apart: [(0, 1)]) == [0, 1, 1, 2])
        // The third is kept out of the group that the first two make, as it must not be with the second.
        #expect(groups(0.4, angles, apart: [(2, 1)]) == [0, 0, 1, 2])
        #expect(groups(0.4, angles, apart: [(1, 2)]) == [0, 0, 1, 2])
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `no group has two that belong apart, and none lacks one that belongs to it`(seed: UInt64) {
        let vectors = SeededVectors(60, dimensions: 5, places: 4, spread: 0.5, seed: seed).vectors
        var generator = SplitMix64(seed: seed &+ 200)
        // The first half is bound and the second half is parted, so that they do not contradict each other.
        let together = (0..<15).map { _ in
            (Int.random(in: 0..<30, using: &generator), Int.random(in: 0..<30, using: &generator))
        }
        let apart = (0..<60).map { _ in
            (Int.random(in: 30..<60, using: &generator), Int.random(in: 0..<60, using: &generator))
        }.filter { $0.0 != $0.1 }
        let found = groups(-0.5, vectors, together: together, apart: apart)
        #expect(together.allSatisfy { found[$0.0] == found[$0.1] })
        #expect(apart.allSatisfy { found[$0.0] != found[$0.1] })
        #expect(Set(found).count < 30)
    }

    @Test func `what is held together is together even where it is also held apart`() {
        #expect(groups(0.99, angles, together: [(0, 3)], apart: [(0, 3)]) == [0, 1, 2, 0])
        // Through a third.
        #expect(groups(0.99, angles, together: [(0, 2), (2, 3)], apart: [(3, 0)]) == [0, 1, 0, 0])
        // What either of them is kept from stays out.
        #expect(groups(-1, angles, together: [(0, 3)], apart: [(0, 3), (3, 1)]) == [0, 1, 1, 0])
    }

    @Test(arguments: [0.3, 0, -1]) func `a vector of zeros stays alone`(least: Double) {
        let vectors = UnitVectors([1, 0, 0, 0, 1, 0.1, 0, 0], dimensions: 2)
        #expect(groups(least, vectors) == [0, 1, 0, 2])
        // Unless it is told where it belongs.
        #expect(groups(least, vectors, together: [(1, 2)]) == [0, 0, 0, 1])
    }

    @Test func `a cosine is from minus one to one`() async {
        await #expect(processExitsWith: .failure) { _ = AverageLinkage(least: 1.1) }
        await #expect(processExitsWith: .failure) { _ = AverageLinkage(least: .nan) }
    }
}
