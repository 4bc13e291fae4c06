/// One contract or workspace of a customer.
public struct Account: Sendable, Hashable {
    /// The id in the system that manages customers.
    public var id: String
    /// The id of its ``Organization``; nil when it is not known.
    public var organization: String?
    /// The name; empty when it is not known.
    public var name: String
    /// The tier of its contract; empty when it is not known.
    public var tier: String
    /// What the contract is worth a year, in the currency of the tenant; nil when it is not known.
    public var annualValue: Double?
    /// The hours in which the contract promises an answer; nil when it promises none.
    public var slaHours: Double?

    /// Creates an account of which only the id is known.
    public init(
        id: String, organization: String? = nil, name: String = "", tier: String = "", annualValue: Double? = nil,
        slaHours: Double? = nil
    ) {
        self.id = id
        self.organization = organization
        self.name = name
        self.tier = tier
        self.annualValue = annualValue
        self.slaHours = slaHours
    }
}
