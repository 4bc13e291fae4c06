public import Records
internal import Statistics

/// The time of a stream of lines, each with the time of its own: the median of the last five, so that a clock that jumps moves nothing.
///
/// A line that is ahead by more than 32 usual gaps, and by more than an hour, is not of those five unless it was observed at the time that it says: it waits
/// until the last 256 lines say together that the time has come so far, at least nine of them and, by the latest line of each source, more than half of the
/// sources. So a pause of the whole stream is over with its next lines, while a batch of one source whose clock is wrong moves nothing. Lines that say no
/// time are one source, with the times at which they were observed, which never are of those five.
///
/// It never goes back.
public struct StreamClock: Sendable {
    private struct Line {
        var seconds: Double
        /// nil for those that say no time.
        var source: Int64?
    }

    /// The times of the last five lines, and what the clock showed after each.
    private var last: [(seconds: Double, now: Double)] = []
    private var recent: [Line] = []
    private var (lastPlace, recentPlace) = (0, 0)
    private var passedAhead = 0
    /// The time from which on lines are ahead.
    private var limit = Double.infinity

    /// The time; nil while no line has told one.
    public private(set) var now: Instant?

    private static let width = 5
    private static let memory = 256
    /// The lines that a jump ahead takes.
    private static let fewest = 9
    private static let hour = 3_600.0
    /// The usual gaps that are no jump.
    private static let gaps = 32.0

    /// Creates a clock.
    ///
    /// - Parameter now: The time that it shows; nil for none yet.
    public init(at now: Instant? = nil) {
        self.now = now
        if let now { limit = now.seconds + Self.hour }
    }

    /// The lines whose times were so far ahead that they were not believed.
    public var linesAhead: Int { passedAhead + recent.count { isAhead($0) } }

    /// Takes the next line.
    ///
    /// - Parameters:
    ///   - seconds: Its time in seconds since 1970 UTC; nil when it says none.
    ///   - observed: When it was observed, in seconds since 1970 UTC; a line is of no later time.
    ///   - source: What tells the clocks of lines apart, such as their host.
    public mutating func take(_ seconds: Double?, observed: Double, from source: Int64) {
        let line = Line(seconds: min(seconds ?? observed, observed), source: seconds == nil ? nil : source)
        remember(line)
        if let seconds, !isAhead(line) || abs(seconds - observed) <= Self.hour {
            show(line.seconds)
        } else {
            jump()
        }
    }

    private mutating func remember(_ line: Line) {
        if recent.count < Self.memory {
            recent.append(line)
        } else {
            if isAhead(recent[recentPlace]) { passedAhead += 1 }
            recent[recentPlace] = line
        }
        recentPlace = (recentPlace + 1) % Self.memory
    }

    private func isAhead(_ line: Line) -> Bool { line.source != nil && line.seconds > limit }

    /// Shows the median of the last lines with one more.
    private mutating func show(_ seconds: Double) {
        let place = last.count < Self.width ? last.count : lastPlace
        if place == last.count { last.append((seconds, 0)) } else { last[place].seconds = seconds }
        lastPlace = (place + 1) % Self.width
        let median = last.map(\.seconds).upperMedian ?? seconds
        let shown = max(now?.seconds ?? median, median)
        now = Instant(seconds: shown)
        last[place].now = shown
        let passed = shown - last.reduce(shown) { min($0, $1.now) }
        limit = shown + max(Self.hour, Self.gaps / Double(Self.width - 1) * passed)
    }

    /// Goes on to what the last lines say together, where that is ahead.
    private mutating func jump() {
        let shown = now?.seconds ?? -.infinity
        guard recent.count(where: { $0.seconds > shown }) >= Self.fewest else { return }
        var latest: [Int64?: Double] = [:]
        for line in recent { latest[line.source] = max(latest[line.source] ?? line.seconds, line.seconds) }
        let ofSources = latest.values.sorted(by: >)
        let times = recent.map(\.seconds).sorted()
        let reached = min(ofSources[ofSources.count / 2], times[times.count - Self.fewest])
        guard reached > shown else { return }
        // From there on in steps that are no jumps.
        let ahead = times.drop { $0 < reached }
        let steps = zip(ahead, ahead.dropFirst()).map { $1 - $0 }
        let pause = max(Self.hour, Self.gaps * (steps.upperMedian ?? 0))
        let end = steps.firstIndex { $0 > pause } ?? steps.count
        (last, lastPlace) = ([], 0)
        for seconds in ahead.prefix(end + 1).suffix(Self.width) { show(seconds) }
    }
}

extension StreamClock {
    /// Takes the next line of a log.
    public mutating func take(_ line: LogSighting) {
        take(
            line.time == LogSighting.noTime ? nil : Double(line.time) / 1e9, observed: Double(line.observedTime) / 1e9,
            from: Int64(line.place) << 32 | Int64(UInt32(bitPattern: line.deployment)))
    }
}
