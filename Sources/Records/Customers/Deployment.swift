/// One installation of the product, used by one or more accounts.
public struct Deployment: Sendable, Hashable {
    /// The id.
    public var id: String
    /// The environment, such as `production`; empty when it is not known.
    public var environment: String
    /// The region; empty when it is not known.
    public var region: String
    /// The version of the product; empty when it is not known.
    public var version: String
    /// The names of its components.
    public var components: [String]
    /// The names of its hosts.
    public var hosts: [String]
    /// The ids of the accounts that use it.
    public var accounts: [String]
    /// Whether it differs from the product as shipped.
    public var isCustomised: Bool

    /// Creates a deployment of which only the id is known.
    public init(
        id: String, environment: String = "", region: String = "", version: String = "", components: [String] = [],
        hosts: [String] = [], accounts: [String] = [], isCustomised: Bool = false
    ) {
        self.id = id
        self.environment = environment
        self.region = region
        self.version = version
        self.components = components
        self.hosts = hosts
        self.accounts = accounts
        self.isCustomised = isCustomised
    }
}
