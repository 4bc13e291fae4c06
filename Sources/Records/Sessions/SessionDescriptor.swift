internal import FoundationEssentials

/// A data set of kind `sessions`: sequences of signatures, some of them with a label that says normal or anomalous.
///
/// A file whose name ends in `.csv` has a header and the columns of ``Columns``; one that ends in `.ndjson` has the lines of
/// ``SessionLineReader``; any other has one session a line, its signatures separated by blanks.
public struct SessionDescriptor: Sendable, Equatable, Codable {
    /// The value of `kind`.
    public static let kind = "sessions"

    /// The columns of the CSV files.
    public struct Columns: Sendable, Equatable, Codable {
        /// The signatures, separated by blanks; with ``SessionDescriptor/window``, the one signature of the line.
        public var signatures: String
        /// Whether the session is anomalous; see ``SessionLabel``.
        public var label: String?
    }

    /// What each file is for.
    public struct Roles: Sendable, Equatable, Codable {
        /// Sessions to learn from; their labels, if any, are not looked at.
        public var train: [String]
        /// Normal sessions for the test; of a file with a column of labels those that are normal.
        public var normal: [String]?
        /// Anomalous sessions for the test; of a file with a column of labels those that are anomalous.
        public var anomalous: [String]?
        /// Sessions for the test with a column that says what they are.
        public var labelled: [String]?
    }

    /// The name; also the folder in which the files are looked for.
    public var name: String
    /// Always ``kind``.
    public var kind: String
    /// The files.
    public var files: [String]
    /// The columns of the CSV files; `signatures` and `label` by default.
    public var columns: Columns?
    /// What each file is for.
    ///
    /// Without it, all files are labelled, their sessions in the order of time: the first half is learned from and the
    /// second half is the test.
    public var roles: Roles?
    /// Where given, each row of a CSV file is one line of a log, and so many lines in a row are a session, which is anomalous
    /// when any of them is; at least 1.
    public var window: Int?
    /// The share of anomalous sessions at which the measures are given; that of the test by default.
    public var prevalence: Double?
    /// The share of anomalous sessions, drawn from those of the test, that is mixed into the sessions to learn from; none
    /// by default.
    public var contamination: Double?

    /// Reads a descriptor.
    ///
    /// - Parameter file: The JSON and the path that stands in error messages.
    /// - Returns: nil for a descriptor of another kind.
    /// - Throws: ``RecordError/invalidDescriptor(file:key:reason:)``.
    public init?(json file: RecordFile) throws(RecordError) {
        guard try file.datasetKind() == Self.kind else { return nil }
        func refuse(_ key: String, _ reason: String) -> RecordError {
            .invalidDescriptor(file: file.path, key: key, reason: reason)
        }
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(file.bytes))
        } catch let error as DecodingError {
            throw DatasetDescriptor.error(error, in: file.path)
        } catch {
            throw refuse("", "not JSON")
        }
        try file.check(name: name, files: [("files", files)])
        if let roles {
            if roles.train.isEmpty { throw refuse("roles.train", "no file is named") }
            let named = [roles.train, roles.normal, roles.anomalous, roles.labelled].flatMap { $0 ?? [] }
            if let foreign = named.first(where: { !files.contains($0) }) {
                throw refuse("roles", "\"\(foreign)\" is not among the files")
            }
        }
        if let window, window < 1 { throw refuse("window", "\(window) is not at least 1") }
        for (key, share) in [("prevalence", prevalence), ("contamination", contamination)] {
            if let share, !(share > 0 && share < 1) { throw refuse(key, "\(share) is not between 0 and 1") }
        }
    }
}
