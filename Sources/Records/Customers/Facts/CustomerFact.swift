/// A field of a record about customers, such as the tier of one account.
public struct CustomerFact: Sendable, Hashable {
    /// The kinds of record whose fields sources may say different things of.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case organization, account, deployment, contact
    }

    /// The fields, under the names that they have in files.
    public enum Field: String, Sendable, Hashable, CaseIterable {
        case name, segment, annualValue, organization, tier, slaHours, environment, region, version, components, hosts
        case accounts, customised, account, email
    }

    /// The kind of the record.
    public var kind: Kind
    /// The id of the record.
    public var id: String
    /// The field.
    public var field: Field

    /// Creates a fact.
    public init(kind: Kind, id: String, field: Field) {
        self.kind = kind
        self.id = id
        self.field = field
    }
}

/// What one source says a fact is.
public struct FactClaim: Sendable, Hashable {
    /// The value.
    public var value: FactValue
    /// Who says so.
    public var source: FactSource
}

/// A fact of which sources say different things.
public struct FactConflict: Sendable, Hashable {
    /// The fact.
    public var fact: CustomerFact
    /// What counts.
    public var kept: FactClaim
    /// What was said otherwise, the latest first.
    public var others: [FactClaim]
}
