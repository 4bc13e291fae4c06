public import Models
public import Records

/// Signatures, a window and a scope that belong together, with the accounts that they hurt.
public struct Incident: Sendable, Hashable {
    /// Derived from its first line and its signatures: the same log gives the same id.
    public var id: String
    /// The time of its first line.
    public var start: Instant
    /// The time of its last line.
    public var end: Instant
    /// When its lines were enough to tell.
    public var detectedAt: Instant
    /// The numbers of its signatures, those with the most lines first.
    public var signatures: [Int]
    /// The indexes of its deployments, those with the most lines first.
    public var deployments: [Int]
    /// The indexes of its lines in order of arrival, rising.
    public var lines: [Int]
    /// The accounts that it may have hurt, the likeliest first.
    public var accounts: [AffectedAccount]
    /// The ids of the tickets that it likely caused, in order of opening.
    public var tickets: [String]
    /// What it costs the customers.
    public var impact: BusinessImpact

    /// How many accounts it hurts: those that are likelier hurt than not, and how many of the others are to be expected, of whom nobody knows which.
    public var hurtCount: String {
        let others = accounts.filter { !$0.isHurt }
        let known = accounts.count - others.count
        let expected = Int(others.reduce(0) { $0 + $1.probability }.rounded())
        let named = "\(known) account\(known == 1 ? "" : "s") hurt"
        guard expected > 0 else { return named }
        let rest = "about \(expected) of \(others.count)"
        return known > 0
            ? "\(named) and \(rest) others, which is not known"
            : "\(rest) accounts hurt, which is not known"
    }
}

/// An account that an incident may have hurt.
public struct AffectedAccount: Sendable, Hashable {
    /// The index of the account in the ``CustomerDirectory``.
    public var account: Int
    /// How likely it was hurt, 0...1.
    public var probability: Double
    /// Its failing lines in the incident.
    public var lines: Int
    /// The share of its activity that failed, 0...1.
    public var share: Double
    /// The time of its first line; nil when none is known to be its own.
    public var firstLine: Instant?
    /// Its tickets that the incident likely caused.
    public var tickets: [String]
    /// Why it is believed, the strongest reason first.
    public var evidence: [LinkEvidence]
    /// The evidence as the model weighs it.
    public var weighed: LinkModel.Evidence

    /// Whether it is likelier hurt than not.
    public var isHurt: Bool { probability >= 0.5 }
}
