/// What is contradictory, doubtful or missing in what is known of customers; none of it keeps anything from working.
public struct ContextReview: Sendable, Hashable {
    /// A name that several accounts claim, so that it is weak evidence for each.
    public struct SharedName: Sendable, Hashable {
        /// The name, as the first of them writes it.
        public var name: String
        /// The ids of the accounts, in the order of their letters.
        public var accounts: [String]

        /// Creates a shared name.
        public init(name: String, accounts: [String]) {
            self.name = name
            self.accounts = accounts
        }
    }

    /// Facts of which sources say different things.
    public var conflicts: [FactConflict] = []
    /// Names that several accounts claim.
    public var sharedNames: [SharedName] = []
    /// Components, services or hosts that need each other in a circle.
    public var cycles: [[String]] = []
    /// Ids of accounts of which no organisation is known.
    public var accountsWithoutOrganization: [String] = []
    /// Ids of accounts that other records mention and that have no record.
    public var unknownAccounts: [String] = []
    /// Ids of organisations that accounts mention and that have no record.
    public var unknownOrganizations: [String] = []
    /// Ids of deployments that releases mention and that have no record.
    public var unknownDeployments: [String] = []
    /// Ids of accounts that use no deployment that is known.
    public var accountsWithoutDeployment: [String] = []
    /// Ids of contacts of which no account is known.
    public var contactsWithoutAccount: [String] = []

    /// Looks through what is known.
    ///
    /// - Parameter facts: What the sources say.
    public init(_ facts: CustomerFacts) {
        let context = facts.context
        let directory = CustomerDirectory(context)
        conflicts = facts.conflicts
        cycles = TopologyCycles.find(context.topology)
        let accounts = Set(context.accounts.map(\.id))
        let organizations = Set(context.organizations.map(\.id))
        let deployments = Set(context.deployments.map(\.id))
        for (index, account) in directory.accounts.enumerated() {
            if !accounts.contains(account.id) { unknownAccounts.append(account.id) }
            if account.organization == nil { accountsWithoutOrganization.append(account.id) }
            if directory.deploymentsOfAccount[index].isEmpty { accountsWithoutDeployment.append(account.id) }
        }
        unknownOrganizations = directory.organizations.map(\.id).filter { !organizations.contains($0) }
        unknownDeployments = directory.deployments.map(\.id).filter { !deployments.contains($0) }
        contactsWithoutAccount = context.contacts.filter { $0.account == nil }.map(\.id)
        sharedNames = Self.sharedNames(directory)
    }

    private static func sharedNames(_ directory: CustomerDirectory) -> [SharedName] {
        var claims: [Claimed: (name: String, accounts: Set<String>)] = [:]
        var order: [Claimed] = []
        func claim(_ name: String, _ account: String, _ key: Claimed) {
            if claims[key] == nil { order.append(key) }
            claims[key, default: (name, [])].accounts.insert(account)
        }
        func claim(_ name: String, _ account: String) {
            let hash = NameHash(name.utf8)
            if hash.count > 0 { claim(name, account, .name(hash.finished)) }
        }
        for account in directory.accounts {
            claim(account.id, account.id)
            claim(account.name, account.id)
        }
        for alias in directory.context.aliases {
            if let range = AddressRange(alias.value) {
                claim(alias.value, alias.account, .range(range))
            } else {
                claim(alias.value, alias.account)
            }
        }
        return order.compactMap { key in
            guard let claim = claims[key], claim.accounts.count > 1 else { return nil }
            return SharedName(name: claim.name, accounts: claim.accounts.sorted())
        }
    }

    private enum Claimed: Hashable {
        case name(UInt64)
        case range(AddressRange)
    }
}
