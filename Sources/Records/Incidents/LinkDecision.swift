/// What a person says of the link between an incident and an account.
public struct LinkDecision: Sendable, Hashable {
    /// The id of the incident.
    public var incident: String
    /// The id of the account.
    public var account: String
    /// Whether the account was hurt.
    public var isConfirmed: Bool
    /// When it was said.
    public var time: Instant

    /// Creates a decision.
    public init(incident: String, account: String, isConfirmed: Bool, time: Instant) {
        self.incident = incident
        self.account = account
        self.isConfirmed = isConfirmed
        self.time = time
    }
}

extension LinkDecision {
    /// Reads what people say: JSON lines or CSV with `incident`, `account` and `hurt`; a link that is named again is decided by the last of them.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - time: When it is said.
    /// - Throws: ``RecordError/invalidRow(_:)``, ``RecordError/emptyFile(file:)`` for CSV without a header.
    public static func read(_ file: RecordFile, at time: Instant) throws(RecordError) -> [LinkDecision] {
        var decisions: [LinkDecision] = []
        _ = try RecordRows.read(file, badRows: .areErrors) { row throws(JSONRefusal) in
            guard let isConfirmed = try row.flag("hurt") else { throw JSONRefusal("hurt", excerpt: "", .missingValue) }
            decisions.append(
                LinkDecision(
                    incident: try row.neededIdentifier("incident"), account: try row.neededIdentifier("account"),
                    isConfirmed: isConfirmed, time: time))
        }
        return decisions
    }
}
