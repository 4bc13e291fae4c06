/// A customer company.
public struct Organization: Sendable, Hashable {
    /// The id in the system that manages customers.
    public var id: String
    /// The name; empty when it is not known.
    public var name: String
    /// The kind of customer, such as `enterprise`; empty when it is not known.
    public var segment: String
    /// What its contracts are worth a year, in the currency of the tenant; nil when it is not known.
    public var annualValue: Double?

    /// Creates an organisation of which only the id is known.
    public init(id: String, name: String = "", segment: String = "", annualValue: Double? = nil) {
        self.id = id
        self.name = name
        self.segment = segment
        self.annualValue = annualValue
    }
}
