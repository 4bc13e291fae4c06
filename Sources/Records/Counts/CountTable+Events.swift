internal import FoundationEssentials

extension CountTable {
    /// For each part of a scope the keys that tell it, the best first.
    private static let keys = (
        account: ["account", "tenant", "organization"], deployment: ["deployment", "host.name"],
        version: ["service.version"],
        environment: ["deployment.environment.name", "deployment.environment"], service: ["service.name"]
    )

    /// Takes what was counted as logs were taken in: by minute, shape, scope and severity.
    ///
    /// A warning or worse, and a record that does not say how bad it is, counts under its signature, any other one as an ordinary line.
    ///
    /// - Parameters:
    ///   - events: The counts.
    ///   - scopes: The scopes by their numbers, each an object of JSON.
    ///   - signatures: The signatures.
    ///   - signatureOfShape: For each number of a shape that of its signature, -1 for none.
    public init(events: [EventCount], scopes texts: [RedactedText], signatures: [Name], signatureOfShape: [Int32]) {
        var accounts: [String] = []
        var deployments: [String] = []
        var versions: [String] = []
        var environments: [String] = []
        var services: [String] = []
        var numbers = [[String: Int32]](repeating: [:], count: 5)
        func number(_ members: [String: String], _ keys: [String], _ place: Int, _ names: inout [String]) -> Int32 {
            guard let name = keys.lazy.compactMap({ members[$0] }).first, !name.isEmpty else { return -1 }
            if let known = numbers[place][name] { return known }
            let number = Int32(truncatingIfNeeded: names.count)
            numbers[place][name] = number
            names.append(name)
            return number
        }
        // The last scope stands for records without one.
        let scopes = (texts.map(\.string) + ["{}"]).map { text in
            let members = (try? JSONDecoder().decode([String: String].self, from: Data(text.utf8))) ?? [:]
            return Scope(
                account: number(members, Self.keys.account, 0, &accounts),
                deployment: number(members, Self.keys.deployment, 1, &deployments),
                version: number(members, Self.keys.version, 2, &versions),
                environment: number(members, Self.keys.environment, 3, &environments),
                service: number(members, Self.keys.service, 4, &services))
        }
        let cells = events.compactMap { event -> Cell? in
            let isFailure = event.key.severity >= 13 || event.key.severity == 0
            let shape = Int(event.key.shape)
            let known = signatureOfShape.indices.contains(shape) ? signatureOfShape[shape] : -1
            guard !isFailure || known >= 0 else { return nil }
            let scope = scopes.indices.contains(Int(event.key.scope)) ? event.key.scope : Int32(scopes.count - 1)
            return Cell(
                signature: isFailure ? known : -1,
                hour: event.key.minute >= 0 ? event.key.minute / 60 : (event.key.minute - 59) / 60, scope: scope,
                count: UInt32(clamping: event.records))
        }
        self =
            CountTable(
                signatures: signatures, accounts: accounts, deployments: deployments, versions: versions,
                environments: environments, services: services, scopes: scopes, cells: cells) ?? CountTable()
    }
}
