/// What was wrong with some lines of a log.
public struct LogFault: Sendable, Hashable {
    /// A kind of fault.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A line is not of the format; it is kept as plain text.
        case notThisFormat
        /// Bytes are no UTF-8; they are kept.
        case invalidUTF8
        /// There are NUL bytes, as in binary data; they are kept.
        case nulBytes
        /// A line is longer than may be held; its beginning is kept.
        case cutLine
        /// A record has too many lines; it goes on as another record.
        case cutRecord
        /// A time is not in a known form.
        case badTime
        /// A time does not fit into nanoseconds since 1970 in 64 bits.
        case timeOutOfRange
        /// A time is later than its observation by more than the clocks of well kept machines differ.
        case aheadOfObservation
        /// A severity is none.
        case badSeverity
        /// The id of a trace or span is none.
        case badIdentifier
        /// A key comes twice in one object.
        case duplicateKey
        /// Values nest too deeply; the inner ones are left out.
        case nestedTooDeep
        /// A line has nothing in it; it is skipped.
        case blankLine
        /// The length or the start of a message in a stream is wrong; reading goes on where it can.
        case badFrame
        /// The input ends within a message.
        case cutShort
    }

    /// What was wrong.
    public let kind: Kind
    /// The number of the line, from 1.
    public let line: Int64
    /// The field, where it was one.
    public let field: String?
}

/// How often what was wrong: a count for each kind, and the first faults of each.
public struct LogFaults: Sendable, Hashable {
    /// The number of faults of a kind that are kept with their lines.
    public static let longestList = 5

    /// The number of faults of each kind.
    public private(set) var counts: [LogFault.Kind: Int] = [:]
    /// The first faults of each kind.
    public private(set) var first: [LogFault] = []

    /// The number of faults of a kind.
    public subscript(kind: LogFault.Kind) -> Int { counts[kind] ?? 0 }

    mutating func add(_ kind: LogFault.Kind, line: Int64, field: String? = nil) {
        let count = counts[kind, default: 0] + 1
        counts[kind] = count
        if count <= Self.longestList { first.append(LogFault(kind: kind, line: line, field: field)) }
    }
}
