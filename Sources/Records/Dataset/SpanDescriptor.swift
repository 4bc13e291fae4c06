internal import FoundationEssentials

/// A data set of kind `spans`: texts in which people or a generator have marked what is personal.
public struct SpanDescriptor: Sendable, Equatable, Codable {
    /// The value of `kind`.
    public static let kind = "spans"

    /// The name; also the folder in which its files are looked for.
    public var name: String
    /// Always ``kind``.
    public var kind: String
    /// The files: each a JSON list of texts, see ``SpanText``.
    public var files: [String]
    /// For each label, the names of the kinds of finding that answer to it; labels that are not here are not claimed.
    public var types: [String: [String]]
    /// A text without labels, on which findings are counted; nil where there is none.
    public var carrier: String?

    /// Reads a descriptor.
    ///
    /// - Parameter file: The JSON and the path that stands in error messages.
    /// - Returns: nil for a descriptor of another kind.
    /// - Throws: ``RecordError/invalidDescriptor(file:key:reason:)``.
    public init?(json file: RecordFile) throws(RecordError) {
        guard try file.datasetKind() == Self.kind else { return nil }
        guard let descriptor = try? JSONDecoder().decode(Self.self, from: Data(file.bytes)) else {
            throw .invalidDescriptor(
                file: file.path, key: "",
                reason: "needs name, files (a list of texts) and types (lists of texts by label)")
        }
        guard !descriptor.files.isEmpty else {
            throw .invalidDescriptor(file: file.path, key: "files", reason: "names no file")
        }
        self = descriptor
    }
}
