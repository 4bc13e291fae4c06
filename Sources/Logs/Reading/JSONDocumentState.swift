/// Where a stream of JSON documents stands within one.
struct JSONDocumentState: Sendable {
    var depth = 0
    var isInText = false
    var isEscaped = false
    /// Whether it began as a document and not as some other line.
    var isDocument = false
}
