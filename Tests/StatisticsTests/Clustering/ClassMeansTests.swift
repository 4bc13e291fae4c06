import Statistics
import Testing

struct ClassMeansTests {
    /// 0 and 2 of the first class, 10 and 14 of the second: the mean square of what differs from 1 and 12 is 2.5.
    private static func line() throws -> ClassMeans {
        let values: [Float] = [0, 2, 10, 14, 99]
        return try #require(ClassMeans([0, 0, 1, 1, nil], classes: 2, dimensions: 1) { values[$0...$0] })
    }

    @Test func `distances are those from the means in units of the spread around them`() throws {
        let means = try Self.line()
        let squares = means.squares(of: [5], from: [0, 1])
        #expect(zip(squares, [16 / 2.5, 49 / 2.5]).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(means.squares(of: [5], from: [1]) == [squares[1]])
        #expect(means.squares(of: [5], from: []).isEmpty)
    }

    @Test func `a vector that was learnt from is left out of the mean of its class alone`() throws {
        let means = try Self.line()
        let squares = means.squares(of: [2], from: [0, 1], leavingOut: 0)
        #expect(zip(squares, [4 / 2.5, 100 / 2.5]).allSatisfy { abs($0 - $1) < 1e-12 })
    }

    @Test func `vectors that are left out are as far as new ones`() throws {
        var generator = SplitMix64(seed: 1)
        let (dimensions, known) = (40, 120)
        let vectors: [[Float]] = (0..<2 * known).map { _ in
            (0..<dimensions).map { place in
                Float(place + 1) * (0..<4).reduce(0) { sum, _ in sum + Float.random(in: -1...1, using: &generator) }
            }
        }
        let means = try #require(
            ClassMeans((0..<known).map { $0 % 3 }, classes: 3, dimensions: dimensions) { vectors[$0][...] })
        func mean(_ numbers: Range<Int>, isLeftOut: Bool = false) -> Double {
            numbers.reduce(0) {
                $0
                    + means.squares(of: vectors[$1], from: [$1 % 3], leavingOut: isLeftOut ? $1 % 3 : nil)[0]
                    .squareRoot()
            } / Double(numbers.count)
        }
        let new = mean(known..<2 * known)
        #expect(abs(mean(0..<known, isLeftOut: true) / new - 1) < 0.08)
        #expect(mean(0..<known) / new < 0.9)
    }

    @Test func `the only vector of its class leaves no mean but zeros`() throws {
        let values: [Float] = [0, 2, 10]
        let means = try #require(ClassMeans([0, 0, 1], classes: 2, dimensions: 1) { values[$0...$0] })
        // The mean square of what differs from 1 and 10 is 2 of 3.
        let squares = means.squares(of: [10], from: [0, 1], leavingOut: 1)
        #expect(zip(squares, [81 * 1.5, 100 * 1.5]).allSatisfy { abs($0 - $1) < 1e-9 })
    }

    @Test func `vectors that do not differ have no spread`() {
        #expect(ClassMeans([0, 0, 1], classes: 2, dimensions: 2) { _ in [1, 0] } == nil)
        #expect(ClassMeans([nil, nil], classes: 1, dimensions: 2) { _ in [1, 0] } == nil)
    }
}
