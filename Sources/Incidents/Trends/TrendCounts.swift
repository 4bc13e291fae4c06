internal import Features
public import Records

/// Counts the lines of a log by what trends are asked of: signature, account, deployment, version, environment and hour.
public enum TrendCounts {
    /// Counts what was read of a desk.
    ///
    /// The version of a line is what the line says, else the release that its deployment last had then, else the version that the deployment is known by. A
    /// line that names several accounts counts for the first of them. A failing line counts under its signature, an ordinary one under none.
    ///
    /// - Parameters:
    ///   - sightings: What the lines say.
    ///   - signatures: For each number of a signature its id and template.
    ///   - directory: The customers.
    ///   - releases: What was put where, in any order.
    public static func table(
        _ sightings: LogSightings, signatures: [CountTable.Name], directory: CustomerDirectory, releases: [Release]
    ) -> CountTable {
        let lines = AccountLines(sightings, directory).lines
        let versions = Versions(sightings.versions, directory, releases)
        var environments: [String] = []
        let environmentOf = directory.deployments.map { deployment -> Int32 in
            guard !deployment.environment.isEmpty else { return -1 }
            if let known = environments.firstIndex(of: deployment.environment) { return Int32(known) }
            environments.append(deployment.environment)
            return Int32(environments.count - 1)
        }
        var scopes: [CountTable.Scope: Int32] = [:]
        var order: [CountTable.Scope] = []
        var cells: [CountTable.Cell] = []
        for line in lines where !line.isRepeat && (line.signature >= 0 || !line.isFailure) {
            let scope = CountTable.Scope(
                account: line.account, deployment: line.deployment, version: versions.version(of: line),
                environment: line.deployment >= 0 ? environmentOf[Int(line.deployment)] : -1)
            let number = scopes[scope] ?? Int32(truncatingIfNeeded: order.count)
            if Int(number) == order.count {
                scopes[scope] = number
                order.append(scope)
            }
            cells.append(
                CountTable.Cell(
                    signature: line.isFailure ? line.signature : -1, hour: hour(line.time), scope: number, count: 1))
        }
        // All indexes were given above, so that there is a table.
        return CountTable(
            signatures: signatures, accounts: directory.accounts.map(\.id),
            deployments: directory.deployments.map(\.id),
            versions: versions.names, environments: environments, scopes: order, cells: cells) ?? CountTable()
    }

    static func hour(_ seconds: Double) -> Int32 { Int32(clamping: Int64((seconds / 3_600).rounded(.down))) }

    /// The names of versions, and which one a line is of.
    private struct Versions {
        private(set) var names: [String]
        private var numbers: [String: Int32]
        /// For each deployment its releases in order of time.
        private var ofDeployment: [[(time: Double, version: Int32)]]
        private var known: [Int32]

        init(_ names: [String], _ directory: CustomerDirectory, _ releases: [Release]) {
            self.names = names
            numbers = Dictionary(names.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
            ofDeployment = [[(time: Double, version: Int32)]](repeating: [], count: directory.deployments.count)
            known = []
            for deployment in directory.deployments {
                known.append(deployment.version.isEmpty ? -1 : number(of: deployment.version))
            }
            let indexes = Dictionary(
                directory.deployments.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
            for release in releases.sorted(by: { $0.deployedAt < $1.deployedAt }) {
                let item = (time: release.deployedAt.seconds, version: number(of: release.version))
                if let id = release.deployment {
                    if let index = indexes[id] { ofDeployment[index].append(item) }
                } else {
                    for index in ofDeployment.indices { ofDeployment[index].append(item) }
                }
            }
        }

        private mutating func number(of name: String) -> Int32 {
            if let known = numbers[name] { return known }
            let number = Int32(truncatingIfNeeded: names.count)
            names.append(name)
            numbers[name] = number
            return number
        }

        func version(of line: AccountLine) -> Int32 {
            if line.version >= 0 { return line.version }
            guard line.deployment >= 0 else { return -1 }
            let releases = ofDeployment[Int(line.deployment)]
            return releases.last { $0.time <= line.time }?.version ?? known[Int(line.deployment)]
        }
    }
}
