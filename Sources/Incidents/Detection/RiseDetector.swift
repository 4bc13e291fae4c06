internal import Records
internal import Statistics

/// Finds the rises of signatures, at every line from what came before it alone.
///
/// A scan over windows of five minutes to a day: a rise is told when the count of a window is more improbable than ``Settings/surprise``
/// under a negative binomial whose mean is the signature's own rate before the window in that scope, times the traffic of the window where that is
/// above the usual, and whose dispersion is what the past tells of that rate (the predictive distribution of a Poisson count with a gamma rate).
struct RiseDetector: Sendable {
    /// What makes a rise.
    struct Settings: Sendable {
        /// The windows in seconds.
        var windows = [300.0, 1_800, 10_800, 86_400]
        /// The improbability, in nats, of a rise of everything or of a deployment.
        var surprise = 11.0
        /// The same for an account, of which there are many.
        var accountSurprise = 13.0
        /// The least count.
        var leastCount = 4.0
        /// The least ratio of the count and what was expected.
        var leastRatio = 1.8
        /// The seconds of a log before which nothing is usual.
        var warmUp = 7_200.0
    }

    private struct Key: Hashable {
        var signature: Int32
        var scope: Traffic.Scope

        /// The one number that stands for it; not 0.
        var number: UInt64 {
            let (kind, index): (UInt64, Int32) =
                switch scope {
                case .everything: (1, 0)
                case .deployment(let index): (2, index)
                case .account(let index): (3, index)
                }
            let number = UInt64(UInt32(bitPattern: signature)) << 32 | UInt64(UInt32(bitPattern: index)) << 2 | kind
            // An odd factor loses nothing and spreads what differs over the high bits, and the shift over those that a table looks at.
            let spread = number &* 0x9E37_79B9_7F4A_7C15
            return spread ^ spread >> 32
        }
    }

    private struct Cell {
        let key: Key
        var past = SignaturePast()
        var clumps = RecentClumps()
        var rise: Rise?
        /// The rate of lines that the past led to expect when the rise was told, a second.
        var expectedRate = 0.0
        private var checkedMinute = Int32.min
        private var sinceCheck: Int32 = 0

        init(key: Key) {
            self.key = key
        }

        /// Within a minute the count is looked at when it has doubled, so that a storm costs no more than a drizzle.
        mutating func isToBeChecked(at minute: Int32) -> Bool {
            sinceCheck &+= 1
            if checkedMinute != minute { sinceCheck = 1 }
            if sinceCheck > 8, sinceCheck & (sinceCheck &- 1) != 0 { return false }
            checkedMinute = minute
            return true
        }
    }

    /// The prior past of a signature, half a line in two hours, which counts for the less the more lines of its own it has (the first lines of a
    /// signature that always fails would otherwise be taken for a rise of a slower one), and what it counts for where it is asked how sure a rate
    /// is (the shape of its gamma distribution).
    private static let prior = (lines: 0.5, seconds: 7_200.0, shape: 2.0)
    /// A rise that goes on for so long is what is usual from then on, in seconds.
    private static let longest = 7 * 86_400.0

    private let settings: Settings
    /// The ordinary lines so far.
    private(set) var traffic = Traffic()
    private var cells: [Cell] = []
    /// The number of a cell and 1, by the number of its key.
    private var numbers = HashedTable<Int32>(none: 0)
    /// The cells at which those of which nothing was seen for a day are forgotten.
    private var most = 1 << 20
    private var clumping = Clumping()
    private(set) var rises: [Rise] = []

    init(_ settings: Settings = Settings()) {
        self.settings = settings
    }

    /// Takes the next line; lines come in order of time.
    ///
    /// - Returns: Whether it belongs to a rise.
    @discardableResult
    mutating func add(_ line: AccountLine) -> Bool {
        observe(line)
        guard line.isFailure, line.signature >= 0 else { return false }
        var isExplained = false
        if !line.isRepeat {
            isExplained = add(line, .everything)
            if line.deployment >= 0 { isExplained = add(line, .deployment(line.deployment)) || isExplained }
        }
        if line.account >= 0 { isExplained = add(line, .account(line.account)) || isExplained }
        if isExplained {
            clumping.dropHour(of: line.signature)
        } else if !line.isRepeat {
            clumping.add(signature: line.signature, minute: Traffic.minute(line.time))
        }
        return isExplained
    }

    /// Takes note of the traffic of the next line, whose signature another detector looks at.
    mutating func observe(_ line: AccountLine) {
        traffic.add(line)
    }

    /// Ends the rises that still go on.
    mutating func finish() {
        rises += cells.compactMap(\.rise)
        cells.removeAll()
        numbers = HashedTable(none: 0)
        rises.sort { ($0.start, $0.signature) < ($1.start, $1.signature) }
    }

    private mutating func number(of key: Key, at minute: Int32) -> Int {
        if cells.count >= most { forget(before: minute &- SignaturePast.recentMinutes) }
        let next = Int32(truncatingIfNeeded: cells.count + 1)
        var number = next
        numbers.update(key.number) {
            if $0 == 0 { $0 = next }
            number = $0
        }
        if number == next { cells.append(Cell(key: key)) }
        return Int(number) - 1
    }

