internal import Algorithms
internal import Features
public import Records
internal import Statistics

/// Warnings while counts come minute by minute: each is raised once, told again when it has doubled, and closed.
///
/// It goes on where a ``WarningLedger`` of the counts so far ends, by the same rules. The hour that is not over yet is one with less exposure; as it is looked
/// at many times, so much less of chance is allowed in it as less of it is over.
///
/// Memory is that of the cells of ``RateExcess/memory`` hours.
public struct WarningWatch: Sendable {
    /// What has become of a warning.
    public enum Change: String, Sendable {
        case raised, grown, closed
    }

    /// A warning of which there is news.
    public struct News: Sendable {
        /// What has happened.
        public var change: Change
        /// The warning as it is now.
        public var warning: TrendWarning
    }

    private struct Open: Sendable {
        var episode: WarningEpisode
        /// The lines when it was told last.
        var told: Int
    }

    private let settings: WarningLedger.Settings
    private let values: [String: Double]
    private let limits: SnoozeLimits
    private let calendar: BusinessCalendar?
    /// The names that cells have; it has no cells of its own.
    private var names: CountTable
    /// The cells of each signature, in order of hour and scope.
    private var cells: [[CountTable.Cell]] = []
    /// The first hour that is kept, since 1970 UTC.
    private var first: Int
    /// The first hour in which something is told.
    private let from: Int
    private var logged: LoggedHours
    private var open: [Int32: Open] = [:]
    /// What the next warning of a signature is compared with, where there was one before.
    private var compared: [Int32: ComparedHours] = [:]
    /// That of a signature of which little is known, at the beginning of the day.
    private var dispersion = CountDispersion.typical([])
    /// What new signatures ordinarily do, at the beginning of the day.
    private var newSignatures = NewSignatures([], from: .max / 2, values: [])
    /// The excesses of the hour that is not over yet.
    private var excesses: [Int32: SignatureExcess] = [:]

    /// The hours that are kept: those that are looked back at, and a window of a week.
    private static let kept = RateExcess.memory + 168

    /// Begins after what was counted so far.
    ///
    /// - Parameters:
    ///   - table: The counts.
    ///   - accounts: The customers, for the value of their contracts.
    ///   - snoozed: What is not to be told.
    ///   - calendar: When those who use the product rest, so that holidays are known; nil where that is not.
    ///   - now: The time until which it was counted.
    public init(
        _ table: CountTable, accounts: [Account] = [], snoozed: [SnoozedSignature] = [],
        calendar: BusinessCalendar? = nil, settings: WarningLedger.Settings = WarningLedger.Settings(), at now: Instant
    ) {
        self.settings = settings
        self.calendar = calendar
        values = WarningLedger.values(accounts)
        let series = SignatureSeries(table, calendar: calendar)
        limits = SnoozeLimits(snoozed, series)
        let hour = max(Self.hour(now), table.hours.map { Int($0.upperBound) } ?? .min)
        let begin = table.hours.map { Int($0.lowerBound) } ?? hour
        from = begin + settings.warmUp
        first = max(begin, hour + 1 - Self.kept)
        logged = LoggedHours(count: max(1, hour + 1 - first), signatures: LoggedHours.largest(of: table))
        names = table.withoutCells
        for cell in table.cells { add(cell) }
        let ledger = WarningLedger(series, accounts: accounts, snoozed: snoozed, settings: settings)
        for (signature, episode) in ledger.open {
            open[signature] = Open(episode: episode, told: warning(signature, episode).lines)
        }
        compared = ledger.compared
        learn()
    }

    /// Takes what was counted since the last call.
    ///
    /// - Parameters:
    ///   - counted: The counts, whose names are those of the table so far and perhaps more behind them. What is older than the memory is left out; what
    ///     is later than `now` counts in its hour, as its clock goes ahead.
    ///   - now: The time, not before that of the last call.
    /// - Returns: The warnings of which there is news.
    /// - Complexity: O(signatures with new lines), each about a thousand steps.
    public mutating func add(_ counted: CountTable, at now: Instant) -> [News] {
        names = counted.withoutCells
        newSignatures.tests = names.signatures.count
        var news = advance(to: Self.hour(now))
        var touched = Set(excesses.keys)
        for cell in counted.cells {
            add(cell)
            if cell.signature >= 0 { touched.insert(cell.signature) }
        }
        let last = logged.count - 1
        guard first + last >= from else { return news }
        let passed = min(1, max(0, now.seconds / 3_600 - Double(first + last)))
        let days = calendar.map { DayKinds($0, from: first, count: logged.count) }
        let exposure = logged.exposure(passed: passed)
        var excess = RateExcess(exposures: exposure.values, passed: passed, days: days)
        excess.dispersion = dispersion
        let signatures = touched.sorted()
        let before = self
        let found = concurrently(signatures.count, by: 64) { [excess] range in
            range.map { place in before.look(at: signatures[place], last, exposure, excess) }
        }.flatMap { $0 }
        for (signature, (begun, goingOn)) in zip(signatures, found) {
            excesses[signature] = begun
            if let goingOn { open[signature]?.episode.goOn(goingOn, at: now) }
        }
        let candidates = excesses.sorted { $0.key < $1.key }
        let adjusted = FalseDiscoveryRate.benjaminiHochberg(
            candidates.map(\.value.pValue), tests: names.signatures.count)
        for ((signature, excess), value) in zip(candidates, adjusted)
        where open[signature] == nil && value <= settings.falseDiscoveries * passed {
            let episode = WarningEpisode(excess, hours(of: signature), at: now)
            let warning = warning(signature, episode)
            open[signature] = Open(episode: episode, told: warning.lines)
            news.append(News(change: .raised, warning: warning))
        }
        for signature in signatures {
            guard let item = open[signature], item.episode.updatedAt == now else { continue }
            let warning = warning(signature, item.episode)
            guard warning.lines >= 2 * item.told else { continue }
            open[signature]?.told = warning.lines
            news.append(News(change: .grown, warning: warning))
        }
        return news
    }

