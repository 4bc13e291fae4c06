public import Records

/// New lines of a log on their way through the counts to warnings, minute by minute.
///
/// Lines are taken, then counted minute by minute, each of which is looked at once it is over:
///
///     lines.take(sightings)
///     while let end = lines.countMinute() { tell(lines.look(at: end)) }
///
/// Memory is that of ``TrendCounts``, of ``WarningWatch`` and of the lines that are taken at a time.
public struct WatchedLines: Sendable {
    private var counts: TrendCounts
    private var watch: WarningWatch
    private var clock: StreamClock
    /// The signatures that are counted, and for each shape of the log the place of its own among them; -1 while it has none.
    public private(set) var signatures: [CountTable.Name]
    private var numbers: [Int32]
    /// The minute that is being counted, since 1970 UTC.
    private var minute: Int
    /// The lines that were taken last.
    private var taken = LogSightings()
    /// The first of them that is not counted yet, and the first whose time the clock has not taken.
    private var (place, next) = (0, 0)

    /// The signatures that are counted.
    public var signatureCount: Int { signatures.count }
    /// The lines that were left out, as their batch had been sent before.
    public var repeatedLines: Int { counts.repeatedLines }
    /// The lines whose times were so far ahead that they were not believed; see ``StreamClock``.
    public var linesAhead: Int { clock.linesAhead }

    /// Begins after the past.
    ///
    /// - Parameters:
    ///   - counts: What has counted the lines of the past, of which nothing was taken.
    ///   - end: The time at the end of them by the clock of their stream; nil where none told one.
    ///   - signatures: Their signatures.
    ///   - signatureOfShape: For each shape of the past the place of its signature among them, -1 for none.
    ///   - accounts: The customers, for the value of their contracts.
    ///   - snoozed: What is not to be told.
    ///   - calendar: When those who use the product rest, so that holidays are known; nil where that is not.
    ///   - now: The time, which counts where the past tells none or one that is later.
    public init(
        after counts: TrendCounts, endingAt end: Instant?, signatures: [CountTable.Name], signatureOfShape: [Int32],
        accounts: [Account] = [], snoozed: [SnoozedSignature] = [], calendar: BusinessCalendar? = nil, at now: Instant
    ) {
        self.counts = counts
        (self.signatures, numbers) = (signatures, signatureOfShape)
        let past = self.counts.take(signatures, numbers: numbers).withoutStrays().table
        // Lines of clocks that are wrong are no time of the past.
        let last = past.hours.map { Instant(seconds: Double($0.upperBound + 1) * 3_600 - 1) }
        let start = min(last ?? now, end ?? now)
        clock = StreamClock(at: start)
        watch = WarningWatch(past, accounts: accounts, snoozed: snoozed, calendar: calendar, at: start)
        minute = Int(start.seconds / 60)
    }

    /// Takes the next lines, once those before are counted.
    ///
    /// - Parameter sightings: What they say, with the numbers of their shapes for signatures.
    public mutating func take(_ sightings: LogSightings) {
        taken = sightings
        (place, next) = (0, 0)
    }

    /// Counts the lines that were taken up to the end of a minute, or all that are left.
    ///
    /// - Returns: The end of the minute, when it is time to look; nil where all are counted.
    public mutating func countMinute() -> Instant? {
        let first = place
        while place < taken.lines.count {
            if place == next {
                clock.take(taken.lines[place])
                // A line without a time is of that of the stream.
                if taken.lines[place].time == LogSighting.noTime, let now = clock.now {
                    taken.lines[place].observedTime = Int64(min(now.seconds * 1e9, 9e18))
                }
                next += 1
            }
            let current = clock.now.map { Int($0.seconds / 60) } ?? minute
            if current > minute {
                count(first..<place)
                // What belongs to the last minute of an hour is looked at in that hour.
                let end = Instant(seconds: Double(minute + 1) * 60 - 0.001)
                minute = current
                return end
            }
            place += 1
        }
        count(first..<place)
        take(LogSightings())
        return nil
    }

    private mutating func count(_ places: Range<Int>) {
        var part = taken
        part.lines = Array(taken.lines[places])
        counts.add(part)
    }

    /// Looks for warnings in what was counted since the last time.
    ///
    /// - Parameter time: When; nil for the time of the last lines.
    /// - Returns: The warnings of which there is news.
    public mutating func look(at time: Instant? = nil) -> [WarningWatch.News] {
        guard let now = time ?? clock.now else { return [] }
        return watch.add(counts.take(signatures, numbers: numbers), at: now)
    }

    /// Finds the signatures of new shapes: one that is counted already where they are of it, else one of their own.
    ///
    /// - Parameters:
    ///   - signatureOfShape: For each shape so far the number of its signature, -1 for none. The numbers may be others than the last time.
    ///   - name: The name of a signature, by its number.
    public mutating func number(_ signatureOfShape: [Int32], name: (Int32) -> CountTable.Name) {
        numbers += [Int32](repeating: -1, count: max(0, signatureOfShape.count - numbers.count))
        var known: [Int32: Int32] = [:]
        for (shape, signature) in signatureOfShape.enumerated() where numbers[shape] >= 0 {
            known[signature] = numbers[shape]
        }
        for (shape, signature) in signatureOfShape.enumerated() where numbers[shape] < 0 && signature >= 0 {
            if known[signature] == nil {
                known[signature] = Int32(truncatingIfNeeded: signatures.count)
                signatures.append(name(signature))
            }
            numbers[shape] = known[signature] ?? -1
        }
    }
}
