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
            if cells[cell].rise != nil {
                cells[cell].rise?.end = line.time
                cells[cell].departure?.follow(at: line.time)
            }
            return cells[cell].standing
        }
        if let rise = cells[cell].rise, let departure = cells[cell].departure {
            if goOn(rise, departure, in: cell, at: line.time) { return cells[cell].standing }
            cells[cell].past.add(minute: minute)
            return .apart
        }
        cells[cell].past.add(minute: minute)
        guard cells[cell].isToBeChecked(at: minute), var rise = rise(cell, at: line.time) else { return .apart }
        let base = usual(cells[cell].past, before: rise.start).rate
        // What a rise brings is no past of it, however long it goes on.
        cells[cell].past.exclude(since: Traffic.minute(rise.start))
        cells[cell].departure = Departure(rise, from: base, limit: settings.surprise, traffic)
        cells[cell].isUsual = true
        note(&rise, in: cell)
        return cells[cell].standing
    }

    /// Takes a line for one of a rise, unless the rise was over before it.
    private mutating func goOn(
        _ rise: Rise, _ departure: Departure, in cell: Int, at time: Double
    ) -> Bool {
        var (rise, departure) = (rise, departure)
        let goesOn = departure.goesOn(rise, at: time, traffic)
        let isTooLong = goesOn && time - rise.start >= Self.longest
        if goesOn, !isTooLong {
            rise.end = time
            rise.count += 1
            rise.expected = departure.expected
            cells[cell].departure = departure
            note(&rise, in: cell)
            return true
        }
        let seconds = departure.last - rise.start
        if isTooLong {
            cells[cell].past.restart(
                rate: rise.count / max(1, seconds), seconds: seconds, heard: traffic.heard.weight(to: time),
                at: Traffic.minute(time))
        } else {
            cells[cell].past.exclude(seconds: seconds, to: Traffic.minute(departure.last))
            departure.end(&rise)
        }
        if !cells[cell].isUsual { rises.append(rise) }
        cells[cell].rise = nil
        cells[cell].departure = nil
        return false
    }

    /// Keeps a rise as far as it has come, and tells it when it is more than what came before.
    private mutating func note(_ rise: inout Rise, in cell: Int) {
        let key = cells[cell].key.ofBursts
        noteBurst(cells[cell], lines: rise.count, from: rise.start, to: rise.end)
        if cells[cell].isUsual,
            bursts[key]?.explain(lines: rise.count, from: rise.start, to: rise.end) != true
        {
            cells[cell].isUsual = false
            rise.detectedAt = rise.end
        }
        cells[cell].rise = rise
    }

    /// Keeps a burst of a cell for those that come later.
    private mutating func noteBurst(_ cell: RiseCell, lines: Double, from start: Double, to end: Double) {
        let key = cell.key.ofBursts
        let pause = bursts[key]?.pause(before: start, to: end)
        let isBack = pause.map { cameBack(cell, after: $0.end, until: start, from: $0.rate) } ?? false
        bursts[key, default: PastBursts()].note(lines: lines, from: start, to: end, isAnother: isBack)
    }

    /// Whether the lines of a cell were back at their usual rate between two bursts, the first of which had so many a second.
    private func cameBack(_ cell: RiseCell, after end: Double, until start: Double, from rate: Double) -> Bool {
        // Of the lines before that only a sum is known.
        let day = start - Double(SignaturePast.recentMinutes) * 60
        let isLong = end <= day
        let end = max(end, day)
        guard start > end else { return false }
        let lines = cell.past.lines(since: Traffic.minute(end) &+ 1) - cell.past.lines(since: Traffic.minute(start))
        let base = usual(cell.past, before: end).rate
        let pace = traffic.pace(of: cell.key.scope, before: end)
        let exposure = Departure.exposure(
            seconds: start - end, pace, lines: pace.map { traffic.lines($0.scope, from: end, to: start) })
        let doubt = Departure.doubt(lines: max(0, lines), exposure: exposure, from: base, at: rate)
        // What goes on has lines in a day, though few for a night.
        return doubt > (isLong ? 0 : settings.surprise)
    }

    /// The rise that a line makes plain; a window that is less than that but improbable is noted as a burst.
    private mutating func rise(_ cell: Int, at time: Double) -> Rise? {
        let (key, past) = (cells[cell].key, cells[cell].past)
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
        if let burst { noteBurst(cells[cell], lines: burst.lines, from: burst.start, to: time) }
        return nil
    }

    /// The lines to expect in a stretch; nil when there is too little past to say.
    private func expected(_ key: RiseCell.Key, _ past: SignaturePast, from: Double, to: Double) -> Double? {
        let (rate, seconds) = usual(past, before: from)
        guard seconds >= to - from else { return nil }
        return rate * (to - from) * max(1, traffic.ratio(key.scope, from: from, to: to))
    }

    /// The lines a second that were usual before a time, above 0, and in how many seconds that was seen.
    private func usual(_ past: SignaturePast, before time: Double) -> (rate: Double, seconds: Double) {
        let minute = Traffic.minute(time)
        let seconds = max(0, traffic.heard.weight(to: time) - past.excludedSeconds(at: minute))
        let lines = past.lines(before: minute)
        return ((lines + Self.prior.lines) / (seconds + Self.prior.seconds / (1 + lines)), seconds)
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
