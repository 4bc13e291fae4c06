internal import Records

/// The versions that followed others, as the lines of a table tell it.
struct Rollouts {
    let table: CountTable
    let all: [Rollout]

    /// A version that was seen for fewer hours than this on a deployment before another one came never ran there.
    private static let fewestHours = 2

    init(_ table: CountTable, hoursAfter: Int, hoursBefore: Int) {
        self.table = table
        // Where a version ran, and in which hours, by ordinary lines: they tell nothing of errors.
        var ran: [Place: [Int32: (first: Int32, hours: Int32)]] = [:]
        for cell in table.cells(of: -1) {
            let scope = table.scopes[Int(cell.scope)]
            guard scope.version >= 0, let place = Place(scope) else { continue }
            var known = ran[place, default: [:]][scope.version] ?? (cell.hour, 0)
            known.first = min(known.first, cell.hour)
            known.hours += 1
            ran[place, default: [:]][scope.version] = known
        }
        var groups: [Rollout.Key: [Place: Int32]] = [:]
        for (place, versions) in ran {
            let order = versions.filter { $0.value.hours >= Self.fewestHours }.sorted {
                ($0.value.first, $0.key) < ($1.value.first, $1.key)
            }
            for (earlier, later) in zip(order, order.dropFirst()) {
                let key = Rollout.Key(version: later.key, before: earlier.key, environment: place.environment)
                groups[key, default: [:]][place] = later.value.first
            }
        }
        let found = groups.map { Rollout($0, starts: $1, table, hoursAfter: hoursAfter, hoursBefore: hoursBefore) }
        all = found.sorted {
            ($0.start, $0.version, $0.before, $0.environment) < ($1.start, $1.version, $1.before, $1.environment)
        }
    }
}

/// Where a version runs: a deployment or, where none is known, an account.
struct Place: Hashable {
    let deployment: Int32
    let account: Int32
    let environment: Int32

    init?(_ scope: CountTable.Scope) {
        guard scope.deployment >= 0 || scope.account >= 0 else { return nil }
        deployment = scope.deployment
        account = scope.deployment >= 0 ? -1 : scope.account
        environment = scope.environment
    }
}

/// A version that followed another one in an environment.
struct Rollout {
    struct Key: Hashable {
        let version: Int32
        let before: Int32
        let environment: Int32
    }

    /// What is added up: on upgraded deployments after and before, and on the others at the same time.
    struct Sums {
        var after = 0.0
        var before = 0.0
        var controlAfter = 0.0
        var controlBefore = 0.0
        /// The lines before, by day.
        var days: [Int32: Double] = [:]

        /// The variance of the lines of a day before by their mean, with some residuals of the prior.
        func dispersion(prior: (mean: Double, weight: Double)) -> Double {
            guard let first = days.keys.min(), let last = days.keys.max(), last > first else { return prior.mean }
            let count = Double(last - first + 1)
            let mean = before / count
            let squares = (first...last).reduce(0) { sum, day in
                let distance = (days[day] ?? 0) - mean
                return sum + distance * distance / mean
            }
            return (squares + prior.mean * prior.weight) / (count - 1 + prior.weight)
        }
    }

    let version: Int32
    let before: Int32
    let environment: Int32
    /// The first hour, since 1970 UTC.
    let start: Int32
    /// The ordinary lines.
    private(set) var exposure = Sums()
    private let starts: [Place: Int32]
    private let hoursAfter: Int
    private let hoursBefore: Int

    init(_ key: Key, starts: [Place: Int32], _ table: CountTable, hoursAfter: Int, hoursBefore: Int) {
        version = key.version
        before = key.before
        environment = key.environment
        self.starts = starts
        self.hoursAfter = hoursAfter
        self.hoursBefore = hoursBefore
        start = starts.values.min() ?? 0
        for cell in table.cells(of: -1) { add(cell, table, to: &exposure) }
    }

    /// The lines of a signature; nil when it came neither before nor after on what was upgraded.
    func sums(of signature: Int32, _ rollouts: Rollouts) -> Sums? {
        var sums = Sums()
        for cell in rollouts.table.cells(of: signature) { add(cell, rollouts.table, to: &sums) }
        return sums.after + sums.before > 0 ? sums : nil
    }

    private func add(_ cell: CountTable.Cell, _ table: CountTable, to sums: inout Sums) {
        let scope = table.scopes[Int(cell.scope)]
        guard let place = Place(scope) else { return }
        let count = Double(cell.count)
        if let start = starts[place] {
            if scope.version == version, cell.hour >= start, Int(cell.hour) - Int(start) < hoursAfter {
                sums.after += count
            } else if scope.version == before, cell.hour < start, Int(start) - Int(cell.hour) <= hoursBefore {
                sums.before += count
                sums.days[(start - 1 - cell.hour) / 24, default: 0] += count
            }
        } else if scope.version != version {
            if cell.hour >= start, Int(cell.hour) - Int(start) < hoursAfter {
                sums.controlAfter += count
            } else if cell.hour < start, Int(start) - Int(cell.hour) <= hoursBefore {
                sums.controlBefore += count
            }
        }
    }

    func isRollback(_ table: CountTable) -> Bool {
        guard let own = VersionOrder(table.versions[Int(version)]),
            let earlier = VersionOrder(table.versions[Int(before)])
        else { return false }
        return own.precedes(earlier)
    }

    /// The ids of what was upgraded.
    func names(_ table: CountTable) -> [String] {
        starts.keys.map { $0.deployment >= 0 ? table.deployments[Int($0.deployment)] : table.accounts[Int($0.account)] }
            .sorted()
    }
}
