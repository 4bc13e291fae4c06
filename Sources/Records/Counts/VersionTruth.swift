/// What became of a signature with a version that was rolled out, as somebody knows it.
public struct VersionTruth: Sendable, Hashable {
    /// The version that was rolled out.
    public var version: String
    /// The id of the signature.
    public var signature: String
    /// The factor by which its rate changed with the version, above 0; 1 when it did not.
    public var factor: Double
    /// The lines to expect in the day after, if nothing had changed.
    public var expected: Double

    /// The lines to expect in the day after as it is.
    public var isExpected: Double { expected * factor }

    /// Creates a truth.
    public init(version: String, signature: String, factor: Double, expected: Double) {
        self.version = version
        self.signature = signature
        self.factor = factor
        self.expected = expected
    }

    /// Reads what is known: JSON lines or CSV with `version`, `signature`, `factor` and `expected`.
    ///
    /// - Throws: ``RecordError/invalidRow(_:)``, ``RecordError/emptyFile(file:)`` for CSV without a header.
    public static func read(_ file: RecordFile) throws(RecordError) -> [VersionTruth] {
        var found: [VersionTruth] = []
        _ = try RecordRows.read(file, badRows: .areErrors) { row throws(JSONRefusal) in
            guard let factor = try row.amount("factor") else {
                throw JSONRefusal("factor", excerpt: "", .missingValue)
            }
            guard factor > 0 else { throw JSONRefusal("factor", excerpt: "\(factor)", .outOfRange("more than 0")) }
            guard let expected = try row.amount("expected") else {
                throw JSONRefusal("expected", excerpt: "", .missingValue)
            }
            found.append(
                VersionTruth(
                    version: try row.neededIdentifier("version"), signature: try row.neededIdentifier("signature"),
                    factor: factor, expected: expected))
        }
        return found
    }
}
