/// A data set of kind `labelled-logs`: log lines and, for each, the template that it was written from.
public struct LabelledLogDescriptor: Sendable, Equatable, Codable {
    /// The value of `kind`.
    public static let kind = "labelled-logs"

    /// Which columns of the labels are read.
    public struct Columns: Sendable, Equatable, Codable {
        /// The message of the line, without its header.
        public var message: String
        /// The template.
        public var template: String
    }

    /// The name; also the folder in which its files are looked for.
    public var name: String
    /// Always ``kind``.
    public var kind: String
    /// The file of raw lines.
    public var log: String
    /// The file of labels, as CSV, one row a line.
    public var labels: String
    /// Which columns of the labels are read.
    public var columns: Columns

    /// Reads a descriptor.
    ///
    /// - Parameter file: The JSON and the path that stands in error messages.
    /// - Returns: nil for a descriptor of another kind.
    /// - Throws: ``RecordError/invalidDescriptor(file:key:reason:)``.
    public init?(json file: RecordFile) throws(RecordError) {
        let found: Self? = try file.descriptor(
            of: Self.kind, needing: "name, log, labels, columns.message and columns.template, each a text")
        guard let found else { return nil }
        try file.check(name: found.name, files: [("log", [found.log]), ("labels", [found.labels])])
        self = found
    }
}
