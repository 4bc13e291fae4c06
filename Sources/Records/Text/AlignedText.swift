/// Columns of a table in letters of one width.
extension String {
    /// The text, and spaces after it up to a width; at least one.
    public func leftAligned(in width: Int) -> String { self + Self.spaces(width - count) }

    /// The text, and spaces before it up to a width; at least one.
    public func rightAligned(in width: Int) -> String { Self.spaces(width - count) + self }

    private static func spaces(_ count: Int) -> String { String(repeating: " ", count: Swift.max(1, count)) }
}
