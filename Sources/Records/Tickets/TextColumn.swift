/// A column of free text: a ticket's subject or body, redacted as it was read.
public struct TextColumn: Sendable, Equatable {
    /// The role: "subject" or "body".
    public let name: String
    /// One text a ticket; empty where the value is missing.
    public var values: [RedactedText]

    /// Creates a column.
    public init(name: String, values: [RedactedText]) {
        self.name = name
        self.values = values
    }

    /// The column of the given rows, in that order.
    public func rows(_ indices: [Int]) -> TextColumn {
        TextColumn(name: name, values: indices.map { values[$0] })
    }
}
