internal import Records

extension CountTable {
    /// What a place is used in an hour, where nothing tells it: enough that an hour tells its version (see ``VersionTimeline``).
    private static let unit = 100
    /// The cells that are estimated at most, so that many places over years take no more than 128 MB; where there were more, several hours are one.
    private static let mostEstimated = 1 << 23

    /// The table with an estimate of exposure where it has neither an ordinary line nor an exposure: each place is used as much in each hour from its first
    /// line to its last one, with the version that most of its lines of the hour, or of the last one with any, name.
    ///
    /// - Complexity: O(n log n) in the cells, and O(places · hours) up to a limit.
    var withTimeAsExposure: CountTable {
        guard cells(of: -1).isEmpty, !cells.isEmpty else { return self }
        let placed = PlacedCells(cells[...], of: self)
        let lines = placed.places.indices.map { place in
            HourlyLines(placed[place].sorted { $0.hour < $1.hour }[...])
        }
        let hours = lines.reduce(0) { $0 + (($1.all.hours.last ?? -1) - ($1.all.hours.first ?? 0) + 1) }
        let step = hours / Self.mostEstimated + 1
        var scopes = scopes
        var cells = cells
        for (place, own) in zip(placed.places, lines) {
            var numbers: [Int32: Int32] = [:]
            for (index, first) in own.all.hours.enumerated() {
                let version = own.leaders[index]
                if numbers[version] == nil {
                    numbers[version] = Int32(truncatingIfNeeded: scopes.count)
                    scopes.append(
                        Scope(
                            account: place.account, deployment: place.deployment, version: version,
                            environment: place.environment, service: place.service))
                }
                guard let scope = numbers[version] else { continue }
                let next = index + 1 < own.all.hours.count ? own.all.hours[index + 1] : first + 1
                // Where several hours are one, they begin at the same ones whenever lines came.
                for hour in stride(from: (first + step - 1) / step * step, to: next, by: step) {
                    cells.append(
                        Cell(
                            signature: -1, hour: Int32(truncatingIfNeeded: hour), scope: scope,
                            count: UInt32(clamping: Self.unit * step)))
                }
            }
        }
        // All indexes are those of names.
        return CountTable(
            signatures: signatures, accounts: accounts, deployments: deployments, versions: versions,
            environments: environments, services: services, scopes: scopes, cells: cells) ?? self
    }
}
