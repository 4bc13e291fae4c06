internal import Records

/// Which services have versions of their own, as those of a product have that are built and rolled out each by itself.
///
/// Services have the same versions where, on each deployment, what a service runs the others run too, at latest the day after: services of one product that
/// are rolled out together. They have others where one runs what the others do not, on two days at least. Services with the same versions count together, so
/// that their lines tell of them together.
struct ServiceVersions {
    /// The lines of services by deployment, day and version.
    private struct Lines {
        struct Day: Hashable {
            var deployment, number: Int32
        }

        private(set) var ofDay: [Day: [Int32: Double]] = [:]
        private(set) var all = 0.0

        mutating func add(_ lines: Double, of version: Int32, on day: Day) {
            ofDay[day, default: [:]][version, default: 0] += lines
            all += lines
        }

        mutating func add(_ other: Lines) {
            for (day, versions) in other.ofDay {
                for (version, lines) in versions { add(lines, of: version, on: day) }
            }
        }

        /// Whether there is a day with lines of both.
        func meets(_ other: Lines) -> Bool { ofDay.keys.contains { other.ofDay[$0] != nil } }

        /// Whether one of them runs what the other one does not.
        func differs(from other: Lines) -> Bool { runsAlone(beside: other) || other.runsAlone(beside: self) }

        private func runsAlone(beside other: Lines) -> Bool {
            var alone: [Int32: (days: Int, lines: Double)] = [:]
            for (day, versions) in ofDay where other.ofDay[day] != nil {
                let around = (day.number - 1...day.number + 1).compactMap {
                    other.ofDay[Day(deployment: day.deployment, number: $0)]
                }
                let lines = versions.values.reduce(0, +)
                let others = around.reduce(0) { $0 + $1.values.reduce(0, +) }
                let own = versions.filter { version, own in
                    own >= ServiceVersions.running * lines
                        && around.reduce(0) { $0 + ($1[version] ?? 0) } < ServiceVersions.trace * others
                }
                guard !own.isEmpty else { continue }
                let known = alone[day.deployment] ?? (0, 0)
                alone[day.deployment] = (known.days + 1, known.lines + own.values.reduce(0, +))
            }
            return alone.values.contains {
                $0.days >= ServiceVersions.fewest.days && $0.lines >= ServiceVersions.fewest.lines
            }
        }
    }

    /// The share of the lines of a day with which a version runs there.
    private static let running = 0.2
    /// The share below which lines of a version are what somebody tried or made up.
    private static let trace = 0.01
    /// What it takes to tell that a version runs alone: more than the day in which places are upgraded after each other.
    private static let fewest = (days: 2, lines: 20.0)

    /// The services that have the same versions, in order of their names; -1 stands for lines whose service is not known.
    ///
    /// One where all have the same.
    let groups: [[Int32]]

    /// - Complexity: O(cells), and O(services · groups · deployments · days).
    init(_ table: CountTable) {
        guard table.scopes.contains(where: { $0.service >= 0 && $0.version >= 0 }) else {
            groups = []
            return
        }
        let ordinary = table.cells(of: -1)
        var lines: [Int32: Lines] = [:]
        Self.add(ordinary, of: table, to: &lines)
        // A service that logs nothing but failures is known by these.
        Self.add(table.cells[ordinary.endIndex...], of: table, to: &lines)
        var found: [(services: [Int32], lines: Lines)] = []
        let order = lines.sorted { left, right in
            // Those that are not known come last.
            if (left.key < 0) != (right.key < 0) { return right.key < 0 }
            return (-left.value.all, left.key) < (-right.value.all, right.key)
        }
        for (service, own) in order {
            let alike = found.indices.filter { !found[$0].lines.differs(from: own) }
            // What nothing is known against is of the first ones, but not lines of any service beside several ones.
            let isOne = service >= 0 || found.count == 1
            guard let group = alike.first(where: { found[$0].lines.meets(own) }) ?? (isOne ? alike.first : nil) else {
                found.append(([service], own))
                continue
            }
            found[group].services.append(service)
            found[group].lines.add(own)
        }
        groups = found.map { group in
            group.services.sorted { name($0) < name($1) }
        }
        func name(_ service: Int32) -> String { service < 0 ? "" : table.services[Int(service)] }
    }

    /// Adds the lines of services that have none yet, as far as their versions are known.
    private static func add(
        _ cells: ArraySlice<CountTable.Cell>, of table: CountTable, to found: inout [Int32: Lines]
    ) {
        let counts = table.scopes.map { $0.version >= 0 && found[$0.service] == nil }
        var sums = [Double](repeating: 0, count: table.scopes.count)
        var touched: [Int] = []
        var number: Int32 = 0
        func flush(_ found: inout [Int32: Lines]) {
            for scope in touched {
                let place = table.scopes[scope]
                found[place.service, default: Lines()].add(
                    sums[scope], of: place.version, on: Lines.Day(deployment: place.deployment, number: number))
                sums[scope] = 0
            }
            touched.removeAll(keepingCapacity: true)
        }
        // Cells of a signature are in order of hour, so that a day is one run of them.
        for cell in cells where counts[Int(cell.scope)] {
            let day = (cell.hour - (cell.hour < 0 ? 23 : 0)) / 24
            if day != number {
                flush(&found)
                number = day
            }
            if sums[Int(cell.scope)] == 0 { touched.append(Int(cell.scope)) }
            sums[Int(cell.scope)] += Double(cell.count)
        }
        flush(&found)
    }
}

extension CountTable {
    /// The table with services only where they have versions of their own; those that have the same ones are one service, by all their names.
    var withServicesOfVersions: CountTable {
        guard !services.isEmpty else { return self }
        let groups = ServiceVersions(self).groups
        var numbers = [Int32](repeating: -1, count: services.count + 1)
        var names: [String] = []
        if groups.count > 1 {
            for group in groups {
                let known = group.filter { $0 >= 0 }
                guard !known.isEmpty else { continue }
                for service in group { numbers[Int(service) + 1] = Int32(truncatingIfNeeded: names.count) }
                names.append(known.map { services[Int($0)] }.joined(separator: ", "))
            }
        }
        var order: [Scope] = []
        var known: [Scope: Int32] = [:]
        let places = scopes.map { scope in
            var scope = scope
            scope.service = numbers[Int(scope.service) + 1]
            let number = known[scope] ?? Int32(truncatingIfNeeded: order.count)
            if known.updateValue(number, forKey: scope) == nil { order.append(scope) }
            return number
        }
        var cells = cells
        for index in cells.indices { cells[index].scope = places[Int(cells[index].scope)] }
        // All indexes are those of names.
        var table =
            CountTable(
                signatures: signatures, accounts: accounts, deployments: deployments, versions: versions,
                environments: environments, services: names, scopes: order, cells: consume cells) ?? self
        table.hasExposures = hasExposures
        return table
    }
}
