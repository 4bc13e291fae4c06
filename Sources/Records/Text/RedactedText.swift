/// Text in which every finding of a redactor has been replaced by a token; the only text that may be kept or sent.
public struct RedactedText: Sendable, Hashable, CustomStringConvertible {
    /// The text.
    public let string: String

    /// The empty text, in which nothing was to be found: a missing value.
    public init() {
        string = ""
    }

    /// Only the redactor, and what reads back what was redacted before it was kept, may say that a text is redacted.
    init(redacted string: String) {
        self.string = string
    }

    /// Reads back a text that was redacted before it was kept; for the store alone.
    @_spi(Stored) public init(stored string: String) {
        self.string = string
    }

    /// Whether there is no text.
    public var isEmpty: Bool { string.isEmpty }

    /// The text.
    public var description: String { string }
}
