/// Everything that stands still in a simulated desk: the product, who uses it and where it runs.
struct ImpactWorld {
    let product: Product
    let habits: LogHabits
    let organizations: [ImpactOrganization]
    let accounts: [ImpactAccount]
    let deployments: [ImpactDeployment]
    /// The first and the last second of the desk, since 1970 UTC.
    let start: Double
    let end: Double
    let size: WorldSize
    /// The parts that a deployment keeps the data of its accounts in.
    static let shards = 4

    init(scenario: ImpactScenario, grade: ImpactGrade, _ draw: inout Draw) {
        let isHard = grade == .hard
        let isSparse = scenario == .missingIds
        let size = WorldSize(scenario: scenario, isHard: isHard, &draw)
        let product = Product(namesAccounts: NamingHabits(isHard: isHard, isSparse: isSparse, &draw), &draw)
        let habits = LogHabits(isHard: isHard, needsObservedTime: isHard || scenario == .clockSkew, &draw)
        // Any day of 2024 or 2025, at midnight UTC.
        let start = 1_704_067_200 + Double(draw.number(0...720)) * 86_400
        self.init(size: size, product: product, habits: habits, start: start, isHard: isHard, &draw)
    }

    /// Draws the customers and the deployments of a product; `start` is a midnight in UTC.
    init(
        size: WorldSize, product: Product, habits: LogHabits, start: Double, isHard: Bool, _ draw: inout Draw
    ) {
        self.size = size
        self.product = product
        self.habits = habits
        self.start = start
        end = start + Double(size.days) * 86_400
        let regions = draw.some(size.regions, of: Self.regions)
        var deployments = Self.deployments(
            size, regions: regions, services: product.services.count, habits: habits, &draw)
        organizations = Self.organizations(forAccounts: size.accounts, &draw)
        let people = AccountForge(isHard: isHard, habits: habits, functions: product.functions, &draw)
        accounts = people.accounts(
            size.accounts, of: organizations, in: &deployments, sharedCount: size.sharedDeployments, &draw)
        self.deployments = deployments
    }

    private static let regions = [
        "eu-central-1", "us-east", "ap-south-1", "westeurope", "europe-west4", "fra", "nyc3", "sa-east-1", "uk-south",
        "tokyo",
    ]
    private static let segments = ["enterprise", "mid-market", "small business", "public sector", "partner"]

    private static func organizations(forAccounts count: Int, _ draw: inout Draw) -> [ImpactOrganization] {
        var names: [String] = []
        var taken: Set<String> = []
        while names.count < max(1, count * 4 / 5) {
            let name = CompanyNames.company(&draw)
            if taken.insert(IdentifierStyle.slug(name)).inserted { names.append(name) }
        }
        let ids = draw.one(of: IdentifierStyle.allCases).ids(for: names, &draw)
        return zip(ids, names).map {
            ImpactOrganization(id: $0, name: $1, segment: draw.one(of: segments))
        }
    }

    private static func deployments(
        _ size: WorldSize, regions: [String], services: Int, habits: LogHabits, _ draw: inout Draw
    ) -> [ImpactDeployment] {
        let count = size.sharedDeployments + size.dedicatedDeployments + size.customisedDeployments
        let style = draw.number(0...3)
        let version = (draw.number(1...9), draw.number(0...30))
        let domain = CompanyNames.root(&draw).lowercased() + draw.one(of: [".internal", ".local", ".net", ".cloud"])
        var taken: Set<String> = []
        return (0..<count).map { index in
            // Two shared deployments stand in the same region before a third stands elsewhere.
            let region = index < size.sharedDeployments ? regions[index / 2 % regions.count] : draw.one(of: regions)
            let kind = index < size.sharedDeployments ? "shared" : "ded"
            let id =
                switch style {
                case 0: "\(region)-\(kind)-\(index + 1)"
                case 1: "d\(DeskNames.padded(index * 3 + 11, 3))"
                case 2: draw.uuid()
                default: "\(draw.one(of: ["prod", "live", "cell", "stack"]))\(index + 1)"
                }
            var hosts: [String] = []
            let wanted = draw.number(index < size.sharedDeployments ? 4...8 : 2...4)
            while hosts.count < wanted {
                let host = habits.hosts.host(hosts.count, of: id, region: region, &draw)
                if taken.insert(host).inserted { hosts.append(host) }
            }
            let hostsOfService = (0..<services).map { _ in draw.some(draw.number(1...3), of: Array(hosts.indices)) }
            let patch = draw.chance(0.7) ? 0 : draw.number(1...3)
            return ImpactDeployment(
                id: id, environment: draw.chance(0.9) ? "production" : "staging", region: region,
                version: "\(version.0).\(version.1).\(patch)", hosts: hosts, domain: domain, accounts: [],
                isCustomised: index >= count - size.customisedDeployments, hostsOfService: hostsOfService)
        }
    }
}
