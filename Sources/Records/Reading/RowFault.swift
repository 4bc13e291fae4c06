/// What is wrong with one row of a file.
public struct RowFault: Equatable, Sendable {
    /// The kinds of fault.
    public enum Reason: Equatable, Sendable {
        /// A value that every row must have is not there.
        case missingValue
        /// The value is no finite number.
        case badNumber
        /// The number is outside the given range.
        case outOfRange(String)
        /// The value means nothing without something else that is not given.
        case missingCompanion(String)
        /// The value excludes that of another field.
        case conflict(with: String)
        /// The value is no time, or the day does not exist.
        case badDate
        /// The value is one of two days, and no other value of its column tells whether the day or the month comes first.
        case ambiguousDate(dayFirst: String, monthFirst: String)
        /// The value is neither 1 nor 0 (true nor false).
        case badFlag
        /// The value says neither normal nor anomalous.
        case badLabel
        /// An earlier row has the same id.
        case duplicateId
        /// The ticket was resolved before it was opened.
        case resolutionBeforeOpening
        /// The value is of another JSON type than expected.
        case wrongType(expected: String)
        /// The line is no JSON object; the offset is in bytes from the start of the line.
        case malformedJSON(offset: Int)
        /// The line has no content.
        case emptyLine
        /// The last line of the file ends too early and without a line end.
        case halfWritten
        /// The row has another number of fields than the header.
        case raggedRow(found: Int, expected: Int)
        /// A quoted field is never closed.
        case unclosedQuote
        /// Text stands between the closing quote of a field and the next delimiter.
        case textAfterQuote
    }

    /// The longest excerpt, in characters.
    public static let longestExcerpt = 40

    /// The file, as it was named by the caller.
    public let file: String
    /// The line from 1; a header is line 1.
    public let line: Int
    /// The column or key; empty when the row as a whole is wrong.
    public let field: String
    /// The start of the offending value, at most ``longestExcerpt`` characters.
    public let excerpt: String
    /// What is wrong.
    public let reason: Reason

    /// Creates a fault; a longer excerpt is cut and marked with an ellipsis, control characters become spaces.
    public init(file: String, line: Int, field: String, excerpt: String, reason: Reason) {
        self.file = file
        self.line = line
        self.field = field
        let plain = String(excerpt.prefix(Self.longestExcerpt + 1).map { $0.isNewline || $0 == "\t" ? " " : $0 })
        self.excerpt =
            plain.count > Self.longestExcerpt ? String(plain.prefix(Self.longestExcerpt - 1)) + "…" : plain
        self.reason = reason
    }
}

extension RowFault: CustomStringConvertible {
    /// One line: `FILE:LINE: field "X": what is wrong`.
    public var description: String {
        "\(file):\(line): " + (field.isEmpty ? "" : "field \"\(field)\": ") + complaint
    }

    private var complaint: String {
        switch reason {
        case .missingValue: "a value is needed here"
        case .badNumber: "\"\(excerpt)\" is not a number"
        case .outOfRange(let range): "\"\(excerpt)\" is not \(range)"
        case .missingCompanion(let name): "needs \(name)"
        case .conflict(let field): "cannot stand beside \"\(field)\""
        case .badDate: "\"\(excerpt)\" is not a time"
        case .ambiguousDate(let dayFirst, let monthFirst):
            "\"\(excerpt)\" is \(dayFirst) or \(monthFirst), and no other value of the field tells which; "
                + "\"dayFirst\": true or false in dataset.json does"
        case .badFlag: "\"\(excerpt)\" is neither 1 nor 0"
        case .badLabel: "\"\(excerpt)\" says neither normal nor anomalous"
        case .duplicateId: "\"\(excerpt)\" stands in an earlier row too"
        case .resolutionBeforeOpening: "\"\(excerpt)\" is before the ticket was opened"
        case .wrongType(let expected): "\(excerpt) is not \(expected)"
        case .malformedJSON(let offset): "not a JSON object, at byte \(offset): \"\(excerpt)\""
        case .emptyLine: "the line is empty"
        case .halfWritten: "the last line is half-written: \"\(excerpt)\""
        case .raggedRow(let found, let expected): "\(found) fields where the header has \(expected)"
        case .unclosedQuote: "a quote is opened and never closed: \"\(excerpt)\""
        case .textAfterQuote: "text after a closing quote: \"\(excerpt)\""
        }
    }
}
