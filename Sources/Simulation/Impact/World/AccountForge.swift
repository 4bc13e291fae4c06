/// Makes the accounts of a world.
///
/// The sizes are log-normal with σ from 1.0 to 1.5, so that the largest tenth has 39 to 59 % of the requests: on five real desks the
/// top 10 % of customers held 37 to 65 % of the tickets (tickets.md, section 5).
struct AccountForge {
    let isHard: Bool
    let habits: LogHabits
    let functions: [Function]
    private let sizeDeviation: Double
    private let idStyle: IdentifierStyle
    private let legacyStyle: IdentifierStyle
    private let userStyle: Int
    private let mainZone: Int

    init(isHard: Bool, habits: LogHabits, functions: [Function], _ draw: inout Draw) {
        self.isHard = isHard
        self.habits = habits
        self.functions = functions
        sizeDeviation = draw.uniform(1...1.5)
        idStyle = draw.one(of: IdentifierStyle.allCases)
        legacyStyle = draw.one(of: [.counter, .number, .code, .opaque])
        userStyle = draw.number(0...2)
        mainZone = draw.one(of: [-5, 0, 1, 2, 8])
    }

    func accounts(
        _ count: Int, of organizations: [ImpactOrganization], in deployments: inout [ImpactDeployment],
        sharedCount: Int,
        _ draw: inout Draw
    ) -> [ImpactAccount] {
        var names: [String] = []
        var owners: [Int] = []
        var accountsOf = [Int](repeating: 0, count: organizations.count)
        for index in 0..<count {
            let owner = index < organizations.count ? index : draw.number(0...organizations.count - 1)
            accountsOf[owner] += 1
            owners.append(owner)
            let branch = draw.one(of: ["North", "Test", "EMEA", "Two", "Retail", "Labs", "West", "Holding"])
            let suffix = accountsOf[owner] == 1 ? "" : " \(branch) \(accountsOf[owner])"
            names.append(organizations[owner].name + suffix)
        }
        let ids = idStyle.ids(for: names, &draw)
        let legacyIds = legacyStyle.ids(for: names, &draw)
        var taken: Set<String> = Set(ids)
        let baseDomain = CompanyNames.root(&draw).lowercased() + draw.one(of: [".io", ".app", ".com", ".cloud"])
        var accounts: [ImpactAccount] = []
        for index in 0..<count {
            let slug = IdentifierStyle.slug(names[index])
            let tier = draw.index(weights: [0.5, 0.35, 0.15])
            let activity = draw.logNormal(median: 1, deviation: sizeDeviation)
            let homes = Self.homes(index, deployments, sharedCount: sharedCount, &draw)
            let domain =
                IdentifierStyle.slug(organizations[owners[index]].name).replacing("-", with: draw.one(of: ["", "-"]))
                + draw.one(of: [".com", ".de", ".co.uk", ".org", ".fr", ".eu"])
            var workspace = slug.split(separator: "-").prefix(2).joined(separator: draw.one(of: ["-", "_", ""]))
            while !taken.insert(workspace).inserted { workspace += draw.digits(2) }
            accounts.append(
                ImpactAccount(
                    id: ids[index], organization: owners[index], name: names[index],
                    tier: [["basic", "pro", "enterprise"], ["bronze", "silver", "gold"]][userStyle % 2][tier],
                    // The contract grows with the use, loosely.
                    annualValue: (draw.logNormal(median: 6_000 * Double(1 + 2 * tier), deviation: 0.8)
                        * activity.squareRoot() / 100).rounded() * 100,
                    slaHours: [24, 8, 4][tier], legacyId: legacyIds[index], workspace: workspace,
                    subdomain: workspace.replacing("_", with: "-") + "." + baseDomain, domain: domain,
                    network: "\(draw.number(11...223)).\(draw.number(0...255)).\(index % 256)",
                    users: users(of: domain, activity: activity, &draw), deployments: homes, activity: activity,
                    zone: draw.chance(0.7) ? mainZone : draw.number(-8...9),
                    officeShare: draw.one(of: [0.3, 0.7, 0.9]),
                    functionWeights: functions.map { $0.weight * draw.logNormal(median: 1, deviation: 0.7) },
                    mishaps: draw.logNormal(median: 1, deviation: 0.7),
                    hiddenShare: isHard ? (draw.chance(0.15) ? 0.7 : 0.1) : 0,
                    shard: draw.number(0...ImpactWorld.shards - 1)))
            for home in homes { deployments[home].accounts.append(index) }
        }
        return accounts
    }

    /// Most accounts share a deployment; a dedicated one has one to three.
    private static func homes(
        _ index: Int, _ deployments: [ImpactDeployment], sharedCount: Int, _ draw: inout Draw
    ) -> [Int] {
        let dedicated = Array(deployments.indices.dropFirst(sharedCount))
        if index < dedicated.count { return [dedicated[index]] }
        if !dedicated.isEmpty, draw.chance(0.08) { return [draw.one(of: dedicated)] }
        let first = draw.index(weights: (0..<sharedCount).map { 1 / Double($0 + 2) })
        if draw.chance(0.1), sharedCount > 1 { return [first, (first + 1) % sharedCount] }
        return [first]
    }

    private func users(of domain: String, activity: Double, _ draw: inout Draw) -> [ImpactAccount.User] {
        (0..<1 + min(25, draw.poisson(3 * activity.squareRoot()))).map { _ in
            let (first, last) = CompanyNames.person(&draw)
            let names = (first.lowercased(), last.lowercased())
            let local = ["\(names.0).\(names.1)", "\(names.0.prefix(1))\(names.1)", names.1][userStyle]
            let mail = local + draw.one(of: ["", "", draw.digits(2)]) + "@" + domain
            let id =
                switch habits.usersAre {
                case .mail: mail
                case .number: draw.text(1, of: "123456789") + draw.digits(6)
                case .uuid: draw.uuid()
                case .login: String(names.0.prefix(1)) + names.1 + draw.digits(4)
                }
            let contact = draw.chance(0.5) ? "k" + draw.hexWord(8) : nil
            return ImpactAccount.User(id: id, mail: mail, name: "\(first) \(last)", contact: contact)
        }
    }
}