    private static func hour(_ time: Instant) -> Int { Int((time.seconds / 3_600).rounded(.down)) }

    private func cells(of signature: Int32) -> SignatureCells {
        let own = Int(signature) < cells.count ? cells[Int(signature)][...] : []
        return SignatureCells(cells: own, scopes: names.scopes, first: first, count: logged.count)
    }

    /// Learns what is usual of signatures.
    private mutating func learn() {
        let watch = self
        dispersion = WarningLedger.dispersion(cells.count) { watch.cells(of: Int32($0)).dispersion(from: watch.first) }
        newSignatures = NewSignatures(
            cells.indices.map { cells(of: Int32($0)) }, from: first, values: names.accounts.map { values[$0] ?? 0 })
        newSignatures.tests = names.signatures.count
    }

    private func hours(of signature: Int32) -> ComparedHours { compared[signature] ?? ComparedHours(from: first) }

    private func warning(_ signature: Int32, _ episode: WarningEpisode) -> TrendWarning {
        episode.warning(cells(of: signature), signature, names: names, values: values)
    }

    /// Whether a signature comes too often in an hour, and whether a warning of it goes on in it.
    private func look(
        at signature: Int32, _ hour: Int, _ exposure: HourlyExposure, _ excess: RateExcess
    ) -> (begun: SignatureExcess?, goingOn: SignatureExcess?) {
        let cells = cells(of: signature)
        let sums = cells.sums
        let limit = limits.lines(of: names.signatures[Int(signature)].id, first: first, exposure)
        let begun = SignatureExcess(
            cells, sums: sums, at: hour, excess, hours(of: signature), newSignatures, limit: limit, settings)
        let goingOn = open[signature].flatMap {
            SignatureExcess($0.episode, goingOnAt: hour, of: cells, sums: sums, excess)
        }
        return (begun, goingOn)
    }

    /// Goes on to an hour, and closes what has not gone on for long enough.
    private mutating func advance(to hour: Int) -> [News] {
        let passed = hour - (first + logged.count - 1)
        guard passed > 0 else { return [] }
        excesses = [:]
        logged.append(min(passed, Self.kept))
        first = hour + 1 - logged.count
        if logged.count > Self.kept {
            let surplus = logged.count - Self.kept
            logged.removeFirst(surplus)
            first += surplus
        }
        if hour / 24 > (hour - passed) / 24 { learn() }
        let quiet = open.filter { hour - $0.value.episode.last > WarningEpisode.quiet }.sorted { $0.key < $1.key }
        guard !quiet.isEmpty else { return [] }
        let excess = RateExcess(exposures: logged.exposure(passed: 0).values, passed: 0)
        var news: [News] = []
        for (signature, item) in quiet {
            let cells = cells(of: signature)
            let sums = cells.sums
            var episode = item.episode
            // Hours may have passed since the last call.
            for end in hour - passed + 1...hour { episode.end(before: end, cells, sums: sums, excess) }
            guard episode.over != nil else { continue }
            news.append(News(change: .closed, warning: warning(signature, episode)))
            open[signature] = nil
            compared[signature] = episode.next
        }
        return news
    }

    /// Puts a cell into its place; what is older than the memory is left out.
    private mutating func add(_ cell: CountTable.Cell) {
        var cell = cell
        let last = first + logged.count - 1
        cell.hour = Int32(truncatingIfNeeded: min(Int(cell.hour), last))
        guard cell.hour >= first else { return }
        logged.add(cell, at: Int(cell.hour) - first)
        guard cell.signature >= 0 else { return }
        let signature = Int(cell.signature)
        if signature >= cells.count { cells += [[CountTable.Cell]](repeating: [], count: signature + 1 - cells.count) }
        cells[signature].insert(cell, after: first)
    }
}

extension [CountTable.Cell] {
    /// Puts a cell into the order of hour and scope, or adds it to the one that is there, and forgets cells of before some hour.
    fileprivate mutating func insert(_ cell: CountTable.Cell, after first: Int) {
        if let oldest = self.first, oldest.hour < first - 168 { removeFirst(prefix { $0.hour < first }.count) }
        let place = partitioningIndex { ($0.hour, $0.scope) >= (cell.hour, cell.scope) }
        guard place < count, self[place].hour == cell.hour, self[place].scope == cell.scope else {
            return insert(cell, at: place)
        }
        let (sum, overflow) = self[place].count.addingReportingOverflow(cell.count)
        self[place].count = overflow ? .max : sum
    }
}
