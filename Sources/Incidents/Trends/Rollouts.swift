internal import Records

/// A version that followed another one in an environment.
struct Rollout: Sendable {
    let version: Int32
    let before: Int32
    let environment: Int32
    /// Whether the other one went on beside it, and nothing says who had which.
    let isMixed: Bool
    let places: RolloutPlaces

    fileprivate var order: (Int, Int32, Int32, Int32) { (places.hours.lowerBound, version, before, environment) }
}

/// The versions that followed others, as the lines of a table tell it.
struct Rollouts: Sendable {
    let placed: PlacedVersions
    /// In order of time.
    let all: [Rollout]

    private struct Key: Hashable {
        let version, before, environment: Int32
        let isMixed: Bool
    }

    private struct Target: Hashable {
        let version, environment: Int32
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
                    isMixed: start.isMixed)
                groups[key, default: []].append(RolloutPlaces.Upgrade(place: place, hours: start.hours))
            }
        }
        // A version that runs beside another one somewhere is told of where it took over.
        let clean = Set(
            groups.keys.filter { !$0.isMixed }.map { Target(version: $0.version, environment: $0.environment) })
        var found: [Rollout] = []
        for (key, upgrades) in groups {
            guard !key.isMixed || !clean.contains(Target(version: key.version, environment: key.environment)) else {
                continue
            }
            let stages = Self.stages(upgrades)
            for (stage, next) in zip(stages, stages.dropFirst().map(Optional.some) + [nil]) {
                let places = placed.places(
                    stage, of: key.version, before: key.before, in: key.environment,
                    nextStage: next?.first?.hours.lowerBound)
                found.append(
                    Rollout(
                        version: key.version, before: key.before, environment: key.environment, isMixed: key.isMixed,
                        places: places))
            }
        }
        all = found.sorted { $0.order < $1.order }
    }

    /// The deployments on which versions ran beside each other, and of which most ordinary lines say whose they are: where these tell it, a version that
    /// came to an account runs beside another one as long as it has not come to the deployment, however few accounts have it.
    private static func shared(_ table: CountTable) -> Set<Int32> {
        var versions: [Int32: Set<Int32>] = [:]
        for scope in table.scopes where scope.deployment >= 0 && scope.version >= 0 {
            versions[scope.deployment, default: []].insert(scope.version)
        }
        var named: [Int32: Double] = [:]
        for cell in table.cells(of: -1) {
            let scope = table.scopes[Int(cell.scope)]
            guard let versions = versions[scope.deployment], versions.count > 1 else { continue }
            named[scope.deployment, default: 0] += Double(cell.count) * (scope.account >= 0 ? 1 : -1)
        }
        let candidates = Set(named.filter { $0.value > 0 }.keys)
        guard !candidates.isEmpty else { return [] }
        let together = PlacedCells(table.cells(of: -1), of: table)
        var ofDeployment: [Int32: [VersionTimeline]] = [:]
        for (place, timeline) in zip(together.places, VersionTimeline.all(together))
        where candidates.contains(place.deployment) {
            ofDeployment[place.deployment, default: []].append(timeline)
        }
        var shared = candidates.filter { ofDeployment[$0]?.contains(where: \.isShared) ?? false }
        let byAccount = PlacedCells(table.cells(of: -1), of: table, shared: candidates)
        for (place, timeline) in zip(byAccount.places, VersionTimeline.all(byAccount))
        where candidates.contains(place.deployment) && !shared.contains(place.deployment) {
            let starts = ofDeployment[place.deployment]?.flatMap(\.starts) ?? []
            let runsBeside = timeline.starts.contains { own in
                !starts.contains { start in
                    start.version == own.version
                        && (start.hours.contains(own.hours.lowerBound)
                            || abs(start.hours.lowerBound - own.hours.lowerBound) <= hoursOfStage)
                }
            }
            if runsBeside { shared.insert(place.deployment) }
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
