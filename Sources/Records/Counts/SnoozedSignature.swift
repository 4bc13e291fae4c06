/// A signature that people do not want to hear of until it has grown.
public struct SnoozedSignature: Sendable, Hashable {
    /// The id of the signature.
    public var signature: String
    /// The lines a day from which on it is told again.
    public var untilLinesPerDay: Double

    /// Takes a signature and the lines a day.
    public init(signature: String, untilLinesPerDay: Double) {
        self.signature = signature
        self.untilLinesPerDay = untilLinesPerDay
    }

    /// Reads what people said: JSON lines or CSV with `signature` and `untilLinesPerDay`.
    ///
    /// - Throws: ``RecordError/invalidRow(_:)``, ``RecordError/emptyFile(file:)`` for CSV without a header.
    public static func read(_ file: RecordFile) throws(RecordError) -> [SnoozedSignature] {
        var found: [SnoozedSignature] = []
        _ = try RecordRows.read(file, badRows: .areErrors) { row throws(JSONRefusal) in
            guard let limit = try row.amount("untilLinesPerDay") else {
                throw JSONRefusal("untilLinesPerDay", excerpt: "", .missingValue)
            }
            guard limit >= 0 else {
                throw JSONRefusal("untilLinesPerDay", excerpt: "\(limit)", .outOfRange("0 or more"))
            }
            found.append(SnoozedSignature(signature: try row.neededIdentifier("signature"), untilLinesPerDay: limit))
        }
        return found
    }
}