    /// Forgets the cells without a rise of which nothing was seen since a minute.
    private mutating func forget(before minute: Int32) {
        cells.removeAll { $0.rise == nil && $0.past.last < minute }
        numbers = HashedTable(none: 0)
        for (index, cell) in cells.enumerated() {
            numbers.update(cell.key.number) { $0 = Int32(truncatingIfNeeded: index + 1) }
        }
        most = max(most, 2 * cells.count)
    }

    /// - Returns: Whether the line belongs to a rise.
    private mutating func add(_ line: AccountLine, _ scope: Traffic.Scope) -> Bool {
        let key = Key(signature: line.signature, scope: scope)
        let minute = Traffic.minute(line.time)
        let cell = number(of: key, at: minute)
        guard cells[cell].clumps.isNew(line) else {
            // The other lines of a clump belong to what its first one does.
            if cells[cell].rise != nil { cells[cell].rise?.end = line.time }
            return cells[cell].rise != nil
        }
        cells[cell].past.add(minute: minute)
        if var rise = cells[cell].rise {
            if goesOn(rise, cells[cell], at: line.time) {
                rise.end = line.time
                rise.count += 1
                rise.expected = cells[cell].expectedRate * (rise.end - rise.start)
                cells[cell].rise = rise
                return true
            }
            rises.append(rise)
            cells[cell].past.exclude(since: Traffic.minute(rise.start), seconds: rise.end - rise.start)
            cells[cell].past.add(minute: minute)
            cells[cell].rise = nil
            return false
        }
        guard cells[cell].isToBeChecked(at: minute), let rise = rise(key, cells[cell].past, at: line.time) else {
            return false
        }
        cells[cell].expectedRate = rise.expected / max(1, rise.end - rise.start)
        cells[cell].rise = rise
        return true
    }

    private func goesOn(_ rise: Rise, _ cell: Cell, at time: Double) -> Bool {
        guard time - rise.start < Self.longest else { return false }
        let rate = rise.count / max(60, rise.end - rise.start)
        // Ten lines are expected in the time that is looked back on, unless that is over a night.
        let back = min(max(600, 10 / rate), 21_600)
        let since = Traffic.minute(time - back)
        let count = cell.past.minutes.reversed().prefix { $0.minute >= since }.reduce(0) { $0 + Double($1.count) }
        return count >= max(2, settings.leastRatio * cell.expectedRate * back)
    }

    private func rise(_ key: Key, _ past: SignaturePast, at time: Double) -> Rise? {
        let heard = traffic.heard.seconds(to: time)
        guard heard > settings.warmUp else { return nil }
        let clump = clumping.ratio(of: key.signature, hours: heard / 3_600)
        let needed: Double
        if case .account = key.scope { needed = settings.accountSurprise } else { needed = settings.surprise }
        var minutes = past.minutes[...]
        var count = 0.0
        var found: Double?
        for window in settings.windows {
            let since = Traffic.minute(time - window)
            while let last = minutes.last, last.minute >= since {
                count += Double(last.count)
                minutes.removeLast()
            }
            guard count >= settings.leastCount else { continue }
            let begin = time - window
            guard let mean = expected(key, past, from: begin, to: time) else { break }
            if count < settings.leastRatio * mean { continue }
            let known = Self.prior.shape + past.lines(before: Traffic.minute(begin)) / clump
            if CountExcess.surprise(count: count / clump, mean: mean / clump, dispersion: known) >= needed {
                found = begin
                break
            }
        }
        guard let found else { return nil }
        return onset(key, past, from: found, to: time)
    }

    /// The lines to expect in a stretch; nil when there is too little past to say.
    private func expected(_ key: Key, _ past: SignaturePast, from: Double, to: Double) -> Double? {
        let seconds = max(0, traffic.heard.weight(to: from) - past.excluded)
        guard seconds >= to - from else { return nil }
        let lines = past.lines(before: Traffic.minute(from))
        let rate = (lines + Self.prior.lines) / (seconds + Self.prior.seconds / (1 + lines))
        return rate * (to - from) * max(1, traffic.ratio(key.scope, from: from, to: to))
    }

    /// The stretch up to now whose count is the most improbable.
    private func onset(_ key: Key, _ past: SignaturePast, from: Double, to time: Double) -> Rise {
        let mean = (expected(key, past, from: from, to: time) ?? 1) / (time - from)
        var best = (surprise: -1.0, start: time, count: 1.0)
        var count = 0.0
        let since = Traffic.minute(from)
        for item in past.minutes.reversed() {
            guard item.minute >= since else { break }
            count += Double(item.count)
            let start = Double(item.minute) * 60
            let surprise = CountExcess.surprise(count: count, mean: mean * max(60, time - start))
            if surprise > best.surprise { best = (surprise, start, count) }
        }
        return Rise(
            signature: key.signature, scope: key.scope, start: best.start, detectedAt: time, end: time,
            count: best.count,
            expected: mean * (time - best.start))
    }
}
