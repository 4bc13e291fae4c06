/// A signature that people do not want to hear of until it has grown.
public struct SnoozedSignature: Sendable, Hashable {
    /// Until when it is not told.
    public enum Limit: Sendable, Hashable {
        /// Until it comes so many times a day, at least 0.
        case linesPerDay(Double)
        /// Until its rate is so many times, at least 0, what it was in the week before a time.
        case factor(Double, since: Instant)
    }

    /// The id of the signature.
    public var signature: String
    /// Until when it is not told.
    public var limit: Limit

    /// Takes a signature and until when it is not told.
    public init(signature: String, until limit: Limit) {
        self.signature = signature
        self.limit = limit
    }

    /// Reads what people said: JSON lines or CSV with `signature` and either `untilLinesPerDay` or `untilFactor` and `snoozedAt`.
    ///
    /// - Throws: ``RecordError/invalidRow(_:)``, ``RecordError/emptyFile(file:)`` for CSV without a header.
    public static func read(_ file: RecordFile) throws(RecordError) -> [SnoozedSignature] {
        var found: [SnoozedSignature] = []
        _ = try RecordRows.read(file, badRows: .areErrors) { row throws(JSONRefusal) in
            found.append(SnoozedSignature(signature: try row.neededIdentifier("signature"), until: try limit(row)))
        }
        return found
    }

    private static func limit(_ row: RecordRow) throws(JSONRefusal) -> Limit {
        guard let factor = try number("untilFactor", row) else {
            guard let lines = try number("untilLinesPerDay", row) else {
                throw JSONRefusal("untilLinesPerDay", excerpt: "", .missingValue)
            }
            return .linesPerDay(lines)
        }
        guard let since = try row.instant("snoozedAt") else {
            throw JSONRefusal("snoozedAt", excerpt: "", .missingValue)
        }
        return .factor(factor, since: since)
    }

    private static func number(_ name: String, _ row: RecordRow) throws(JSONRefusal) -> Double? {
        guard let number = try row.amount(name) else { return nil }
        guard number >= 0 else { throw JSONRefusal(name, excerpt: "\(number)", .outOfRange("0 or more")) }
        return number
    }
}
