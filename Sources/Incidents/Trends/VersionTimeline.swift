internal import Features

/// Which versions ran at a place, hour by hour, as its ordinary lines tell it: failing ones tell more of errors than of versions.
struct VersionTimeline: Sendable {
    /// A version that came to the place.
    struct Start: Sendable {
        let version: Int32
        /// The one that ran there before.
        let before: Int32
        /// From when it had taken over until another one did.
        let hours: Range<Int>
        /// Whether it runs beside another one and has not taken over.
        let isMixed: Bool
    }

    /// What came there, in order of time.
    let starts: [Start]
    /// Whether two versions ran there beside each other for a day.
    let isShared: Bool

    /// The share of the lines with which a version has taken over.
    private static let whole = 0.9
    /// The share of the lines of a day below which a version does not run there: somebody tries it, or makes it up.
    private static let part = 0.1
    /// What it takes to tell these shares.
    private static let fewest = (hours: 2, lines: 20.0)
    /// Before another one came, that ran which had the most lines of so many hours, so that one that was soon withdrawn is passed over.
    private static let hoursBefore = 24

    private static let none = VersionTimeline(starts: [], isShared: false)

    private init(starts: [Start], isShared: Bool) {
        self.starts = starts
        self.isShared = isShared
    }

    /// Those of all places.
    static func all(_ cells: PlacedCells) -> [VersionTimeline] {
        concurrently(cells.places.count, by: 64) { range in
            range.map { VersionTimeline(cells.ordinary(of: $0)) }
        }.flatMap(\.self)
    }

    /// - Parameter cells: The ordinary ones of a place, in order of hour.
    init(_ cells: ArraySlice<PlacedCells.Cell>) {
        // Mostly one version ran all the time.
        guard let first = cells.first?.version, cells.contains(where: { $0.version != first }) else {
            self = .none
            return
        }
        let lines = HourlyLines(cells)
        let takeovers = Self.takeovers(lines)
        var starts: [Start] = []
        for (index, item) in takeovers.enumerated() {
            guard let before = lines.most(before: item.hour, within: Self.hoursBefore, except: item.version) else {
                continue
            }
            let end = index + 1 < takeovers.count ? takeovers[index + 1].hour : .max
            starts.append(
                Start(version: item.version, before: before, hours: item.hour..<end, isMixed: false))
        }
        let beside = Self.beside(lines, takeovers)
        for item in beside {
            // What took over later was only slow.
            guard !takeovers.contains(where: { $0.version == item.version && $0.hour > item.hour }),
                let before = lines.most(before: item.hour, within: Self.hoursBefore, except: item.version)
            else { continue }
            starts.append(
                Start(version: item.version, before: before, hours: item.hour..<Int.max, isMixed: true))
        }
        self.init(
            starts: starts.sorted { ($0.hours.lowerBound, $0.version) < ($1.hours.lowerBound, $1.version) },
            isShared: !beside.isEmpty)
    }

    /// The versions that had nearly all lines from an hour on, for a day or until the next one had.
    private static func takeovers(_ lines: HourlyLines) -> [(hour: Int, version: Int32)] {
        var found: [(hour: Int, version: Int32)] = []
        for (index, hour) in lines.all.hours.enumerated() {
            let version = lines.leaders[index]
            guard version != found.last?.version,
                let end = lines.end(from: index, hours: fewest.hours, lines: fewest.lines),
                lines.share(of: version, in: hour..<end) >= whole
            else { continue }
            found.append((hour, version))
        }
        var kept: [(hour: Int, version: Int32)] = []
        for (index, item) in found.enumerated() where item.version != kept.last?.version {
            let next = index + 1 < found.count ? found[index + 1].hour : .max
            if lines.share(of: item.version, in: item.hour..<min(next, item.hour + 24)) >= whole { kept.append(item) }
        }
        return kept
    }

    /// The versions that came to have a part of the lines of a day while another one had taken over, or none had.
    private static func beside(
        _ lines: HourlyLines, _ takeovers: [(hour: Int, version: Int32)]
    ) -> [(hour: Int, version: Int32)] {
        var found: [(hour: Int, version: Int32)] = []
        for (version, own) in lines.ofVersion.sorted(by: { $0.key < $1.key }) {
            var next = Int.min
            for hour in own.hours where hour >= next {
                let day = hour..<hour + 24
                guard lines.all.sum(in: day) >= fewest.lines, own.count(in: day) >= fewest.hours,
                    lines.share(of: version, in: day) >= part, lines.all.sum(in: hour - 24..<hour) > 0,
                    lines.share(of: version, in: hour - 24..<hour) < part,
                    takeovers.last(where: { $0.hour <= hour })?.version != version,
                    !takeovers.contains(where: { $0.version == version && day.contains($0.hour) })
                else { continue }
                found.append((hour, version))
                next = hour + 24
            }
        }
        return found
    }
}
