/// Text as it came from a customer, a log or an agent, before anybody has looked for people's data in it.
///
/// It is not `Codable`, it prints its length and not its content, and its bytes are visible only to code that asks for
/// them with `@_spi(RawText) import Records`. `make lint` grants that to the readers and to the redactor alone, so that
/// raw text cannot be stored, become a feature or leave on a network: only ``RedactedText`` can.
public struct RawText: Sendable, Hashable, CustomStringConvertible {
    /// The bytes as they were read, not necessarily valid UTF-8.
    @_spi(RawText) public let bytes: [UInt8]

    /// Creates a text of bytes that may or may not be valid UTF-8.
    public init(bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    /// Creates a text of characters.
    public init(_ text: some StringProtocol) {
        bytes = Array(text.utf8)
    }

    /// Hands out the bytes without a copy, to the same few.
    @_spi(RawText) public func withBytes<Result>(
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        try bytes.withUnsafeBufferPointer(body)
    }

    /// What stands behind the last `@` of a mail address; nil when there is none.
    public var mailDomain: RawText? {
        guard let at = bytes.lastIndex(of: UInt8(ascii: "@")), at + 1 < bytes.count else { return nil }
        return RawText(bytes: bytes[(at + 1)...])
    }

    /// The number of bytes.
    public var count: Int { bytes.count }

    /// Whether nothing of it is seen: it has nothing but controls, blanks of any kind and characters without a width.
    public var isBlank: Bool {
        String(decoding: bytes, as: UTF8.self).unicodeScalars.allSatisfy {
            $0.value <= 0x20 || $0.properties.isWhitespace || $0.properties.isDefaultIgnorableCodePoint
        }
    }

    /// The number of bytes, so that a message or a crash report does not give the content away.
    public var description: String { "raw text of \(bytes.count) bytes" }
}
