import Records
import Testing

struct HourCountsTests {
    /// Lines in each of some hours.
    private func dense(_ hours: [(hours: Range<Int32>, lines: Int)]) -> ClosedRange<Int32>? {
        var lines: [Int32: Int] = [:]
        for (range, count) in hours { for hour in range { lines[hour] = count } }
        return HourCounts(lines).dense
    }

    @Test func `a beginning with hardly a line does not count`() {
        #expect(dense([(0..<36, 9), (36..<108, 1_000)]) == 35...107)
        #expect(dense([(0..<36, 10), (36..<108, 1_000)]) == 0...107)
        #expect(dense([(0..<1, 1), (36..<108, 1_000), (300..<301, 1)]) == 35...107)
    }

    @Test func `a log may begin at the end of an hour`() {
        #expect(dense([(0..<1, 1), (1..<73, 1_000)]) == 0...72)
    }

    @Test func `a log of few lines is dense, and a storm makes no other hour sparse`() {
        #expect(dense([(0..<1, 1), (9..<10, 2), (40..<41, 90)]) == 0...40)
        #expect(dense([(0..<24, 1_000), (24..<25, 10_000_000)]) == 0...24)
        #expect(dense([]) == nil)
        #expect(dense([(Int32.min..<Int32.min + 1, 1), (Int32.max - 1..<Int32.max, 1)])?.lowerBound == Int32.min)
    }
}
