internal import FoundationEssentials

/// Reads sessions from JSON lines, `{"id": "s1", "signatures": ["a", "b"]}`, or from plain ones, `a b`; other keys of an
/// object are passed over.
public enum SessionLineReader {
    /// Reads one line: JSON where it begins with a brace, otherwise signatures separated by blanks, with the number of the
    /// line for an id.
    ///
    /// - Parameters: As of ``read(_:file:number:)``.
    public static func readEither(
        _ line: some Collection<UInt8>, file: String, number: Int
    ) throws(RecordError) -> LogSession {
        if line.first(where: { $0 != 0x20 && $0 != 0x09 }) == UInt8(ascii: "{") {
            return try read(line, file: file, number: number)
        }
        let words = SessionFile.words(line)
        if words.isEmpty {
            throw .invalidRow(RowFault(file: file, line: number, field: "", excerpt: "", reason: .emptyLine))
        }
        return LogSession(id: "\(number)", signatures: words)
    }

    /// Reads one line of JSON.
    ///
    /// - Parameters:
    ///   - line: The bytes without the line end.
    ///   - file: The name of the source in error messages.
    ///   - number: The number of the line, from 1.
    /// - Throws: ``RecordError/invalidRow(_:)``.
    public static func read(
        _ line: some Collection<UInt8>, file: String, number: Int
    ) throws(RecordError) -> LogSession {
        func refuse(_ field: String, _ reason: RowFault.Reason) -> RecordError {
            let excerpt = String(decoding: line.prefix(4 * RowFault.longestExcerpt), as: UTF8.self)
            return .invalidRow(RowFault(file: file, line: number, field: field, excerpt: excerpt, reason: reason))
        }
        if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { throw refuse("", .emptyLine) }
        let session: LogSession
        do {
            session = try JSONDecoder().decode(LogSession.self, from: Data(line))
        } catch DecodingError.keyNotFound(let key, _) {
            throw refuse(key.stringValue, .missingValue)
        } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
            guard let field = context.codingPath.first?.stringValue else { throw refuse("", .malformedJSON(offset: 0)) }
            throw refuse(field, .wrongType(expected: field == "id" ? "a text" : "a list of texts"))
        } catch {
            let offset = [UInt8](line).withUnsafeBytes { JSONFault.offset(in: $0) }
            throw refuse("", .malformedJSON(offset: offset))
        }
        if session.id.isEmpty { throw refuse("id", .missingValue) }
        if session.signatures.contains("") { throw refuse("signatures", .missingValue) }
        return session
    }
}
