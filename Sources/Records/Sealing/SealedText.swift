/// Text that only who has the tenant's key can read: a nonce, the encrypted bytes and a tag (``TextSeal``).
public struct SealedText: Sendable, Hashable, CustomStringConvertible {
    /// What is kept, for the store alone.
    @_spi(Stored) public let bytes: [UInt8]

    /// Takes what was kept.
    @_spi(Stored) public init(stored bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The number of bytes.
    public var description: String { "sealed text of \(bytes.count) bytes" }
}

/// Where a sealed text stands; a text that was moved to another place cannot be opened there.
public struct SealedCell: Sendable, Hashable {
    /// The table and the column, such as `alias.value`.
    public var column: String
    /// The key of the row.
    public var row: [String]

    /// Names a cell.
    public init(_ column: String, row: [String]) {
        self.column = column
        self.row = row
    }
}
