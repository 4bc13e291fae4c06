internal import Records

/// Where a version was rolled out, and what stayed as it was meanwhile.
struct RolloutPlaces: Sendable {
    struct Upgrade: Sendable {
        let place: Int
        /// From the upgrade on until another version took over, or until no more is looked at.
        let hours: Range<Int>
    }

    struct Control: Sendable {
        let place: Int
        /// Whether the version had run there all the time that is compared, so that its lines count as others do.
        let hasVersion: Bool
    }

    let upgraded: [Upgrade]
    /// From the first upgrade on until no more is looked at.
    let hours: Range<Int>
    /// The first hour before that is compared.
    let since: Int
    /// The places that tell what changed meanwhile.
    let control: [Control]
    let controlKind: VersionComparison.Control
}

/// All places of a table with the versions that came there.
struct PlacedVersions: Sendable {
    let cells: PlacedCells
    let timelines: [VersionTimeline]
    /// How long after an upgrade is looked at; nil for as long as the version runs.
    let hoursAfter: Int?
    let hoursBefore: Int
    /// After the last hour that was counted.
    let end: Int
    /// When each version of a service was first seen.
    let firstHours: [CountTable.Scope: Int]

    init(_ table: CountTable, shared: Set<CountTable.Scope>, hoursAfter: Int?, hoursBefore: Int) {
        cells = PlacedCells(table.cells[...], of: table, shared: shared)
        timelines = VersionTimeline.all(cells)
        self.hoursAfter = hoursAfter
        self.hoursBefore = hoursBefore
        end = (table.hours?.upperBound).map { Int($0) + 1 } ?? 0
        var hoursOfScopes = [Int](repeating: .max, count: table.scopes.count)
        for cell in table.cells(of: -1) {
            hoursOfScopes[Int(cell.scope)] = min(hoursOfScopes[Int(cell.scope)], Int(cell.hour))
        }
        firstHours = Dictionary(
            zip(table.scopes.map { CountTable.Scope(version: $0.version, service: $0.service) }, hoursOfScopes),
            uniquingKeysWith: min)
    }

    /// Chooses what some upgrades are compared with: places of the same environment where no version came meanwhile or in the time before that is compared,
    /// else where none came since the day before, else where another version came; else those of other environments where none came.
    ///
    /// Places that had the version all the time are as good as those that it never came to. What is compared begins where the version before ran on what was upgraded, and the last version came on what tells what changed: of another time it
    /// would tell another change. Only places of the same service tell it, as its ordinary lines are what failures are counted by.
    ///
    /// - Parameters:
    ///   - upgrades: In order of time.
    ///   - nextStage: When the version came to more places. Until then they are places where it had not come, which is waited for no longer when no
    ///     others are left.
    func places(
        _ upgrades: [RolloutPlaces.Upgrade], of version: Int32, before: Int32, service: Int32, in environment: Int32,
        nextStage: Int?
    ) -> RolloutPlaces {
        let own = Set(upgrades.map(\.place))
        let others = cells.places.indices.filter { !own.contains($0) && cells.places[$0].service == service }
        let near = others.filter { cells.places[$0].environment == environment }
        let start = upgrades.first?.hours.lowerBound ?? end
        let first = firstHour(of: before, at: upgrades, in: start - hoursBefore..<start)
        var ends = [end]
        if hoursAfter == nil, let nextStage, nextStage < end { ends.append(nextStage) }
        for end in ends {
            let (upgraded, hours) = clipped(upgrades, end: end)
            // What changed before it began changes the rates before.
            for still in [hoursBefore, 24] {
                let quiet = quiet(near, in: start - still..<hours.upperBound)
                let since = max(first, lastStart(at: quiet, before: start))
                let control = quiet.map { place in
                    RolloutPlaces.Control(
                        place: place, hasVersion: cells.hasOrdinary(version, at: place, in: since..<start))
                }
                guard tell(control, since, hours, but: version) else { continue }
                return RolloutPlaces(
                    upgraded: upgraded, hours: hours, since: since, control: control, controlKind: .sameEnvironment)
            }
            let stayed = near.filter { place in
                !timelines[place].starts.contains { $0.version == version && $0.hours.lowerBound < hours.upperBound }
            }.map { RolloutPlaces.Control(place: $0, hasVersion: false) }
            if tell(stayed, first, hours, but: version) {
                return RolloutPlaces(
                    upgraded: upgraded, hours: hours, since: first, control: stayed, controlKind: .sameEnvironment)
            }
        }
        let (upgraded, hours) = clipped(upgrades, end: end)
        let far = quiet(
            others.filter { cells.places[$0].environment != environment }, in: start - hoursBefore..<hours.upperBound
        ).map { place in
            RolloutPlaces.Control(place: place, hasVersion: cells.hasOrdinary(version, at: place, in: first..<start))
        }
        let tells = tell(far, first, hours, but: version)
        return RolloutPlaces(
            upgraded: upgraded, hours: hours, since: first, control: tells ? far : [],
            controlKind: tells ? .otherEnvironments : .none)
    }

