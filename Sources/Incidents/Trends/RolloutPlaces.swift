internal import Records

/// Where a version was rolled out, and what stayed as it was meanwhile.
struct RolloutPlaces: Sendable {
    struct Upgrade: Sendable {
        let place: Int
        /// From the upgrade on until another version took over, or until no more is looked at.
        let hours: Range<Int>
    }

    let upgraded: [Upgrade]
    /// From the first upgrade on until no more is looked at.
    let hours: Range<Int>
    /// The places that tell what changed meanwhile.
    let control: [Int]
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
    /// When each version was first seen.
    let firstHours: [Int]

    init(_ table: CountTable, shared: Set<Int32>, hoursAfter: Int?, hoursBefore: Int) {
        cells = PlacedCells(table.cells[...], of: table, shared: shared)
        timelines = VersionTimeline.all(cells)
        self.hoursAfter = hoursAfter
        self.hoursBefore = hoursBefore
        end = (table.hours?.upperBound).map { Int($0) + 1 } ?? 0
        var firstHours = [Int](repeating: .max, count: table.versions.count)
        for cell in table.cells(of: -1) {
            let version = Int(table.scopes[Int(cell.scope)].version)
            if version >= 0 { firstHours[version] = min(firstHours[version], Int(cell.hour)) }
        }
        self.firstHours = firstHours
    }

    /// Chooses what some upgrades are compared with: places of the same environment where no version came meanwhile or in the time before that is compared,
    /// else where none came since the day before, else where another version came; else those of other environments where none came.
    ///
    /// - Parameters:
    ///   - upgrades: In order of time.
    ///   - nextStage: When the version came to more places. Until then they are places where it had not come, which is waited for no longer when no
    ///     others are left.
    func places(
        _ upgrades: [RolloutPlaces.Upgrade], of version: Int32, in environment: Int32, nextStage: Int?
    ) -> RolloutPlaces {
        let own = Set(upgrades.map(\.place))
        let others = cells.places.indices.filter { !own.contains($0) }
        let near = others.filter { cells.places[$0].environment == environment }
        var ends = [end]
        if hoursAfter == nil, let nextStage, nextStage < end { ends.append(nextStage) }
        for end in ends {
            let (upgraded, hours) = clipped(upgrades, end: end)
            let stayed = near.filter { place in
                !timelines[place].starts.contains { $0.version == version && $0.hours.lowerBound < hours.upperBound }
            }
            // What changed before it began changes the rates before.
            let since = [hoursBefore, 24].map { hours.lowerBound - $0..<hours.upperBound }
            for control in since.map({ quiet(stayed, in: $0) }) + [stayed] where tell(control, hours, but: version) {
                return RolloutPlaces(upgraded: upgraded, hours: hours, control: control, controlKind: .sameEnvironment)
            }
        }
        let (upgraded, hours) = clipped(upgrades, end: end)
        let far = quiet(
            others.filter { cells.places[$0].environment != environment },
            in: hours.lowerBound - hoursBefore..<hours.upperBound)
        let tells = tell(far, hours, but: version)
        return RolloutPlaces(
            upgraded: upgraded, hours: hours, control: tells ? far : [],
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

    /// The lines on what was upgraded, and on what was not.
    func lines(_ rollout: Rollout, signatures: Int) -> (upgraded: RolloutLines, control: RolloutLines) {
        var upgraded = RolloutLines(signatures: signatures, hoursBefore: hoursBefore)
        for upgrade in rollout.places.upgraded {
            upgraded.add(cells[upgrade.place], upgrade.hours) { version, isAfter in
                version == (isAfter ? rollout.version : rollout.before)
            }
        }
        var control = RolloutLines(signatures: signatures, hoursBefore: hoursBefore)
        for place in rollout.places.control {
            control.add(cells[place], rollout.places.hours) { version, _ in version != rollout.version }
        }
        return (upgraded, control)
    }

    /// Whether it goes back to an earlier version: by their numbers, else by which was seen first.
    func isRollback(_ rollout: Rollout, _ table: CountTable) -> Bool {
        if let own = VersionOrder(table.versions[Int(rollout.version)]),
            let other = VersionOrder(table.versions[Int(rollout.before)])
        {
            if own.precedes(other) { return true }
            if other.precedes(own) { return false }
        }
        return firstHours[Int(rollout.version)] < firstHours[Int(rollout.before)]
    }

    /// Whether there are ordinary lines of places before and in some hours.
    private func tell(_ places: [Int], _ hours: Range<Int>, but version: Int32) -> Bool {
        var (isBefore, isAfter) = (false, false)
        for place in places {
            for cell in cells.ordinary(of: place) where cell.version != version {
                if hours.contains(Int(cell.hour)) { isAfter = true }
                if (hours.lowerBound - hoursBefore..<hours.lowerBound).contains(Int(cell.hour)) { isBefore = true }
                if isBefore, isAfter { return true }
            }
        }
        return false
    }
}
