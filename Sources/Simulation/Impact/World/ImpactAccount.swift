/// One account of a simulated world, with everything that a log may call it.
struct ImpactAccount {
    var id: String
    var organization: Int
    var name: String
    var tier: String
    var annualValue: Double
    var slaHours: Double
    var legacyId: String
    var workspace: String
    var subdomain: String
    var domain: String
    /// The first three numbers of its IPv4 addresses.
    var network: String
    var users: [User]
    var deployments: [Int]
    /// Its requests, in proportion to those of the others.
    var activity: Double
    /// Hours to add to UTC for the clock on its walls.
    var zone: Int
    /// The share of its use that keeps office hours.
    var officeShare: Double
    /// Its use of each function, in proportion.
    var functionWeights: [Double]
    /// How often something goes wrong for it on a good day, in proportion to the others.
    var mishaps: Double
    /// The share of its records that would name it and do not.
    var hiddenShare: Double
    /// The part of a deployment that holds its data.
    var shard: Int

    struct User {
        var id: String
        var mail: String
        var name: String
        /// The id as a contact; nil when the desk does not know the user.
        var contact: String?
    }

    /// Its name in a form, by a user of its.
    func called(_ form: AccountForm, user: User, host: Int) -> String {
        switch form {
        case .id: id
        case .legacyId: legacyId
        case .workspace: workspace
        case .subdomain: "https://\(subdomain)/"
        case .mail: user.mail
        case .address: "\(network).\(host)"
        case .name: name
        }
    }
}

/// A customer company of a simulated world.
struct ImpactOrganization {
    var id: String
    var name: String
    var segment: String
}

/// An installation of a simulated product.
struct ImpactDeployment {
    var id: String
    var environment: String
    var region: String
    var version: String
    var hosts: [String]
    /// The domain that records may add to its hosts.
    var domain: String
    var accounts: [Int]
    var isCustomised: Bool
    /// The hosts of each service, as indices.
    var hostsOfService: [[Int]]
}
