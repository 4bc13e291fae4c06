import Glibc
import Statistics
import Testing

struct AgeGridTests {
    @Test func `an age belongs to the interval that begins at or before it`() throws {
        let grid = try AgeGrid(boundaries: [0, 1, 8, 24])
        #expect(grid.count == 3)
        #expect(grid.logarithms == [0, 1, 8, 24].map { log1p($0) })
        let intervals = [0, 0.99, 1, 7.99, 8, 23, 24, 1e6].map { grid.interval(ofLogAge: log1p($0)) }
        #expect(intervals == [0, 0, 1, 1, 2, 2, 2, 2])
    }

    @Test func `the part that has passed runs in the logarithm and goes on only in the last interval`() throws {
        let grid = try grid(logarithms: [0, 2, 4])
        let first = [-1, 0, 0.5, 2, 9].map { grid.fraction(of: 0, atLogAge: $0) }
        let last = [1, 2, 3, 4, 9].map { grid.fraction(of: 1, atLogAge: $0) }
        #expect(largestDifference(first, [0, 0, 0.25, 1, 1]) < 1e-12)
        #expect(largestDifference(last, [0, 0, 0.5, 1, 3.5]) < 1e-12)
    }

    @Test(arguments: [2, 5, 40])
    func `a covering grid starts at 0, passes the largest duration and has no more intervals than wanted`(
        intervals: Int
    ) throws {
        var generator = SplitMix64(seed: 20)
        let durations = (0..<500).map { _ in generator.logNormal(logMean: 3, logStandardDeviation: 1.5) }
        let grid = try AgeGrid(covering: durations, intervals: intervals)
        #expect(grid.boundaries[0] == 0)
        #expect((2...intervals).contains(grid.count))
        let largest = try #require(durations.max())
        let last = try #require(grid.logarithms.last)
        #expect(abs(last - (log1p(largest) + log(1.5))) < 1e-9)
        // Half of the mixture is uniform: no interval is wider than two shares of the whole.
        let widths = zip(grid.logarithms.dropFirst(), grid.logarithms).map { $0 - $1 }
        let widest = try #require(widths.max())
        #expect(widest <= 2 * last / Double(intervals) + last / 2_048)
    }

    @Test func `a covering grid is finer where durations are dense`() throws {
        // Nine of ten durations between ln 3 and ln 3.2, the rest at ln 8.
        let durations = (0..<100).map { expm1($0 < 90 ? 3 + 0.2 * Double($0) / 90 : 8) }
        let grid = try AgeGrid(covering: durations, intervals: 20)
        let dense = grid.logarithms.filter { (3...3.21).contains($0) }
        let before = grid.logarithms.filter { (2.5..<3).contains($0) }
        #expect(dense.count >= 8)
        #expect(before.count <= 2)
    }

    @Test func `a covering grid goes on, no coarser, until an interval begins beyond the largest age`() throws {
        var generator = SplitMix64(seed: 21)
        let durations = (0..<500).map { _ in generator.logNormal(logMean: 3, logStandardDeviation: 1) }
        let short = try AgeGrid(covering: durations, intervals: 20)
        let end = try #require(short.boundaries.last)
        #expect(try AgeGrid(covering: durations, longestAge: 0.99 * end, intervals: 20) == short)
        for age in [end * (1 + 1e-12), 2 * end, 1_000 * end, 1e12] {
            let long = try AgeGrid(covering: durations, longestAge: age, intervals: 20)
            #expect(long.boundaries.starts(with: short.boundaries))
            #expect(long.boundaries[long.count - 1] >= age * (1 - 1e-9))
            let widths = zip(long.logarithms.dropFirst(), long.logarithms).map { $0 - $1 }
            let widest = try #require(widths.max())
            #expect(widest <= 2.01 * log1p(end) / 20)
        }
    }

    @Test func `durations of zero hours are covered for a day`() throws {
        let grid = try AgeGrid(covering: [0, 0, 0], intervals: 4)
        #expect(grid.count >= 2)
        let last = try #require(grid.boundaries.last)
        #expect(abs(last - 24) < 1e-9)
    }
}
