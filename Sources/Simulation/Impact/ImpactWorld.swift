import Statistics

/// The customers of a simulated desk and what they use.
struct ImpactWorld: Sendable {
    struct Account: Sendable {
        var id: String
        var organization: Int
        var name: String
        var workspace: String
        var legacyId: String
        var domain: String
        /// The first three numbers of its network.
        var network: String
        var tier: String
        var value: Double
        var slaHours: Double
        var deployment: Int
        /// Its requests an hour on a usual hour.
        var rate: Double
        /// By how many hours its day is earlier.
        var zone: Double
        /// Whether lines never name it.
        var isNeverNamed: Bool
        /// How likely it writes when it is hurt.
        var writes: Double
    }

    struct Deployment: Sendable {
        var id: String
        var region: String
        var version: String
        var hosts: [String]
        var isCustomised: Bool
    }

    var habits: Habits
    var services: [String]
    var organizations: [(name: String, value: Double, segment: String)]
    var accounts: [Account]
    var deployments: [Deployment]

    static let tiers: [(name: String, sla: Double)] = [
        ("basic", 72), ("standard", 24), ("premium", 8), ("strategic", 4),
    ]

    init(_ scenario: ImpactScenario, _ grade: ImpactGrade, using generator: inout some RandomNumberGenerator) {
        habits = Habits(using: &generator)
        services = Array(ImpactNames.services.shuffled(using: &generator).prefix(6 + generator.index(5)))
        let shared = 4 + generator.index(4)
        let own = scenario == .customisedDeployment ? 8 : 2 + generator.index(4)
        deployments = (0..<shared + own).map { index in
            let region = generator.pick(ImpactNames.regions)
            let hosts = 1 + generator.index(index < shared ? 5 : 2)
            let stem = generator.pick(["node", "web", "app", "k8s", "vm"]) + "-\(index)"
            return Deployment(
                id: generator.pick(["prod", "cell", "stack", "cl"]) + "-\(region)-\(index)", region: region,
                version: "\(3 + generator.index(2)).\(generator.index(12)).\(generator.index(6))",
                hosts: (0..<hosts).map { "\(stem)-\($0).\(region).internal" }, isCustomised: index >= shared)
        }
        organizations = []
        accounts = []
        var names: Set<String> = []
        let count = shared * (10 + generator.index(12)) + own
        while accounts.count < count {
            let name = ImpactNames.company(using: &generator)
            guard names.insert(name).inserted else { continue }
            let value = generator.logNormal(logMean: 10.3, logStandardDeviation: 1.2).rounded()
            organizations.append((name, value, value > 60_000 ? "enterprise" : "business"))
            // Some organisations have a workspace for each of their parts.
            let parts = generator.uniform() < 0.15 ? 2 : 1
            for part in 0..<parts where accounts.count < count {
                let index = accounts.count
                let slug = name.lowercased().split(separator: " ").joined(separator: "-") + (part > 0 ? "-\(part)" : "")
                let tier = Self.tiers[min(3, Int(max(0, (value / 12_000).squareRoot() - 0.3)))]
                accounts.append(
                    Account(
                        id: Self.id(habits, index, slug, using: &generator), organization: organizations.count - 1,
                        name: name + (part > 0 ? " Retail" : ""), workspace: slug,
                        legacyId: "L\(generator.index(9_000_000) + 1_000_000)",
                        domain: name.lowercased().split(separator: " ").joined() + (part > 0 ? "\(part)" : "")
                            + ".example",
                        network: "10.\(100 + index / 250).\(index % 250)", tier: tier.name,
                        value: (value / Double(parts)).rounded(), slaHours: tier.sla,
                        deployment: index < own ? shared + index : generator.index(shared),
                        rate: min(40, generator.logNormal(logMean: 0.9, logStandardDeviation: 0.9)),
                        zone: Double(generator.index(3)) * 4,
                        isNeverNamed: grade == .hard && generator.uniform() < 0.08,
                        writes: scenario == .silentSufferers ? 0.08 : grade == .easy ? 0.6 : 0.35))
            }
        }
    }

    private static func id(
        _ habits: Habits, _ index: Int, _ slug: String, using generator: inout some RandomNumberGenerator
    ) -> String {
        switch habits.idStyle {
        case .prefixedNumber: return habits.idPrefix + DeskNames.padded(index * 7 + 12, habits.idWidth)
        case .plainNumber: return String(10_000 + index * 37)
        case .uuid:
            let digits = Phrase.hexadecimal(32, using: &generator)
            var text = ""
            for (place, digit) in digits.enumerated() {
                if [8, 12, 16, 20].contains(place) { text += "-" }
                text.append(digit)
            }
            return text
        case .slug: return slug
        case .code:
            let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZ")
            let stem = String((0..<3).map { _ in letters[generator.index(letters.count)] })
            return "\(stem)-\(generator.index(9))\(letters[generator.index(letters.count)])\(index)"
        }
    }
}
