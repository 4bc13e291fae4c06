import Features
import Testing

@Suite("Work that is shared among cores", .timeLimit(.minutes(1)))
struct ConcurrentRangesTests {
    @Test(arguments: [(0, 1), (1, 1), (7, 3), (1_000, 1), (1_000, 999), (5, 100)])
    func `each number is in one range, and values stand in their order`(count: Int, size: Int) {
        let ranges = concurrently(count, by: size) { $0 }
        #expect(ranges.flatMap { Array($0) } == Array(0..<count))
        #expect(ranges.allSatisfy { 1...size ~= $0.count })
        #expect(concurrently(each: count, by: size) { [$0] } == (0..<count).map { [$0] })
    }

    @Test func `work within work is done too`() {
        let sums = concurrently(20, by: 1) { outer in
            let (even, odd) = concurrently {
                concurrently(100, by: 7) { $0.filter { $0 % 2 == 0 }.reduce(0, +) }.reduce(0, +)
            } _: {
                concurrently(100, by: 3) { $0.filter { $0 % 2 == 1 }.reduce(0, +) }.reduce(0, +)
            }
            return outer.lowerBound * (even + odd)
        }
        #expect(sums == (0..<20).map { $0 * 4_950 })
    }

    @Test func `many at a time end`() async {
        await withTaskGroup(of: Int.self) { group in
            for number in 0..<200 {
                group.addTask { concurrently(50, by: 1) { $0.lowerBound + number }.reduce(0, +) }
            }
            var sum = 0
            for await one in group { sum += one }
            #expect(sum == 200 * 1_225 + 50 * 19_900)
        }
    }
}
