/// What an incident costs the customers.
public struct BusinessImpact: Sendable, Hashable {
    /// The contract value, of the accounts by their probabilities, of the hours in which their use failed, in the currency of the tenant; larger is worse.
    public var severity: Double
    /// The accounts that are hurt, as the sum of their probabilities.
    public var accounts: Double
    /// The annual value of the accounts that are hurt, by their probabilities.
    public var annualValue: Double
    /// The share of all accounts' annual value, 0...1.
    public var valueShare: Double
    /// The share of the activity of the accounts, by their probabilities, that failed, 0...1.
    public var activityShare: Double
    /// The largest share of the time that a contract promises an answer in which is used up, by the probability of its account.
    public var slaExposure: Double
    /// The functions (services) that fail, those with the most lines first.
    public var functions: [String]
    /// The effective number of accounts: 1 / Σ s² of their shares s of the lines (the inverse of Simpson's index).
    public var effectiveAccounts: Double
    /// Failing lines for each ordinary line in its time and scope; nil when there are no ordinary ones.
    public var failuresPerOrdinaryLine: Double?
    /// The impact on the business, 1 (high) to 3 (low).
    public var impact: Int
    /// The urgency, 1 (high) to 3 (low).
    public var urgency: Int
    /// The priority of both, 1 to 5.
    public var priority: Int
}
