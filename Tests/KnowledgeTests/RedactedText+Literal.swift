public import Records
private import Statistics

extension RedactedText: ExpressibleByStringLiteral {
    private static let redactor = {
        var generator = SplitMix64(seed: 1)
        return Redactor(keyedBy: &generator)
    }()

    /// What is left of some words when they are redacted.
    public init(stringLiteral text: String) { self = Self.redactor.redact(RawText(text)) }
}
