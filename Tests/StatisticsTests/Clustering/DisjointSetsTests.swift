import Statistics
import Testing

struct DisjointSetsTests {
    private func labels(_ count: Int, _ pairs: [(Int, Int)]) -> [Int] {
        var sets = DisjointSets(count: count)
        for (one, other) in pairs { sets.join(one, other) }
        return sets.labels
    }

    @Test func `sets are joined however indirectly, in whatever order`() {
        #expect(labels(5, [(1, 0), (3, 1), (4, 2)]) == [0, 0, 1, 0, 1])
        #expect(labels(4, [(0, 3), (1, 2), (3, 2)]) == [0, 0, 0, 0])
        #expect(labels(3, [(0, 1), (1, 0), (2, 2)]) == [0, 0, 1])
        #expect(labels(0, []) == [])
    }

    @Test func `a set is known by its least number`() {
        var sets = DisjointSets(count: 6)
        #expect(sets.join(5, 3) == 3)
        #expect(sets.join(5, 1) == 1)
        #expect(sets.root(of: 3) == 1 && sets.isRoot(1) && !sets.isRoot(3))
        #expect(sets.groups == [[0], [1, 3, 5], [2], [4]])
        #expect(DisjointSets(count: 0).groups == [])
    }

    /// Without halving the last number walks the whole chain each time: 20 thousand million steps.
    @Test func `a long chain of which the last comes first is no long way`() {
        let count = 200_000
        var sets = DisjointSets(count: count)
        var areFound = true
        for number in (1..<count).reversed() {
            sets.join(number, number - 1)
            areFound = areFound && sets.root(of: count - 1) == number - 1
        }
        #expect(areFound)
        #expect(sets.labels == [Int](repeating: 0, count: count))
    }
}
