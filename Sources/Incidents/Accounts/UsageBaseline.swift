public import Records

/// How much each account usually does at each hour of the week, learned line by line.
///
/// The mean of an account in an hour is `r · S(h) · g(h)`: its level r, the rhythm S of all accounts, and how far its own differs, g. Both rhythms are
/// shrunk (gamma priors): that of all accounts at an hour of the week to its hour of the day, that of one account to that of all. So it is of
/// use after a day, and knows weekends after a week.
public struct UsageBaseline: Sendable {
    /// The hours of a week.
    public static let hours = 168
    /// What of an account is usual.
    public struct Profile: Sendable, Hashable {
        /// Its ordinary lines a day.
        public var linesPerDay: Double
        /// Of all its lines the share of warnings and worse, 0...1.
        public var failureShare: Double
        /// The hours of the week in which it does the most, from Monday 0 h UTC, the busiest first.
        public var busiestHours: [Int]
        /// The numbers of the places (service and host) where it does the most, the most first.
        public var places: [Int]
    }

    private struct Account {
        var hours = [Float](repeating: 0, count: UsageBaseline.hours)
        var lines = 0.0
        var failures = 0.0
        /// The lines of the places where it does the most; a place that is new among as many takes over the count of the least.
        ///
        /// So a count is too large by no more than the lines by the places, and no place with more lines than that is missing (space-saving).
        ///
        /// Source: A. Metwally, D. Agrawal, A. El Abbadi, "Efficient computation of frequent and top-k elements in data streams", ICDT 2005,
        /// doi:10.1007/978-3-540-30570-5_27.
        private(set) var places: [Int32: Int32] = [:]
        private static let mostPlaces = 64

        mutating func count(place: Int32) {
            var before: Int32 = 0
            if places[place] == nil, places.count == Self.mostPlaces,
                let least = places.min(by: { ($0.value, $0.key) < ($1.value, $1.key) })
            {
                places[least.key] = nil
                before = least.value
            }
            places[place, default: before] &+= 1
        }
    }

    /// The lines, and the hours, that a prior weighs as much as.
    private static let weight = (lines: 10.0, hours: 0.5)

    private var accounts: [Account] = []
    private var all = [Double](repeating: 0, count: hours)
    /// The hours that were seen so far, by the hour of the week.
    private var seen = [Double](repeating: 0, count: hours)
    private var first = Double.infinity
    private var last = -Double.infinity

    /// Begins with nothing.
    public init() {}

    /// Learns from all lines of a log.
    public init(_ sightings: LogSightings, _ directory: CustomerDirectory) {
        for line in AccountLines(sightings, directory).lines { add(line) }
    }

    mutating func add(_ line: AccountLine) {
        add(
            account: Int(line.account), at: line.time, place: Int(line.place),
            isFailure: line.isFailure && line.severity > 0)
    }

    /// Takes the next line of an account; lines come in order of time.
    ///
    /// - Parameters:
    ///   - account: The index of the account; below 0 when it is not known.
    ///   - seconds: When, since 1970 UTC.
    ///   - place: The number of service and host; below 0 when it is not known.
    ///   - isFailure: Whether it tells of a failure.
    public mutating func add(account: Int, at seconds: Double, place: Int, isFailure: Bool) {
        note(seconds)
        guard account >= 0 else { return }
        while accounts.count <= account { accounts.append(Account()) }
        if isFailure {
            accounts[account].failures += 1
            return
        }
        let hour = Self.hour(seconds)
        all[hour] += 1
        accounts[account].hours[hour] += 1
        accounts[account].lines += 1
        if place >= 0 { accounts[account].count(place: Int32(truncatingIfNeeded: place)) }
    }

    private mutating func note(_ seconds: Double) {
        guard seconds > last else { return }
        if first > seconds { first = seconds }
        if last.isFinite { Self.forEachHour(from: last, to: seconds) { seen[$0] += $1 } }
        last = seconds
    }

