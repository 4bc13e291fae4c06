public import LinearAlgebra

extension FeatureSchema {
    /// The projections of the text columns by name: the weights that are kept apart from the coded form.
    public var projections: [String: [Double]] {
        get { Dictionary(uniqueKeysWithValues: texts.map { ($0.encoding.name, $0.encoding.projection) }) }
        set {
            for position in texts.indices {
                if let values = newValue[texts[position].encoding.name],
                    values.count == texts[position].encoding.projection.count
                {
                    texts[position].encoding.projection = values
                }
            }
        }
    }

    /// The names and kinds of the columns of tickets that the schema reads.
    public var sourceColumns: (words: [String], numbers: [String], texts: [String]) {
        (levels.map(\.name), numbers.map(\.name), texts.map(\.encoding.name))
    }

    /// The share of each block in a linear predictor.
    ///
    /// - Parameters:
    ///   - row: A row that this schema has encoded.
    ///   - coefficients: One coefficient a column.
    /// - Returns: The sum of `coefficient · value` in each block.
    public func blockSums(of row: Int, in design: SparseMatrix, coefficients: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: blocks.count)
        for entry in design.rowStarts[row]..<design.rowStarts[row + 1] {
            let column = Int(design.columnIndices[entry])
            sums[blockOfColumn[column]] += design.values[entry] * coefficients[column]
        }
        return sums
    }
}
