/// A customer context with every id that it mentions, and the links between them by index.
///
/// An account or deployment that only other records mention is in it, with nothing but its id.
public struct CustomerDirectory: Sendable {
    /// The accounts, those with a record first.
    public let accounts: [Account]
    /// The deployments.
    public let deployments: [Deployment]
    /// The organisations.
    public let organizations: [Organization]
    /// For each account its index by id.
    public let accountIndex: [String: Int]
    /// For each deployment its index by id.
    public let deploymentIndex: [String: Int]
    /// For each account the index of its organisation; nil when it has none.
    public let organizationOfAccount: [Int?]
    /// For each account the indexes of its deployments, rising.
    public let deploymentsOfAccount: [[Int]]
    /// For each deployment the indexes of its accounts, rising.
    public let accountsOfDeployment: [[Int]]
    /// For each host the indexes of the deployments that have it, rising.
    public let deploymentsOfHost: [String: [Int]]
    /// The context that it was made of.
    public let context: CustomerContext

    /// Creates a directory; of records that repeat an id the last one counts.
    public init(_ context: CustomerContext) {
        self.context = context
        var accounts = Indexed<Account>()
        var organizations = Indexed<Organization>()
        for item in context.organizations { organizations.put(item, id: item.id) }
        for item in context.accounts {
            accounts.put(item, id: item.id)
            if let id = item.organization { organizations.mention(id) { Organization(id: id) } }
        }
        for id in context.aliases.map(\.account) + context.contacts.compactMap(\.account) {
            accounts.mention(id) { Account(id: id) }
        }
        var deployments = Indexed<Deployment>()
        for item in context.deployments {
            deployments.put(item, id: item.id)
            for id in item.accounts { accounts.mention(id) { Account(id: id) } }
        }
        for id in context.releases.compactMap(\.deployment) { deployments.mention(id) { Deployment(id: id) } }
        var deploymentsOfAccount = [[Int]](repeating: [], count: accounts.items.count)
        var accountsOfDeployment = [[Int]](repeating: [], count: deployments.items.count)
        var deploymentsOfHost: [String: [Int]] = [:]
        for (deployment, item) in deployments.items.enumerated() {
            let users = Set(item.accounts.compactMap { accounts.index[$0] }).sorted()
            accountsOfDeployment[deployment] = users
            for account in users { deploymentsOfAccount[account].append(deployment) }
            for host in Set(item.hosts) { deploymentsOfHost[host, default: []].append(deployment) }
        }
        self.accounts = accounts.items
        self.organizations = organizations.items
        self.deployments = deployments.items
        accountIndex = accounts.index
        deploymentIndex = deployments.index
        organizationOfAccount = accounts.items.map { $0.organization.flatMap { organizations.index[$0] } }
        self.deploymentsOfAccount = deploymentsOfAccount
        self.accountsOfDeployment = accountsOfDeployment
        self.deploymentsOfHost = deploymentsOfHost
    }
}

/// Items in the order in which their ids came.
private struct Indexed<Item> {
    var items: [Item] = []
    var index: [String: Int] = [:]

    mutating func put(_ item: Item, id: String) {
        if let known = index[id] {
            items[known] = item
        } else {
            index[id] = items.count
            items.append(item)
        }
    }

    mutating func mention(_ id: String, _ unknown: () -> Item) {
        if index[id] == nil { put(unknown(), id: id) }
    }
}
