internal import Records
internal import Statistics

/// Finds the rises of signatures, at every line from what came before it alone.
///
/// A scan over windows of five minutes to a day: a rise is told when the count of a window is more improbable than ``Settings/surprise``
/// under a negative binomial whose mean is the signature's own rate before the window in that scope, times the traffic of the window where that is
/// above the usual, and whose size is what the past tells of that rate (the predictive distribution of a Poisson count with a gamma rate).
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

    /// The prior past of a signature, half a line in two hours, which counts for the less the more lines of its own it has (the first lines of a
    /// signature that always fails would otherwise be taken for a rise of a slower one), and what it counts for where it is asked how sure a rate
    /// is (the shape of its gamma distribution).
    private static let prior = (lines: 0.5, seconds: 7_200.0, shape: 2.0)
    /// The share of the improbability of a rise from which a window is a burst, which later ones are compared with.
    private static let burstShare = 0.5
    /// A rise that goes on for so long is what is usual from then on, in seconds.
    private static let longest = 7 * 86_400.0

    private let settings: Settings
    /// The ordinary lines so far.
    private(set) var traffic = Traffic()
    private var cells: [RiseCell] = []
    /// The number of a cell and 1, by the number of its key.
    private var numbers = HashedTable<Int32>(none: 0)
    /// The cells at which those of which nothing was seen for a day are forgotten.
    private var most = 1 << 20
    private var clumping = Clumping()
    private var bursts: [RiseCell.Key: PastBursts] = [:]
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
        var standing = RiseCell.Standing.apart
        if !line.isRepeat {
            standing = add(line, .everything)
            if line.deployment >= 0 { standing = max(standing, add(line, .deployment(line.deployment))) }
        }
        if line.account >= 0 { standing = max(standing, add(line, .account(line.account))) }
        if standing > .apart {
            clumping.dropHour(of: line.signature)
        } else if !line.isRepeat {
            clumping.add(signature: line.signature, minute: Traffic.minute(line.time))
        }
        return standing == .rising
    }

    /// Takes note of the traffic of the next line, whose signature another detector looks at.
    mutating func observe(_ line: AccountLine) {
        traffic.add(line)
    }

    /// Ends the rises that still go on.
    mutating func finish() {
        rises += cells.compactMap { $0.isUsual ? nil : $0.rise }
        cells.removeAll()
        numbers = HashedTable(none: 0)
        rises.sort { ($0.start, $0.signature) < ($1.start, $1.signature) }
    }

    private mutating func number(of key: RiseCell.Key, at minute: Int32) -> Int {
        if cells.count >= most { forget(before: minute &- SignaturePast.recentMinutes) }
        let next = Int32(truncatingIfNeeded: cells.count + 1)
        var number = next
        numbers.update(key.number) {
            if $0 == 0 { $0 = next }
            number = $0
        }
        if number == next { cells.append(RiseCell(key: key)) }
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

    private mutating func add(_ line: AccountLine, _ scope: Traffic.Scope) -> RiseCell.Standing {
        let key = RiseCell.Key(signature: line.signature, scope: scope)
        let minute = Traffic.minute(line.time)
        let cell = number(of: key, at: minute)
        guard cells[cell].clumps.isNew(line) else {
            // The other lines of a clump belong to what its first one does.
            if cells[cell].rise != nil { cells[cell].rise?.end = line.time }
            return cells[cell].standing
        }
        cells[cell].past.add(minute: minute)
        if var rise = cells[cell].rise {
            if goesOn(rise, cells[cell], at: line.time) {
                rise.end = line.time
                rise.count += 1
                rise.expected = cells[cell].expectedRate * (rise.end - rise.start)
                note(&rise, in: cell)
                return cells[cell].standing
            }
            if !cells[cell].isUsual { rises.append(rise) }
            cells[cell].past.exclude(since: Traffic.minute(rise.start), seconds: rise.end - rise.start)
            cells[cell].past.add(minute: minute)
            cells[cell].rise = nil
            return .apart
        }
        guard cells[cell].isToBeChecked(at: minute), var rise = rise(key, cells[cell].past, at: line.time) else {
            return .apart
        }
        cells[cell].expectedRate = rise.expected / max(1, rise.end - rise.start)
        cells[cell].isUsual = true
        note(&rise, in: cell)
        return cells[cell].standing
    }

    /// Keeps a rise as far as it has come, and tells it when it is more than what came before.
    private mutating func note(_ rise: inout Rise, in cell: Int) {
        let key = cells[cell].key.ofBursts
        bursts[key, default: PastBursts()].note(lines: rise.count, from: rise.start, to: rise.end)
        if cells[cell].isUsual,
            bursts[key]?.explain(lines: rise.count, from: rise.start, to: rise.end) != true
        {
            cells[cell].isUsual = false
            rise.detectedAt = rise.end
        }
        cells[cell].rise = rise
    }

    private func goesOn(_ rise: Rise, _ cell: RiseCell, at time: Double) -> Bool {
        guard time - rise.start < Self.longest else { return false }
        let rate = rise.count / max(60, rise.end - rise.start)
        // Ten lines are expected in the time that is looked back on, unless that is over a night.
        let back = min(max(600, 10 / rate), 21_600)
        let count = cell.past.lines(since: Traffic.minute(time - back))
        return count >= max(2, settings.leastRatio * cell.expectedRate * back)
    }

    /// The rise that a line makes plain; a window that is less than that but improbable is noted as a burst.
    private mutating func rise(_ key: RiseCell.Key, _ past: SignaturePast, at time: Double) -> Rise? {
        let heard = traffic.heard.seconds(to: time)
        guard heard > settings.warmUp else { return nil }
        let clump = clumping.ratio(of: key.signature, hours: heard / 3_600)
        let needed: Double
        if case .account = key.scope { needed = settings.accountSurprise } else { needed = settings.surprise }
        var burst: (lines: Double, start: Double)?
        for window in settings.windows {
            let begin = time - window
            let count = past.lines(since: Traffic.minute(begin))
            guard count >= PastBursts.leastLines else { continue }
            guard let mean = expected(key, past, from: begin, to: time) else { break }
            if count < settings.leastRatio * mean { continue }
            let known = Self.prior.shape + past.lines(before: Traffic.minute(begin)) / clump
            let surprise = CountExcess.surprise(count: count / clump, mean: mean / clump, size: known)
            if surprise >= needed, count >= settings.leastCount { return onset(key, past, from: begin, to: time) }
            if burst == nil, surprise >= Self.burstShare * needed { burst = (count, past.first(since: begin)) }
        }
        if let burst {
            bursts[key.ofBursts, default: PastBursts()].note(lines: burst.lines, from: burst.start, to: time)
        }
        return nil
    }

    /// The lines to expect in a stretch; nil when there is too little past to say.
    private func expected(_ key: RiseCell.Key, _ past: SignaturePast, from: Double, to: Double) -> Double? {
        let seconds = max(0, traffic.heard.weight(to: from) - past.excluded)
        guard seconds >= to - from else { return nil }
        let lines = past.lines(before: Traffic.minute(from))
        let rate = (lines + Self.prior.lines) / (seconds + Self.prior.seconds / (1 + lines))
        return rate * (to - from) * max(1, traffic.ratio(key.scope, from: from, to: to))
    }

    /// The stretch up to now whose count is the most improbable.
    private func onset(_ key: RiseCell.Key, _ past: SignaturePast, from: Double, to time: Double) -> Rise {
        let mean = (expected(key, past, from: from, to: time) ?? 1) / (time - from)
        var best = (surprise: -1.0, start: time, count: 1.0)
        let since = Traffic.minute(from)
        for item in past.minutes.reversed() {
            guard item.minute >= since else { break }
            let count = past.lines(since: item.minute)
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
