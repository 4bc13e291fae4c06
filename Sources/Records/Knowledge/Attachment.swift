/// A file that came with a message; its content is not kept.
public struct Attachment: Sendable, Hashable {
    /// The name; empty where it has none.
    public var name: RedactedText
    /// The media type (RFC 2045) in small letters, such as `image/png`; empty when it is not known.
    public var type: String
    /// The size of the content in bytes; nil when it is not known.
    public var size: Int?
    /// SHA-256 of the content; nil when the content was not there, or not whole.
    public var hash: [UInt8]?
    /// Whether it is shown within the message, as pictures are.
    public var isInline: Bool

    /// Creates an attachment.
    public init(
        name: RedactedText = RedactedText(), type: String = "", size: Int? = nil, hash: [UInt8]? = nil,
        isInline: Bool = false
    ) {
        self.name = name
        self.type = type
        self.size = size
        self.hash = hash
        self.isInline = isInline
    }
}