    private func clipped(
        _ upgrades: [RolloutPlaces.Upgrade], end: Int
    ) -> (upgraded: [RolloutPlaces.Upgrade], hours: Range<Int>) {
        let upgraded = upgrades.map { upgrade in
            let start = upgrade.hours.lowerBound
            let left = max(0, min(upgrade.hours.upperBound, end) - start)
            return RolloutPlaces.Upgrade(
                place: upgrade.place, hours: start..<start + min(left, hoursAfter ?? left))
        }
        let start = upgrades.first?.hours.lowerBound ?? end
        return (upgraded, start..<upgraded.reduce(start) { max($0, $1.hours.upperBound) })
    }

    /// The places where no version came in some hours.
    private func quiet(_ places: [Int], in hours: Range<Int>) -> [Int] {
        places.filter { place in !timelines[place].starts.contains { hours.contains($0.hours.lowerBound) } }
    }

    /// When a version was first seen on what was upgraded, in some hours; their begin where it was not.
    private func firstHour(of version: Int32, at upgrades: [RolloutPlaces.Upgrade], in hours: Range<Int>) -> Int {
        upgrades.compactMap { upgrade in
            cells.ordinary(of: upgrade.place).first { $0.version == version && hours.contains(Int($0.hour)) }
                .map { Int($0.hour) }
        }.min() ?? hours.lowerBound
    }

    /// When the last version came at some places, before an hour.
    private func lastStart(at places: [Int], before hour: Int) -> Int {
        places.flatMap { timelines[$0].starts.map(\.hours.lowerBound) }.filter { $0 < hour }.max() ?? .min
    }

    /// The lines on what was upgraded, and on what was not.
    func lines(_ rollout: Rollout, signatures: Int) -> (upgraded: RolloutLines, control: RolloutLines) {
        let since = rollout.places.since
        var upgraded = RolloutLines(signatures: signatures, hoursBefore: hoursBefore)
        for upgrade in rollout.places.upgraded {
            upgraded.add(cells[upgrade.place], upgrade.hours, since: since) { version, isAfter in
                version == (isAfter ? rollout.version : rollout.before)
            }
        }
        var lines = RolloutLines(signatures: signatures, hoursBefore: hoursBefore)
        for control in rollout.places.control {
            lines.add(cells[control.place], rollout.places.hours, since: since) { version, _ in
                control.hasVersion || version != rollout.version
            }
        }
        return (upgraded, lines)
    }

    /// The ordinary lines since on what was upgraded if they had gone on as before, but for what changed meanwhile on places of the same environment.
    func usualOrdinary(_ rollout: Rollout, _ lines: RolloutLines, _ control: RolloutLines) -> Double {
        let places = rollout.places
        let hours = places.upgraded.reduce(0) { $0 + Double($1.hours.count) }
        if places.controlKind == .sameEnvironment, control.before(-1) > 0 {
            let part = hours / Double(places.upgraded.count * places.hours.count)
            return lines.before(-1) * control.after(-1) / control.before(-1) * part
        }
        let hoursBefore = places.upgraded.reduce(0) { $0 + Double($1.hours.lowerBound - places.since) }
        return lines.before(-1) * hours / hoursBefore
    }

    /// Whether it goes back to an earlier version: by their numbers, else by which was seen first.
    func isRollback(_ rollout: Rollout, _ table: CountTable) -> Bool {
        if let own = VersionOrder(table.versions[Int(rollout.version)]),
            let other = VersionOrder(table.versions[Int(rollout.before)])
        {
            if own.precedes(other) { return true }
            if other.precedes(own) { return false }
        }
        return firstHour(of: rollout.version, rollout.service) < firstHour(of: rollout.before, rollout.service)
    }

    private func firstHour(of version: Int32, _ service: Int32) -> Int {
        firstHours[CountTable.Scope(version: version, service: service)] ?? .max
    }

    /// Whether there are ordinary lines of places before, from an hour on, and in some hours.
    private func tell(_ control: [RolloutPlaces.Control], _ since: Int, _ hours: Range<Int>, but version: Int32) -> Bool
    {
        var (isBefore, isAfter) = (false, false)
        for control in control {
            for cell in cells.ordinary(of: control.place) where control.hasVersion || cell.version != version {
                if hours.contains(Int(cell.hour)) { isAfter = true }
                if (since..<hours.lowerBound).contains(Int(cell.hour)) { isBefore = true }
                if isBefore, isAfter { return true }
            }
        }
        return false
    }
}
