public import Records

/// What is claimed of one incident, by whatever method.
public struct ImpactClaim: Sendable, Hashable {
    /// An account that is claimed to be hurt.
    public struct Account: Sendable, Hashable {
        /// The id of the account.
        public var id: String
        /// How likely it is hurt, 0...1.
        public var probability: Double

        /// Creates an account.
        public init(id: String, probability: Double) {
            self.id = id
            self.probability = probability
        }
    }

    /// When it began.
    public var start: Instant
    /// When it ended.
    public var end: Instant
    /// When it was detected.
    public var detectedAt: Instant
    /// Larger is worse.
    public var severity: Double
    /// The accounts.
    public var accounts: [Account]
    /// The indexes of its lines.
    public var lines: [Int]

    /// Creates a claim.
    public init(
        start: Instant, end: Instant, detectedAt: Instant, severity: Double, accounts: [Account], lines: [Int]
    ) {
        self.start = start
        self.end = end
        self.detectedAt = detectedAt
        self.severity = severity
        self.accounts = accounts
        self.lines = lines
    }

    /// Takes what an analysis says.
    public init(_ incident: Incident, _ directory: CustomerDirectory) {
        self.init(
            start: incident.start, end: incident.end, detectedAt: incident.detectedAt,
            severity: incident.impact.severity,
            accounts: incident.accounts.map {
                Account(id: directory.accounts[$0.account].id, probability: $0.probability)
            }, lines: incident.lines)
    }

    /// Its accounts, each once with the largest of its probabilities, in the order of their ids.
    var distinctAccounts: [Account] {
        let largest = Dictionary(accounts.map { ($0.id, $0.probability) }, uniquingKeysWith: max)
        return largest.keys.sorted().map { Account(id: $0, probability: largest[$0] ?? 0) }
    }

    /// The ids of the accounts that it claims with a probability of at least ½.
    var likelyAccounts: Set<String> { Set(accounts.filter { $0.probability >= 0.5 }.map(\.id)) }
}
