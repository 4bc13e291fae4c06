internal import FoundationEssentials

extension RecordFile {
    /// The `kind` of a dataset descriptor.
    ///
    /// - Throws: ``RecordError/invalidDescriptor(file:key:reason:)``.
    func datasetKind() throws(RecordError) -> String {
        struct Kind: Decodable { var kind: String }
        guard let kind = try? JSONDecoder().decode(Kind.self, from: Data(bytes)).kind else {
            throw .invalidDescriptor(file: path, key: "kind", reason: "is missing, or the file is not JSON")
        }
        return kind
    }
}
