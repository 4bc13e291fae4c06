/// Pairs of rows and columns, each used once at most, with the largest sum of weights.
///
/// Source: H. W. Kuhn, "The Hungarian method for the assignment problem", Naval Research Logistics 2 (1955), doi:10.1002/nav.3800020109, by
/// shortest augmenting paths with potentials, as J. Munkres (1957) and E. L. Lawler (1976) have it.
public enum MaximumMatching {
    /// The column of each row; nil where a row has none, or only with weight 0.
    ///
    /// - Parameters:
    ///   - weights: One row each, all of one length; finite and at least 0.
    /// - Complexity: O(n² m) for n the smaller and m the larger number of rows and columns.
    public static func columns(_ weights: [[Double]]) -> [Int?] {
        let width = weights.first?.count ?? 0
        precondition(weights.allSatisfy { $0.count == width }, "all rows have one length")
        guard !weights.isEmpty, width > 0 else { return weights.map { _ in nil } }
        if weights.count > width {
            let turned = (0..<width).map { column in weights.map { $0[column] } }
            var rows = [Int?](repeating: nil, count: weights.count)
            for (column, row) in columns(turned).enumerated() { if let row { rows[row] = column } }
            return rows
        }
        var owner = assignment(weights)
        for (row, column) in owner.enumerated() where column.map({ weights[row][$0] == 0 }) ?? false {
            owner[row] = nil
        }
        return owner
    }

    /// The assignment of every row, of which there are no more than columns.
    private static func assignment(_ weights: [[Double]]) -> [Int?] {
        let (height, width) = (weights.count, weights[0].count)
        var rowPotential = [Double](repeating: 0, count: height + 1)
        var columnPotential = [Double](repeating: 0, count: width + 1)
        // Rows and columns count from 1 here; row 0 stands for no row, column 0 for the row that is being placed.
        var rowOfColumn = [Int](repeating: 0, count: width + 1)
        for row in 1...height {
            rowOfColumn[0] = row
            var column = 0
            var least = [Double](repeating: .infinity, count: width + 1)
            var isDone = [Bool](repeating: false, count: width + 1)
            var before = [Int](repeating: 0, count: width + 1)
            repeat {
                isDone[column] = true
                let from = rowOfColumn[column]
                var step = Double.infinity
                var next = 0
                for other in 1...width where !isDone[other] {
                    let slack = -weights[from - 1][other - 1] - rowPotential[from] - columnPotential[other]
                    if slack < least[other] {
                        least[other] = slack
                        before[other] = column
                    }
                    if least[other] < step {
                        step = least[other]
                        next = other
                    }
                }
                for other in 0...width {
                    if isDone[other] {
                        rowPotential[rowOfColumn[other]] += step
                        columnPotential[other] -= step
                    } else {
                        least[other] -= step
                    }
                }
                column = next
            } while rowOfColumn[column] != 0
            repeat {
                rowOfColumn[column] = rowOfColumn[before[column]]
                column = before[column]
            } while column != 0
        }
        var columns = [Int?](repeating: nil, count: height)
        for column in 1...width where rowOfColumn[column] > 0 { columns[rowOfColumn[column] - 1] = column - 1 }
        return columns
    }
}
