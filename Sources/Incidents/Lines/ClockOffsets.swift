internal import Records
internal import Statistics

/// By how much the clock of each place (service and host) is wrong.
///
/// The clock of a place is compared with when its lines were observed or, where that is not known, with the median time of the
/// lines that arrived around them. Only an offset that all its lines share is believed: delays of delivery vary.
struct ClockOffsets {
    /// The lines of one stretch of arrivals, whose median time stands for when they arrived.
    private static let stretch = 128
    /// Lines of a place that are looked at.
    private static let sample = 1_024
    /// Smaller offsets do not matter here, in nanoseconds.
    private static let tolerance: Int64 = 120_000_000_000

    /// For each place what to subtract from its times, in nanoseconds.
    private let offsets: [Int64]

    init(_ sightings: LogSightings) {
        guard !sightings.services.isEmpty else {
            offsets = []
            return
        }
        var differences = [[Int64]](repeating: [], count: sightings.services.count)
        let isObserved = Self.tellsArrival(sightings.lines)
        for start in stride(from: 0, to: sightings.lines.count, by: Self.stretch) {
            let lines = sightings.lines[start..<min(start + Self.stretch, sightings.lines.count)]
            let times = lines.lazy.map(\.time).filter { $0 != LogSighting.noTime }
            guard let arrival = times.upperMedian else { continue }
            for line in lines where line.place >= 0 && line.time != LogSighting.noTime {
                let place = Int(line.place)
                guard differences[place].count < Self.sample else { continue }
                differences[place].append(line.time &- (isObserved ? line.observedTime : arrival))
            }
        }
        offsets = differences.map(Self.offset)
    }

    /// The time of a line by a right clock, in seconds since 1970 UTC.
    func seconds(of line: LogSighting) -> Double {
        var time = line.time == LogSighting.noTime ? line.observedTime : line.time
        if line.time != LogSighting.noTime, line.place >= 0 { time &-= offsets[Int(line.place)] }
        return Double(time) / 1e9
    }

    /// Whether the lines say when they were observed: a reader that has to make it up gives all of them the same time.
    private static func tellsArrival(_ lines: [LogSighting]) -> Bool {
        guard let first = lines.first?.observedTime else { return false }
        return lines.contains { abs($0.observedTime &- first) > tolerance }
    }

    private static func offset(_ differences: [Int64]) -> Int64 {
        guard differences.count >= 8 else { return 0 }
        let sorted = differences.sorted()
        let median = sorted[sorted.count / 2]
        let spread = sorted[sorted.count * 3 / 4] &- sorted[sorted.count / 4]
        return abs(median) > max(tolerance, 2 &* spread) ? median : 0
    }
}
