internal import FoundationEssentials
public import Records

extension LogFieldMapping {
    /// Reads a mapping: an object whose keys are properties of this type, each with a list of names that are looked for
    /// before the usual ones.
    ///
    ///     {"time": ["when"], "body": ["what.text"], "severityText": ["how_bad"]}
    ///
    /// - Throws: ``RecordError/invalidDescriptor(file:key:reason:)``.
    public init(json file: RecordFile) throws(RecordError) {
        self.init()
        guard let names = try? JSONDecoder().decode([String: [String]].self, from: Data(file.bytes)) else {
            throw .invalidDescriptor(file: file.path, key: "", reason: "is not an object of lists of names")
        }
        for (key, names) in names.sorted(by: { $0.key < $1.key }) {
            guard let property = Self.properties[key] else {
                let known = Self.properties.keys.sorted().joined(separator: ", ")
                throw .invalidDescriptor(file: file.path, key: key, reason: "is none of \(known)")
            }
            self[keyPath: property].removeAll { names.contains($0) }
            self[keyPath: property].insert(contentsOf: names, at: 0)
        }
    }

    private static var properties: [String: WritableKeyPath<LogFieldMapping, [String]>] {
        [
            "time": \.time, "observedTime": \.observedTime, "severityNumber": \.severityNumber,
            "severityText": \.severityText, "body": \.body, "traceID": \.traceID, "spanID": \.spanID,
            "attributes": \.attributes, "resource": \.resource, "account": \.account,
        ]
    }
}
