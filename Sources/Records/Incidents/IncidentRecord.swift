/// An incident as it is kept, with the accounts that it may have hurt.
public struct IncidentRecord: Sendable, Hashable {
    /// The id.
    public var id: String
    /// The time of its first line.
    public var start: Instant
    /// The time of its last line.
    public var end: Instant
    /// When its lines were enough to tell.
    public var detectedAt: Instant
    /// How bad it is; larger is worse.
    public var severity: Double
    /// The priority that impact and urgency give it, from 1, the highest.
    public var priority: Int
    /// The ids of its signatures, those with the most lines first.
    public var signatures: [String]
    /// What the lines of the signatures look like, by their ids, where it is known.
    public var lines: [String: RedactedText]
    /// The ids of the tickets that it likely caused, in order of opening.
    public var tickets: [String]
    /// The accounts that it may have hurt, the likeliest first.
    public var links: [AccountLink]

    /// Creates a record.
    public init(
        id: String, start: Instant, end: Instant, detectedAt: Instant, severity: Double = 0, priority: Int,
        signatures: [String] = [], lines: [String: RedactedText] = [:], tickets: [String] = [],
        links: [AccountLink] = []
    ) {
        self.id = id
        self.start = start
        self.end = end
        self.detectedAt = detectedAt
        self.severity = severity
        self.priority = priority
        self.signatures = signatures
        self.lines = lines
        self.tickets = tickets
        self.links = links
    }
}

/// Why and how surely an incident has hurt an account.
public struct AccountLink: Sendable, Hashable {
    /// The id of the account.
    public var account: String
    /// How likely it was hurt, 0...1.
    public var probability: Double
    /// Why it is believed, a sentence each, the strongest reason first.
    public var evidence: [RedactedText]
    /// The evidence as the numbers that a model weighs, so that what people say of the link can be learnt from.
    public var terms: [Double]

    /// Creates a link.
    public init(account: String, probability: Double, evidence: [RedactedText] = [], terms: [Double] = []) {
        self.account = account
        self.probability = probability
        self.evidence = evidence
        self.terms = terms
    }
}
