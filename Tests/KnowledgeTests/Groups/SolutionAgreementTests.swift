import Statistics
import Testing

@testable import Knowledge

struct SolutionAgreementTests {
    /// Neighbours of each case, all equally near.
    private func near(_ numbers: [[Int]], _ likeness: Float = 1) -> [[Neighbour]] {
        numbers.map { $0.map { Neighbour(number: Int32($0), product: likeness) } }
    }

    @Test func `a solution tells as much as similar cases tell it more often than others`() throws {
        let neighbours = near([[1, 2], [0, 2], [0, 3], [4, 5], [3, 5], [3, 4], [0, 1]])
        let agreement = try #require(SolutionAgreement([0, 0, 0, 1, 1, 1, nil], neighbours: neighbours))
        // Five of the six neighbours of those that tell the first do, where half would by chance: (5/6 - 1/2) / (1/2).
        #expect(abs(agreement.weights[0] - 2.0 / 3) < 1e-12)
        #expect(agreement.weights[1] == 1)
    }

    @Test(arguments: [[0, 1, 0, 1], [0, 0, 0, 0], [0, 1, 2, 3], [nil, nil, nil, nil], []] as [[Int?]])
    func `a remedy for anything tells nothing, nor do one for all, one for each, or none`(solutions: [Int?]) {
        let neighbours = near([[1, 2, 3], [0, 2, 3], [0, 1, 3], [0, 1, 2]])
        #expect(SolutionAgreement(solutions, neighbours: neighbours) == nil)
    }

    @Test func `one solution makes cases more alike, two make them less, and an unknown one changes nothing`() throws {
        let agreement = try #require(
            SolutionAgreement([0, 0, 1, 1, nil], neighbours: near([[1], [0], [3], [2], [0]])))
        #expect(agreement.weights == [1, 1])
        let judged = agreement.judged(near([[2, 4, 1], [], [], [], [0]], 0.5))
        #expect(judged[0].map(\.number) == [1, 4, 2])
        #expect(judged[0].map(\.product) == [0.75, 0.5, 0.25])
        #expect(judged[4].map(\.product) == [0.5])
    }

    @Test func `two issues that one solution resolves stay two unless cases between them are like both`() throws {
        let places = UnitVectors([1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1], dimensions: 3)
        let solutions = [0, 0, 0, 0, 1, 1]
        func cosine(_ neighbours: [[Int]]) throws -> Double {
            let near = near(neighbours)
            let agreement = try #require(SolutionAgreement(solutions, neighbours: near))
            #expect(agreement.weights == [1, 1])
            return Double(agreement.drawn(places, by: near, steps: 0).cosine(of: 0, and: 2))
        }
        // Half of the way by the solution; drawn to the mean of all four, from 60° to 30°.
        #expect(try abs(cosine([[1], [0], [3], [2], [5], [4]]) - 0.5) < 1e-6)
        #expect(try abs(cosine([[1], [0, 2], [3, 1], [2], [5], [4]]) - 0.75.squareRoot()) < 1e-6)
    }
}
