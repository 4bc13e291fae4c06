import Incidents
import Testing

struct PriorityMatrixTests {
    @Test func `the standard matrix is impact plus urgency less one`() {
        for impact in 1...3 {
            for urgency in 1...3 {
                #expect(PriorityMatrix.standard.priority(impact: impact, urgency: urgency) == impact + urgency - 1)
            }
        }
    }

    @Test func `levels beyond the matrix count as the nearest`() {
        #expect(PriorityMatrix.standard.priority(impact: 0, urgency: 1) == 1)
        #expect(PriorityMatrix.standard.priority(impact: 9, urgency: 9) == 5)
    }

    @Test func `a desk may have a matrix of its own`() throws {
        let matrix = try #require(PriorityMatrix(rows: [[1, 1, 2], [2, 2, 3], [3, 4, 4]]))
        #expect(matrix.priority(impact: 1, urgency: 2) == 1)
        #expect(matrix.priority(impact: 3, urgency: 3) == 4)
    }

    @Test(arguments: [
        [[1, 2], [2, 3]], [[1, 2, 3], [2, 3, 4], [3, 4, 6]], [[0, 1, 2], [1, 2, 3], [2, 3, 4]],
    ])
    func `a matrix of another size or with another priority is refused`(rows: [[Int]]) {
        #expect(PriorityMatrix(rows: rows) == nil)
    }
}
