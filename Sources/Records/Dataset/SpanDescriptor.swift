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
    /// The name of the data set that the carrier belongs to; this one when nil.
    public var carrierSet: String?

    /// Reads a descriptor.
    ///
    /// - Parameter file: The JSON and the path that stands in error messages.
    /// - Returns: nil for a descriptor of another kind.
    /// - Throws: ``RecordError/invalidDescriptor(file:key:reason:)``.
    public init?(json file: RecordFile) throws(RecordError) {
        let found: Self? = try file.descriptor(
            of: Self.kind, needing: "name, files (a list of texts) and types (lists of texts by label)")
        guard let found else { return nil }
        try file.check(name: found.name, files: [("files", found.files)])
        if let carrier = found.carrier {
            try file.check(name: found.name, files: [("carrier", [carrier])])
        }
        if let other = found.carrierSet, other.isEmpty || other.contains("/") || other.hasPrefix(".") {
            throw .invalidDescriptor(file: file.path, key: "carrierSet", reason: "not a folder's name")
        }
        self = found
    }
}
