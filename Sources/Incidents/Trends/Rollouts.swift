internal import Records

/// A version that followed another one in an environment.
struct Rollout: Sendable {
    let version: Int32
    let before: Int32
    let environment: Int32
    /// The service whose versions they are, -1 where all have them.
    let service: Int32
    /// Whether the other one went on beside it, and nothing says who had which.
    let isMixed: Bool
    let places: RolloutPlaces

    fileprivate var order: (Int, Int32, Int32, Int32, Int32) {
        (places.hours.lowerBound, version, before, environment, service)
    }
}

/// The versions that followed others, as the lines of a table tell it.
struct Rollouts: Sendable {
    let placed: PlacedVersions
    /// In order of time.
    let all: [Rollout]

    private struct Key: Hashable {
        let version, before, environment, service: Int32
        let isMixed: Bool
    }

    private struct Target: Hashable {
        let version, environment, service: Int32

        init(_ key: Key) { (version, environment, service) = (key.version, key.environment, key.service) }
    }

    /// Upgrades within so many hours are one roll-out; places that follow later are what the first ones are compared with until then.
    private static let hoursOfStage = 24

    init(_ table: CountTable, hoursAfter: Int?, hoursBefore: Int) {
        placed = PlacedVersions(
            table, shared: Self.shared(table), hoursAfter: hoursAfter, hoursBefore: hoursBefore)
        var groups: [Key: [RolloutPlaces.Upgrade]] = [:]
        for (place, timeline) in placed.timelines.enumerated() {
            for start in timeline.starts {
                let key = Key(
                    version: start.version, before: start.before, environment: placed.cells.places[place].environment,
                    service: placed.cells.places[place].service, isMixed: start.isMixed)
                groups[key, default: []].append(RolloutPlaces.Upgrade(place: place, hours: start.hours))
            }
        }
        // A version that runs beside another one somewhere is told of where it took over.
        let clean = Set(groups.keys.filter { !$0.isMixed }.map(Target.init))
        var found: [Rollout] = []
        for (key, upgrades) in groups {
            guard !key.isMixed || !clean.contains(Target(key)) else { continue }
            let stages = Self.stages(upgrades)
            for (stage, next) in zip(stages, stages.dropFirst().map(Optional.some) + [nil]) {
                let places = placed.places(
                    stage, of: key.version, before: key.before, service: key.service, in: key.environment,
                    nextStage: next?.first?.hours.lowerBound)
                found.append(
                    Rollout(
                        version: key.version, before: key.before, environment: key.environment, service: key.service,
                        isMixed: key.isMixed, places: places))
            }
        }
        all = found.sorted { $0.order < $1.order }
    }

    /// The homes, each a deployment and a service, where versions ran beside each other, and of which most ordinary lines say whose they are: where these
    /// tell it, a version that came to an account runs beside another one as long as it has not come to the deployment, however few accounts have it.
    private static func shared(_ table: CountTable) -> Set<CountTable.Scope> {
        let homes = table.scopes.map(Place.home)
        var versions: [CountTable.Scope: Set<Int32>] = [:]
        for (scope, home) in zip(table.scopes, homes) where scope.deployment >= 0 && scope.version >= 0 {
            versions[home, default: []].insert(scope.version)
        }
        let hasSeveral = homes.map { (versions[$0]?.count ?? 0) > 1 }
        var named: [CountTable.Scope: Double] = [:]
        for cell in table.cells(of: -1) where hasSeveral[Int(cell.scope)] {
            let isNamed = table.scopes[Int(cell.scope)].account >= 0
            named[homes[Int(cell.scope)], default: 0] += Double(cell.count) * (isNamed ? 1 : -1)
        }
        let candidates = Set(named.filter { $0.value > 0 }.keys)
        guard !candidates.isEmpty else { return [] }
        let together = PlacedCells(table.cells(of: -1), of: table)
        var ofHome: [CountTable.Scope: [VersionTimeline]] = [:]
        for (place, timeline) in zip(together.places, VersionTimeline.all(together))
        where candidates.contains(place.home) {
            ofHome[place.home, default: []].append(timeline)
        }
        var shared = candidates.filter { ofHome[$0]?.contains(where: \.isShared) ?? false }
        let byAccount = PlacedCells(table.cells(of: -1), of: table, shared: candidates)
        for (place, timeline) in zip(byAccount.places, VersionTimeline.all(byAccount))
        where candidates.contains(place.home) && !shared.contains(place.home) {
            let starts = ofHome[place.home]?.flatMap(\.starts) ?? []
            let runsBeside = timeline.starts.contains { own in
                !starts.contains { start in
                    start.version == own.version
                        && (start.hours.contains(own.hours.lowerBound)
                            || abs(start.hours.lowerBound - own.hours.lowerBound) <= hoursOfStage)
                }
            }
            if runsBeside { shared.insert(place.home) }
        }
        return shared
    }

    /// Upgrades by when they were, each place at most once in a stage.
    private static func stages(_ upgrades: [RolloutPlaces.Upgrade]) -> [[RolloutPlaces.Upgrade]] {
        var stages: [[RolloutPlaces.Upgrade]] = []
        var places: Set<Int> = []
        for upgrade in upgrades.sorted(by: { ($0.hours.lowerBound, $0.place) < ($1.hours.lowerBound, $1.place) }) {
            if let first = stages.last?.first, upgrade.hours.lowerBound < first.hours.lowerBound + hoursOfStage,
                places.insert(upgrade.place).inserted
            {
                stages[stages.count - 1].append(upgrade)
            } else {
                stages.append([upgrade])
                places = [upgrade.place]
            }
        }
        return stages
    }
}