    /// The ordinary lines to expect of an account from one time to another, by what it did at other times; nil when that is nothing.
    ///
    /// - Parameter own: The ordinary lines that it had in that time, which do not count.
    public func expected(_ account: Int, from: Double, to: Double, own: Double) -> Double? {
        guard accounts.indices.contains(account), last > first, to > from else { return nil }
        let level = accounts[account].lines - own
        guard level > 0 else { return nil }
        var usual = accounts[account].hours.map(Double.init)
        var others = all
        let ownPerHour = own * 3_600 / (to - from)
        Self.forEachHour(from: from, to: to) { hour, share in
            usual[hour] = max(0, usual[hour] - share * ownPerHour)
            others[hour] = max(0, others[hour] - share * ownPerHour)
        }
        // Of the hours of all accounts those in the stretch count less the share of the account, and for itself not at all.
        let part = level / max(others.reduce(0, +), level)
        var hours = seen
        var outside = seen
        Self.forEachHour(from: max(from, first), to: min(to, last)) {
            hours[$0] = max(0, hours[$0] - part * $1)
            outside[$0] = max(0, outside[$0] - $1)
        }
        let rhythm = rhythm(of: others, in: hours)
        var (exposure, whole) = (0.0, 0.0)
        for hour in 0..<Self.hours {
            exposure += outside[hour] * rhythm[hour]
            whole += seen[hour] * rhythm[hour]
        }
        let rate = level / max(exposure, 0.1 * whole, 1e-9)
        var mean = 0.0
        Self.forEachHour(from: from, to: to) { hour, share in
            let byAll = rate * outside[hour] * rhythm[hour]
            mean += rate * share * rhythm[hour] * (usual[hour] + Self.weight.lines) / (byAll + Self.weight.lines)
        }
        return mean
    }

    /// The seconds of the log that lie outside a stretch of time.
    func seconds(outside from: Double, _ to: Double) -> Double {
        max(0, last - first) - max(0, min(to, last) - max(from, first))
    }

    /// What is usual of an account; nil when it has no line.
    public func profile(_ account: Int) -> Profile? {
        guard accounts.indices.contains(account) else { return nil }
        let own = accounts[account]
        guard own.lines + own.failures > 0 else { return nil }
        func most<Key: Comparable, Count: Comparable>(_ counts: [(Key, Count)]) -> [Key] {
            counts.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map(\.0)
        }
        let hours = own.hours.enumerated().filter { $0.element > 0 }.map { ($0.offset, $0.element) }
        return Profile(
            linesPerDay: own.lines / max((last - first) / 86_400, 1.0 / 24),
            failureShare: own.failures / (own.lines + own.failures), busiestHours: Array(most(hours).prefix(3)),
            places: most(own.places.map { (Int($0.key), $0.value) }))
    }

    /// For each hour of the week what is done in it by what is done in a mean hour, from the lines of all accounts and the hours that were seen.
    private func rhythm(of all: [Double], in seen: [Double]) -> [Double] {
        let lines = all.reduce(0, +)
        let time = seen.reduce(0, +)
        guard lines > 0, time > 0 else { return [Double](repeating: 1, count: Self.hours) }
        let mean = lines / time
        let daily = (0..<24).map { hour in
            var (count, hours) = (mean * Self.weight.hours, Self.weight.hours)
            for day in 0..<7 {
                count += all[day * 24 + hour]
                hours += seen[day * 24 + hour]
            }
            return count / hours
        }
        return (0..<Self.hours).map { hour in
            (all[hour] + daily[hour % 24] * Self.weight.hours) / (seen[hour] + Self.weight.hours) / mean
        }
    }

    /// The hour of the week, from Monday 0 h UTC.
    private static func hour(_ seconds: Double) -> Int {
        // 1970 began on a Thursday.
        let hour = (seconds / 3_600).rounded(.down) + 72
        let week = hour - (hour / Double(hours)).rounded(.down) * Double(hours)
        return min(hours - 1, max(0, Int(week)))
    }

    /// Calls `body` with each hour of the week in a stretch of time, and the share of an hour that lies in it; at most ten weeks.
    private static func forEachHour(from: Double, to: Double, _ body: (Int, Double) -> Void) {
        var start = max(from, to - 10 * 7 * 86_400)
        while start < to {
            let end = min(to, ((start / 3_600).rounded(.down) + 1) * 3_600)
            body(hour(start), (end - start) / 3_600)
            start = end
        }
    }
}
