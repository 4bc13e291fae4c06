import Statistics
import Testing

@testable import Knowledge

struct StandingSolutionTests {
    /// What stands when cases tell solutions one after the other, in one of two places; each solution with its tellers and its support.
    private func standing(_ told: [Int], elsewhere: Set<Int> = []) -> [StandingSolution] {
        let places = UnitVectors(
            told.indices.flatMap { elsewhere.contains($0) ? [0, 1] : [1, 0] as [Float] }, dimensions: 2)
        return StandingSolution.all(Dictionary(grouping: told.indices) { told[$0] }, places)
    }

    private func times(_ count: Int, _ solution: Int) -> [Int] { [Int](repeating: solution, count: count) }

    @Test func `what nobody tells any more gives its cases to what is told since`() {
        #expect(
            standing(times(20, 0) + times(10, 1)) == [
                StandingSolution(solution: 0, tellers: [], support: 0),
                StandingSolution(solution: 1, tellers: Array(20..<30), support: 30),
            ])
    }

    @Test func `what is told more seldom keeps the cases that tell it still`() {
        let told = times(20, 0) + (0..<15).map { $0 % 5 == 4 ? 0 : 1 }
        #expect(
            standing(told) == [
                StandingSolution(solution: 0, tellers: [24, 29, 34], support: 3),
                StandingSolution(solution: 1, tellers: (20..<35).filter { $0 % 5 != 4 }, support: 32),
            ])
    }

    @Test func `what took the place of something may be given up in turn`() {
        let found = standing(times(20, 0) + times(20, 1) + times(20, 2))
        #expect(found.map(\.tellers) == [[], [], Array(40..<60)] && found.map(\.support) == [0, 0, 60])
    }

    @Test func `what was given up has the heir that stands in the end`() {
        let told = times(20, 0) + times(20, 1) + times(20, 2)
        let places = UnitVectors(told.flatMap { _ in [1, 0] as [Float] }, dimensions: 2)
        let heirs = StandingSolution.heirs(Dictionary(grouping: told.indices) { told[$0] }, places)
        #expect(heirs == [0: 2, 1: 2])
    }

    @Test func `what chance explains changes nothing`() {
        for told in [times(6, 0) + times(6, 1), (0..<40).map { $0 % 2 }, times(60, 0) + times(2, 1)] {
            let found = standing(told)
            #expect(found.map(\.tellers.count) == found.map(\.support))
            #expect(found.reduce(0) { $0 + $1.support } == told.count)
        }
        #expect(standing([]).isEmpty)
    }

    @Test func `cases of another issue take the place of nothing`() {
        let found = standing(times(20, 0) + times(20, 1), elsewhere: Set(20..<40))
        #expect(found.map(\.tellers) == [Array(0..<20), Array(20..<40)] && found.map(\.support) == [20, 20])
        // A few of them that are alike by chance do not change that.
        let mixed = standing(times(20, 0) + times(26, 1), elsewhere: Set(26..<46))
        #expect(mixed.map(\.tellers) == [Array(0..<20), Array(20..<46)] && mixed.map(\.support) == [20, 26])
        // Nor do cases of which no two tell the same.
        let own = standing(times(20, 0) + Array(1..<11))
        #expect(own.first?.tellers == Array(0..<20))
    }

    @Test func `something ends where it is told more seldom than chance explains`() {
        func end(_ told: Int, _ others: Int) -> Int? {
            StandingSolution.end(
                [Bool](repeating: true, count: told) + [Bool](repeating: false, count: others))
        }
        // One arrangement in 12!/(6! 6!) = 924, at 11 places, and one in 3,432 at 13.
        #expect(end(6, 6) == nil && end(7, 7) == 7)
        #expect(end(40, 2) == nil)
        #expect(StandingSolution.end([Bool](repeating: false, count: 20) + [Bool](repeating: true, count: 20)) == nil)
        #expect(StandingSolution.end([]) == nil)
    }
}
