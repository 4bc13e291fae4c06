@_spi(Stored) public import Records

extension RedactedText: ExpressibleByStringLiteral {
    /// Words in which there is nothing to find.
    public init(stringLiteral text: String) { self.init(stored: text) }
}
