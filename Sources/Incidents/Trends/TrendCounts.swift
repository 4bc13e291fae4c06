internal import Features
public import Records

/// Counts the lines of a log by what trends are asked of: signature, account, deployment, version, environment, service and hour.
///
/// The version of a line is what the line says, else the last release, on its deployment, of the component that its service has the name of, or of the product
/// (see ``ProductReleases``), else the version that the deployment is known by. The service counts where the version is its own, not the product's. A name
/// without a digit that no release bears, such as `latest`, stands for what these say, where they say something. One version counts as such where it is
/// written otherwise (see ``VersionOrder/spelling(of:)``). A line
/// that names several accounts counts for the first of them. A failing line counts under its signature, an ordinary one under none. Lines of batches that
/// were sent before are left out (see ``RepeatedLines``), and what is known of exposure stands for ordinary lines (see ``ExposureSpread``).
///
/// Memory is that of the cells, of ``KeyOwners`` and of what is added at a time.
public struct TrendCounts: Sendable {
    private let directory: CustomerDirectory
    private var versions: Versions
    private var resolver: LineResolver
    private var environments: [String] = []
    private let environmentOf: [Int32]
    private var exposures: [ExposureSpread.Known] = []
    private var repeated = RepeatedLines()
    /// The lines that were left out, as their batch had been sent before.
    public private(set) var repeatedLines = 0
    /// How far the exposures reach of what was taken last; nil without any.
    public private(set) var exposureCoverage: ExposureCoverage?
    private var scopes: [CountTable.Scope: Int32] = [:]
    private var order: [CountTable.Scope] = []
    /// The scope of the last line of an account and a service, and its number; -1 where there is none.
    ///
    /// A few accounts and services have one place.
    private var lastScopes: [(scope: CountTable.Scope, number: Int32)]
    /// The places of last scopes for services of an account, a power of two altogether, up to so many.
    private static let lastScopes = (services: 8, most: 1 << 16)
    private var cells: [CountTable.Cell] = []
    /// The cells at which equal ones are added up.
    private var most = 1 << 22
    /// The lines of a part from which on room is made for all cells at once.
    private static let many = 1 << 18

    /// The lines whose version is a name without a digit, for which that of their deployment is counted.
    public var linesOfUnnumberedVersions: Int { versions.linesOfStandIns }

    /// The components whose releases count nowhere: nothing tells which one gives the product its version, so that none does, and no service has their name.
    public var untoldComponents: [String] { versions.untoldComponents }

    /// Begins to count.
    ///
    /// - Parameters:
    ///   - directory: The customers.
    ///   - releases: What was put where, in any order.
    ///   - exposures: How much the product was used.
    public init(_ directory: CustomerDirectory, releases: [Release], exposures: [Exposure] = []) {
        self.directory = directory
        versions = Versions(directory, ProductReleases(releases, of: directory))
        resolver = LineResolver(directory)
        var environments: [String] = []
        environmentOf = directory.deployments.map { deployment in
            guard !deployment.environment.isEmpty else { return -1 }
            if let known = environments.firstIndex(of: deployment.environment) { return Int32(known) }
            environments.append(deployment.environment)
            return Int32(environments.count - 1)
        }
        self.environments = environments
        let accounts = directory.accounts.count + 1
        let places = max(accounts, min(Self.lastScopes.services * accounts, Self.lastScopes.most))
        lastScopes = Array(
            repeating: (CountTable.Scope(), -1), count: 1 << (Int.bitWidth - (places - 1).leadingZeroBitCount))
        self.exposures = exposures.map { resolved($0) }
    }

    private mutating func resolved(_ exposure: Exposure) -> ExposureSpread.Known {
        let account =
            exposure.account.flatMap { directory.accountIndex[$0] }.map { Int32(truncatingIfNeeded: $0) } ?? -1
        let deployment =
            exposure.deployment.flatMap { directory.deploymentIndex[$0] }.map { Int32(truncatingIfNeeded: $0) } ?? -1
        let version = exposure.version.map { versions.number(of: $0) }
        let scope = CountTable.Scope(
            account: account, deployment: deployment,
            version: version ?? versions.version(of: deployment, at: exposure.at.seconds),
            environment: deployment >= 0 ? environmentOf[Int(deployment)] : -1)
        return ExposureSpread.Known(
            part: CountTable.Scope(account: account, deployment: deployment, version: version ?? -1),
            time: exposure.at.seconds, value: exposure.count, scope: scope)
    }

    private mutating func number(of scope: CountTable.Scope) -> Int32 {
        if let known = scopes[scope] { return known }
        let number = Int32(truncatingIfNeeded: order.count)
        scopes[scope] = number
        order.append(scope)
        return number
    }

