/// What is known of a tenant's customers; any part of it may be missing.
public struct CustomerContext: Sendable, Hashable {
    /// The customer companies.
    public var organizations: [Organization]
    /// Their contracts.
    public var accounts: [Account]
    /// The installations.
    public var deployments: [Deployment]
    /// The people.
    public var contacts: [Contact]
    /// Other names of accounts.
    public var aliases: [AccountAlias]
    /// What needs what.
    public var topology: [TopologyLink]
    /// What was released where.
    public var releases: [Release]

    /// Creates a context.
    public init(
        organizations: [Organization] = [], accounts: [Account] = [], deployments: [Deployment] = [],
        contacts: [Contact] = [], aliases: [AccountAlias] = [], topology: [TopologyLink] = [], releases: [Release] = []
    ) {
        self.organizations = organizations
        self.accounts = accounts
        self.deployments = deployments
        self.contacts = contacts
        self.aliases = aliases
        self.topology = topology
        self.releases = releases
    }

    /// The names of companies, contracts and people.
    public var names: [RawText] {
        organizations.map { RawText($0.name) } + accounts.map { RawText($0.name) } + contacts.map(\.name)
    }
}
