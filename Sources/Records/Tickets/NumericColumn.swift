/// A column of numbers.
public struct NumericColumn: Sendable, Equatable {
    /// The source's own name of the attribute.
    public let name: String
    /// One number a ticket; NaN where the value is missing.
    ///
    /// Never infinite when it was read from a file.
    public var values: [Double]

    /// Creates a column.
    public init(name: String, values: [Double]) {
        self.name = name
        self.values = values
    }

    /// The column of the given rows, in that order.
    public func rows(_ indices: [Int]) -> NumericColumn {
        NumericColumn(name: name, values: indices.map { values[$0] })
    }
}
