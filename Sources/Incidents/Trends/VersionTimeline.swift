internal import Algorithms
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

/// The ordinary lines of a place by hour and version.
private struct HourlyLines {
    /// Hours with lines in order, and the sums of the lines.
    struct Series {
        private(set) var hours: [Int] = []
        /// The lines before each of the hours, and of all.
        private(set) var sums = [0.0]

        /// Adds the lines of the last hour or a later one.
        mutating func add(_ hour: Int, _ lines: Double) {
            if hours.last != hour {
                hours.append(hour)
                sums.append(sums[sums.count - 1])
            }
            sums[sums.count - 1] += lines
        }

        func sum(in range: Range<Int>) -> Double {
            sums[firstIndex(from: range.upperBound)] - sums[firstIndex(from: range.lowerBound)]
        }

        func count(in range: Range<Int>) -> Int {
            firstIndex(from: range.upperBound) - firstIndex(from: range.lowerBound)
        }

        func firstIndex(from hour: Int) -> Int { hours.partitioningIndex { $0 >= hour } }
    }

    private(set) var all = Series()
    private(set) var ofVersion: [Int32: Series] = [:]
    /// For each hour of all lines the version with the most of them.
    private(set) var leaders: [Int32] = []

    init(_ cells: ArraySlice<PlacedCells.Cell>) {
        for cell in cells where cell.version >= 0 {
            all.add(Int(cell.hour), Double(cell.count))
            ofVersion[cell.version, default: Series()].add(Int(cell.hour), Double(cell.count))
        }
        leaders = [Int32](repeating: -1, count: all.hours.count)
        var most = [Double](repeating: 0, count: all.hours.count)
        for (version, own) in ofVersion.sorted(by: { $0.key < $1.key }) {
            for (place, hour) in own.hours.enumerated() {
                let index = all.firstIndex(from: hour)
                let lines = own.sums[place + 1] - own.sums[place]
                if lines > most[index] { (most[index], leaders[index]) = (lines, version) }
            }
        }
    }

    func share(of version: Int32, in range: Range<Int>) -> Double {
        let lines = all.sum(in: range)
        return lines > 0 ? (ofVersion[version]?.sum(in: range) ?? 0) / lines : 0
    }

    /// The end of the shortest time from an hour on with so many hours and lines; nil when it has not passed.
    func end(from index: Int, hours: Int, lines: Double) -> Int? {
        guard index + hours <= all.hours.count else { return nil }
        for last in index + hours - 1..<all.hours.count where all.sums[last + 1] - all.sums[index] >= lines {
            return all.hours[last] + 1
        }
        return nil
    }

    /// The version with the most lines in the hours up to the last one that was seen before an hour; of equals the one that was seen last.
    func most(before hour: Int, within hours: Int, except version: Int32) -> Int32? {
        let index = all.firstIndex(from: hour)
        guard index > 0 else { return nil }
        let last = all.hours[index - 1]
        let range = last - hours + 1..<last + 1
        var best: (lines: Double, last: Int, version: Int32) = (0, .min, -1)
        for (other, own) in ofVersion.sorted(by: { $0.key < $1.key }) where other != version {
            let lines = own.sum(in: range)
            guard lines > 0 else { continue }
            let last = own.hours[own.firstIndex(from: range.upperBound) - 1]
            if (lines, last) > (best.lines, best.last) { best = (lines, last, other) }
        }
        return best.version >= 0 ? best.version : nil
    }
}
