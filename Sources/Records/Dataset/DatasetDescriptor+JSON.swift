internal import FoundationEssentials

extension DatasetDescriptor {
    /// Reads a descriptor from JSON and checks it.
    ///
    /// - Parameter file: The JSON and the path that stands in error messages.
    /// - Throws: ``RecordError/emptyFile(file:)`` or ``RecordError/invalidDescriptor(file:key:reason:)``, which names the
    ///   first key that is wrong.
    public init(json file: RecordFile) throws(RecordError) {
        guard !file.bytes.isEmpty else { throw .emptyFile(file: file.path) }
        do {
            self = try JSONDecoder().decode(DatasetDescriptor.self, from: Data(file.bytes))
        } catch let error as DecodingError {
            throw Self.error(error, in: file.path)
        } catch {
            throw .invalidDescriptor(file: file.path, key: "", reason: "not JSON")
        }
        func refuse(_ key: String, _ reason: String) -> RecordError {
            .invalidDescriptor(file: file.path, key: key, reason: reason)
        }
        try file.check(name: name, files: [("files", files)])
        if format == .csv, columns.resolvedAt == nil, columns.hoursToResolution == nil {
            throw refuse("columns", "either resolvedAt or hoursToResolution is needed")
        }
        for name in columns.numeric ?? [] where !(columns.attributes ?? []).contains(name) {
            throw refuse("columns.numeric", "\"\(name)\" is not among the attributes")
        }
        let names = columns.words.map(\.role) + columns.texts.map(\.role) + (columns.attributes ?? [])
        for (index, name) in names.enumerated() where names[..<index].contains(name) {
            throw refuse("columns.attributes", "\"\(name)\" is the name of two columns")
        }
        do {
            _ = try zone()
        } catch {
            throw refuse("timeZone", error.description)
        }
    }

    /// The zone of times without an offset.
    ///
    /// - Throws: ``RecordError/unknownZone(_:)``.
    public func zone() throws(RecordError) -> ZoneRules {
        guard let timeZone else { return .utc }
        return try ZoneRules(identifier: timeZone)
    }

    static func error(_ error: DecodingError, in file: String) -> RecordError {
        func key(_ path: [any CodingKey]) -> String { path.map(\.stringValue).joined(separator: ".") }
        switch error {
        case .keyNotFound(let missing, let context):
            return .invalidDescriptor(file: file, key: key(context.codingPath + [missing]), reason: "is missing")
        case .valueNotFound(_, let context):
            return .invalidDescriptor(file: file, key: key(context.codingPath), reason: "is null")
        case .typeMismatch(let type, let context):
            return .invalidDescriptor(file: file, key: key(context.codingPath), reason: "is no \(words(for: type))")
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            return .invalidDescriptor(
                file: file, key: key(context.codingPath), reason: "this version does not know such a value")
        case .dataCorrupted:
            return .invalidDescriptor(file: file, key: "", reason: "not JSON")
        @unknown default:
            return .invalidDescriptor(file: file, key: "", reason: "not a descriptor")
        }
    }

    private static func words(for type: any Any.Type) -> String {
        if type == String.self { return "text" }
        if type == Bool.self { return "true or false" }
        return type is any RangeReplaceableCollection.Type ? "list" : "object"
    }
}
