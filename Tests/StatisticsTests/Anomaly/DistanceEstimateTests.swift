import Testing

@testable import Statistics

struct DistanceEstimateTests {
    /// The cost of a difference: itself, times 1, 10 or 100 by the column.
    let worth: [Double] = [1, 10, 100]

    @Test func `distances are those that a difference in each column costs`() {
        let vectors = [[], [0], [0, 0, 1], [2, 2], [1, 2]].map { CountVector(of: $0 as [Int32]) }
        let estimate = DistanceEstimate(vectors) { worth[Int($0)] * Double($1) }
        let query = CountVector(of: [0, 0, 2])
        let (empty, distances) = estimate.distances(from: query) { place, left, right in
            worth[Int(query.columns[place])] * Double(abs(left - right))
        }
        #expect(empty == 102)
        #expect(distances == [102, 101, 110, 102, 12])
    }

    @Test func `what one vector costs does not stay for the next`() {
        let estimate = DistanceEstimate([CountVector(of: [0, 1])]) { worth[Int($0)] * Double($1) }
        let near = estimate.distances(from: CountVector(of: [0, 1])) { worth[$0] * Double(abs($1 - $2)) }
        let empty = estimate.distances(from: CountVector(of: [])) { worth[$0] * Double(abs($1 - $2)) }
        #expect(near.distances == [0])
        #expect(empty.distances == [11])
    }

    @Test func `without vectors there is no distance`() {
        let estimate = DistanceEstimate([]) { _, _ in 1 }
        let (empty, distances) = estimate.distances(from: CountVector(of: [3])) { _, left, _ in Double(left) }
        #expect(empty == 1 && distances.isEmpty)
    }
}
