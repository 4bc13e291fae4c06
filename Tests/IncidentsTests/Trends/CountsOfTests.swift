import Records
import Statistics

/// Counts that a test writes hour by hour.
struct CountsOfTests {
    /// Monday 2026-01-05T00:00Z, in hours since 1970.
    static let monday = 490_992

    var cells: [CountTable.Cell] = []
    private(set) var signatures: [CountTable.Name] = []
    private(set) var accounts: [String] = []
    private(set) var deployments: [String] = []
    private(set) var versions: [String] = []
    private(set) var environments: [String] = []
    private(set) var services: [String] = []
    private var scopes: [CountTable.Scope] = []

    /// - Parameters:
    ///   - signature: Its template; nil for ordinary lines.
    ///   - hour: From Monday on.
    mutating func add(
        _ signature: String?, _ hour: Int, _ count: Int, account: String? = nil, deployment: String? = nil,
        version: String? = nil,
        environment: String? = nil, service: String? = nil
    ) {
        guard count > 0 else { return }
        let scope = CountTable.Scope(
            account: Self.number(account, &accounts), deployment: Self.number(deployment, &deployments),
            version: Self.number(version, &versions), environment: Self.number(environment, &environments),
            service: Self.number(service, &services))
        if !scopes.contains(scope) { scopes.append(scope) }
        var index: Int32 = -1
        if let signature {
            if !signatures.contains(where: { $0.template == signature }) {
                signatures.append(CountTable.Name(id: "id of \(signature)", template: signature))
            }
            index = Int32(signatures.firstIndex { $0.template == signature } ?? -1)
        }
        cells.append(
            CountTable.Cell(
                signature: index, hour: Int32(Self.monday + hour), scope: Int32(scopes.firstIndex(of: scope) ?? 0),
                count: UInt32(count)))
    }

    private static func number(_ name: String?, _ names: inout [String]) -> Int32 {
        guard let name else { return -1 }
        if !names.contains(name) { names.append(name) }
        return Int32(names.firstIndex(of: name) ?? -1)
    }

    var table: CountTable {
        CountTable(
            signatures: signatures, accounts: accounts, deployments: deployments, versions: versions,
            environments: environments, services: services, scopes: scopes, cells: cells) ?? CountTable()
    }

    /// Ordinary lines and a failure that always goes on, of four accounts, for some days.
    mutating func addUsual(days: Int, perHour: Double = 2, seed: UInt64 = 1) {
        var generator = SplitMix64(seed: seed)
        for hour in 0..<24 * days {
            for account in ["a", "b", "c", "d"] {
                add(nil, hour, generator.poisson(mean: 50), account: account)
                add("usual failure", hour, generator.poisson(mean: perHour / 4), account: account)
            }
        }
    }
}
