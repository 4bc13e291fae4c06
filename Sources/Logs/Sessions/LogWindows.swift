public import Records

/// Windows of a log, each record as the id of its signature.
public struct LogWindows: Sendable {
    /// The windows in the order of the log, each named by the number of the first line of its first record.
    public let sessions: [LogSession]
    /// The templates by the id of the signature: those that were known, and those of these windows.
    public let templates: [String: String]
}
