/// What a data set of sessions holds: a `dataset.json` of kind `sessions`.
///
/// A file whose name ends in `.csv` has a header and the columns of ``Columns``; one that ends in `.ndjson` has the lines of
/// ``SessionLineReader``; any other has one session a line, its signatures separated by blanks.
public struct SessionDescriptor: Sendable, Equatable, Codable {
    /// What a data set can hold, as far as this descriptor goes.
    public enum Kind: String, Sendable, Codable {
        /// Sequences of signatures.
        case sessions
    }

    /// The columns of the CSV files.
    public struct Columns: Sendable, Equatable, Codable {
        /// The signatures, separated by blanks.
        public var signatures: String
        /// 1 for an anomalous session, 0 for a normal one; needed where a file is labelled.
        public var label: String?
    }

    /// What each file is for.
    public struct Roles: Sendable, Equatable, Codable {
        /// Sessions to learn from; their labels, if any, are not looked at.
        public var train: [String]
        /// Normal sessions for the test.
        public var normal: [String]?
        /// Anomalous sessions for the test.
        public var anomalous: [String]?
        /// Sessions for the test with a column that says what they are.
        public var labelled: [String]?
        /// The share of the sessions of `train` that is drawn at random, by the seed, as normal sessions for the test, and never
        /// learned from.
        public var heldOut: Double?
    }

    /// The name; also the folder in which the files are looked for.
    public var name: String
    /// What it holds.
    public var kind: Kind
    /// The files, each below the folder.
    public var files: [String]
    /// Where the data comes from.
    public var source: DatasetDescriptor.Source?
    /// The SHA-256 of each file, in hexadecimal, where it is known.
    public var sha256: [String: String]?
    /// The columns of the CSV files.
    public var columns: Columns?
    /// What each file is for.
    public var roles: Roles
    /// The share of anomalous sessions at which the measures are given; that of the test where it is nil.
    public var prevalence: Double?
}