    /// Counts some lines.
    ///
    /// - Parameter sightings: What they say; the numbers of signatures, services and versions go on from call to call.
    public mutating func add(_ sightings: LogSightings) {
        // Before and not after, as the last cells are summed when they are taken.
        if cells.count > most {
            // Handed over, so that they are summed where they stand.
            cells = CountTable.summed(exchange(&cells, with: []))
            most = max(most, 2 * cells.count)
        }
        // To grow a large array costs a copy of all of it, and memory that nothing was written to costs nothing.
        if sightings.lines.count >= Self.many { cells.reserveCapacity(most + sightings.lines.count) }
        versions.take(sightings.versions, places: sightings.services)
        let clock = ClockOffsets(sightings)
        resolver.learn(sightings)
        let repeats = repeated.places(in: sightings)
        repeatedLines += repeats.count
        // Lines come in order of time but for a few: they are looked at in that order, as it is the one in which scopes are numbered.
        if Self.isInOrder(sightings.lines, clock) {
            for (index, line) in sightings.lines.enumerated() where repeats.isEmpty || !repeats.contains(index) {
                add(line, of: sightings, time: clock.seconds(of: line))
            }
        } else {
            var order = sightings.lines.enumerated().map { (time: clock.seconds(of: $1), index: $0) }
            order.sort { ($0.time, $0.index) < ($1.time, $1.index) }
            for place in order where !repeats.contains(place.index) {
                add(sightings.lines[place.index], of: sightings, time: place.time)
            }
        }
    }

    private static func isInOrder(_ lines: [LogSighting], _ clock: ClockOffsets) -> Bool {
        var last = -Double.infinity
        return lines.allSatisfy { line in
            let time = clock.seconds(of: line)
            defer { last = time }
            return time >= last
        }
    }

    private mutating func add(_ line: LogSighting, of sightings: LogSightings, time: Double) {
        guard line.signature >= 0 || !AccountLine.isFailure(line.severity) else { return }
        let (account, deployment) = resolver.first(line, of: sightings)
        let (version, service) = versions.version(
            stated: line.version, by: versions.service(ofPlace: line.place), of: deployment, at: time)
        let scope = CountTable.Scope(
            account: account, deployment: deployment, version: version,
            environment: deployment >= 0 ? environmentOf[Int(deployment)] : -1, service: service)
        let number = numberOfLast(scope)
        let cell = CountTable.Cell(
            signature: AccountLine.isFailure(line.severity) ? line.signature : -1, hour: Self.hour(time),
            scope: number, count: 1)
        if let last = cells.last, last.signature == cell.signature, last.hour == cell.hour, last.scope == number {
            cells[cells.count - 1].count += 1
        } else {
            cells.append(cell)
        }
    }

    /// The number of a scope, which is mostly that of the last line of its account and its service.
    private mutating func numberOfLast(_ scope: CountTable.Scope) -> Int32 {
        let place =
            (Int(scope.account) + 1 + (Int(scope.service) + 1) * (directory.accounts.count + 1))
            & (lastScopes.count - 1)
        let last = lastScopes[place]
        if last.number >= 0, last.scope == scope { return last.number }
        let number = number(of: scope)
        lastScopes[place] = (scope, number)
        return number
    }

    /// What was counted since the last call.
    ///
    /// - Parameters:
    ///   - signatures: The signatures with their ids and templates.
    ///   - numbers: For each number of a signature that was added its place among them, -1 for none; nil where they are the same.
    public mutating func take(_ signatures: [CountTable.Name], numbers: [Int32]? = nil) -> CountTable {
        // Handed on rather than copied, as there may be many millions.
        var taken = exchange(&cells, with: [])
        if let numbers {
            for index in taken.indices where taken[index].signature >= 0 {
                let number = Int(taken[index].signature)
                taken[index].signature = number < numbers.count ? numbers[number] : -1
                // Of a shape without a signature nothing is counted.
                if taken[index].signature < 0 { taken[index].count = 0 }
            }
        }
        // All indexes were given above, so that there is a table.
        let table =
            CountTable(
                signatures: signatures, accounts: directory.accounts.map(\.id),
                deployments: directory.deployments.map(\.id),
                versions: versions.names, environments: environments, services: versions.services, scopes: order,
                cells: consume taken)
            ?? CountTable()
        guard !exposures.isEmpty, let (exposed, coverage) = ExposureSpread.table(table, exposures) else { return table }
        exposureCoverage = coverage
        return exposed
    }

    private static func hour(_ seconds: Double) -> Int32 { Int32(clamping: Int64((seconds / 3_600).rounded(.down))) }
}
