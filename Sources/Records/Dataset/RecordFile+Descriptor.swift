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

    /// A descriptor of one kind.
    ///
    /// - Parameters:
    ///   - kind: The kind.
    ///   - needed: What such a descriptor needs, for the one that lacks it.
    /// - Returns: nil for a descriptor of another kind.
    /// - Throws: ``RecordError/invalidDescriptor(file:key:reason:)``.
    func descriptor<Descriptor: Decodable>(
        of kind: String, needing needed: String
    ) throws(RecordError) -> Descriptor? {
        guard try datasetKind() == kind else { return nil }
        guard let descriptor = try? JSONDecoder().decode(Descriptor.self, from: Data(bytes)) else {
            throw .invalidDescriptor(file: path, key: "", reason: "needs " + needed)
        }
        return descriptor
    }

    /// Refuses a name of a data set that is no folder's name, and files that are not below its folder.
    ///
    /// - Parameters:
    ///   - name: The name of the data set.
    ///   - files: The files that each key names, at least one.
    /// - Throws: ``RecordError/invalidDescriptor(file:key:reason:)``.
    func check(name: String, files: [(key: String, names: [String])]) throws(RecordError) {
        if name.isEmpty || name.contains("/") || name.hasPrefix(".") {
            throw .invalidDescriptor(file: path, key: "name", reason: "not a folder's name")
        }
        for (key, names) in files {
            if names.isEmpty { throw .invalidDescriptor(file: path, key: key, reason: "no file is named") }
            for name in names where name.isEmpty || name.hasPrefix("/") || name.split(separator: "/").contains("..") {
                throw .invalidDescriptor(
                    file: path, key: key, reason: "\"\(name)\" is not below the folder of the data set")
            }
        }
    }
}
