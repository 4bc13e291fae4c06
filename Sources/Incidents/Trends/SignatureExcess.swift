internal import Glibc
internal import Records
internal import Statistics

/// That a signature comes more often in a window of hours than its past explains, and not from one account alone.
struct SignatureExcess: Sendable {
    /// The first hour of the window, since 1970 UTC.
    let start: Int
    /// The last hour of the window, since 1970 UTC.
    let hour: Int
    /// The count in the window, what was to be expected, and the probability of so many or more.
    let (observed, expected, pValue): (Double, Double, Double)
    /// Whom it hits, where the signature is new.
    let spread: NewSignatureSpread?

    /// Below this, an excess is worth keeping until all signatures are compared.
    static let worthwhile = 0.01

    private init(
        _ evidence: RateExcess.Evidence, at hour: Int, first: Int, pValue: Double? = nil,
        spread: NewSignatureSpread? = nil
    ) {
        (start, self.hour) = (first + evidence.start, first + hour)
        (observed, expected, self.pValue) = (evidence.observed, evidence.expected, pValue ?? evidence.pValue)
        self.spread = spread
    }

    /// - Parameters:
    ///   - sums: Those of the cells.
    ///   - hour: From the first one of the cells.
    ///   - compared: What is told already is left out.
    ///   - news: What new signatures ordinarily do: one that does no more is none, and one that hits accounts as hardly any other did is one by that.
    ///   - limit: For an hour the lines of the day up to its end below which it is not to be told.
    /// - Returns: nil when it is none.
    init?(
        _ cells: SignatureCells, sums: [Double], at hour: Int, _ excess: RateExcess, _ compared: ComparedHours,
        _ news: NewSignatures, limit: (Int) -> Double, _ settings: WarningLedger.Settings
    ) {
        let told = compared.told(at: cells.first + hour)
        let weighted = told.map { RateExcess.sums($0.weighted(cells.counts(), cells)) } ?? sums
        guard
            let evidence = excess.evidence(
                at: hour, sums: weighted, from: compared.past(cells), windowsFrom: compared.windows(cells),
                below: Self.worthwhile),
            evidence.observed >= settings.leastRatio * evidence.expected,
            limit(hour) <= sums[hour + 1] - sums[max(0, hour - 23)]
        else { return nil }
        let spread = news.spread(of: cells, at: hour)
        if let spread {
            guard !spread.isOrdinary else { return nil }
            let pValue = spread.pValue(tests: news.tests)
            if pValue * Double(news.tests) <= settings.falseDiscoveries {
                self.init(
                    evidence, at: hour, first: cells.first, pValue: min(evidence.pValue, pValue), spread: spread)
                return
            }
        }
        guard evidence.observed >= settings.leastCount, Self.isOfSeveral(cells, evidence, hour, excess, compared) else {
            return nil
        }
        self.init(evidence, at: hour, first: cells.first, spread: spread)
    }

    /// That it goes on after it began, by what was usual before, for which less is enough: either it is less probable than ever, or the lines since then
    /// stand by themselves, as windows of days hold what is over.
    ///
    /// After a week it must be one by what came since it began as well.
    init?(
        _ episode: WarningEpisode, goingOnAt hour: Int, of cells: SignatureCells, sums: [Double], _ excess: RateExcess
    ) {
        let begin = episode.begin.start - cells.first
        func evidence(from start: Int, below level: Double) -> RateExcess.Evidence? {
            excess.evidence(
                at: hour, sums: sums, from: episode.compared.past(cells), windowsFrom: start, knownUntil: begin,
                below: level)
        }
        let surest = episode.surest
        guard
            let evidence = evidence(
                from: episode.compared.windows(cells), below: min(Self.worthwhile, surest.pValue))
                ?? evidence(from: surest.hour + 1 - cells.first, below: Self.worthwhile)
        else { return nil }
        if cells.first + hour - episode.begin.hour >= WarningEpisode.week {
            guard
                excess.evidence(at: hour, sums: sums, from: max(0, begin), below: Self.worthwhile) != nil
            else { return nil }
        }
        self.init(evidence, at: hour, first: cells.first)
    }

    /// Whether the excess still stands without the account that has the most of it.
    private static func isOfSeveral(
        _ cells: SignatureCells, _ evidence: RateExcess.Evidence, _ hour: Int, _ excess: RateExcess,
        _ compared: ComparedHours
    ) -> Bool {
        let accounts = cells.most(hours: evidence.start..<hour + 1) { $0.account }
        guard let largest = accounts.first, 2 * Double(largest.lines) > evidence.observed else { return true }
        let counts = cells.counts { $0.account != largest.index }
        let others = RateExcess.sums(compared.told(at: cells.first + hour)?.weighted(counts, cells) ?? counts)
        guard
            let left = excess.evidence(
                at: hour, sums: others, from: compared.past(cells), windowsFrom: compared.windows(cells))
        else { return false }
        return left.pValue < RateExcess.weaker(evidence.pValue) || left.pValue < 1e-6
    }
}

/// From when on the lines of a signature are compared.
struct ComparedHours: Sendable {
    /// The first hour of the past, since 1970 UTC.
    var past: Int
    /// The first hour of windows, since 1970 UTC: what came before was told.
    var windows: Int
    /// What was told last, unless it is usual.
    fileprivate var told: ToldHours?

    /// Everything from an hour on.
    init(from hour: Int) { (past, windows) = (hour, hour) }

    /// Until when what was told is no past: what comes back within a week of the warning has not become usual, and later it may come at one time of the
    /// week.
    var toldUntil: Int? { told?.end }

    fileprivate func told(at hour: Int) -> ToldHours? { hour < toldUntil ?? .min ? told : nil }

    fileprivate func past(_ cells: SignatureCells) -> Int { max(0, past - cells.first) }
    fileprivate func windows(_ cells: SignatureCells) -> Int { max(0, windows - cells.first) }
}

/// Hours in which a warning went on, each line of which counts for less in the past of later ones, so that together they are as many as were expected.
///
/// Source: the weights of past outbreaks in C. P. Farrington et al., "A statistical algorithm for the early detection of outbreaks of infectious
/// disease", J. R. Statist. Soc. A 159 (1996), doi:10.2307/2983331.
private struct ToldHours {
    /// Since 1970 UTC.
    let hours: Range<Int>
    /// 0...1.
    let weight: Double
    /// The hour from which they are what is usual, a week after it was raised.
    let end: Int

    /// Counts by hour with those in its hours at its weight.
    func weighted(_ counts: [Double], _ cells: SignatureCells) -> [Double] {
        var counts = counts
        for hour in (hours.lowerBound - cells.first..<hours.upperBound - cells.first).clamped(to: counts.indices) {
            counts[hour] *= weight
        }
        return counts
    }
}

/// A warning while it goes on.
struct WarningEpisode: Sendable {
    /// What it was raised for.
    let begin: SignatureExcess
    /// What it was raised by.
    let compared: ComparedHours
    let raisedAt: Instant
    /// The least probable excess so far.
    private(set) var surest: SignatureExcess
    /// The last hour in which it went on, since 1970 UTC.
    private(set) var last: Int
    /// Until when it went on.
    private(set) var updatedAt: Instant
    /// The hour before which it was over, since 1970 UTC; nil while it goes on.
    private(set) var over: Int?

    /// The hours without an excess after which it may be closed.
    static let quiet = 24
    /// The hours after which what goes on is usual.
    static let week = 168
    /// What comes as often as that, by what is usual and at least or by what it was in its surest window, goes on.
    private static let raised = (least: 3.0, share: 0.3)
    /// The accounts and versions that a warning names.
    private static let named = 10

    init(_ begin: SignatureExcess, _ compared: ComparedHours, at time: Instant) {
        self.compared = compared
        (self.begin, surest, last) = (begin, begin, begin.hour)
        (raisedAt, updatedAt) = (time, time)
    }

    mutating func goOn(_ excess: SignatureExcess, at time: Instant) {
        (last, updatedAt) = (excess.hour, time)
        if excess.pValue < surest.pValue { surest = excess }
    }

    /// Closes it if it is over before an hour.
    ///
    /// A day has passed without an excess, and in what could go wrong since the last one its lines are as many as were usual before it and not as many as
    /// came while it went on. After a week of it that is no measure any more.
    ///
    /// - Parameters:
    ///   - hour: Since 1970 UTC.
    ///   - sums: Those of the cells.
    mutating func end(before hour: Int, _ cells: SignatureCells, sums: [Double], _ excess: RateExcess) {
        guard over == nil, hour - last > Self.quiet else { return }
        if hour - begin.hour < Self.week {
            let since = (last + 1 - cells.first..<hour - cells.first).clamped(to: 0..<cells.count)
            let most = excess.exposure(of: surest.start - cells.first..<surest.hour + 1 - cells.first)
            guard most > 0, surest.expected > 0 else { return over = hour }
            let lines = sums[since.upperBound] - sums[since.lowerBound]
            var usual = surest.expected * excess.exposure(of: since) / most
            // Less was usual where it was less a week before; none at all is worth half a line.
            let (from, to) = (since.lowerBound - Self.week, since.upperBound - Self.week)
            if from >= 0 { usual = min(usual, max(0.5, sums[to] - sums[from])) }
            let ratio = surest.observed / surest.expected
            let raised = max(min(ratio, Self.raised.least), Self.raised.share * ratio)
            // The logarithm of the likelihood ratio of two Poisson means: the usual one to the raised one.
            guard usual * (raised - 1) - lines * log(raised) > -log(SignatureExcess.worthwhile) else { return }
        }
        over = hour
    }

    /// What the next warning of the signature is raised by: what was told is not told again, and what has gone on for a week is usual.
    var next: ComparedHours {
        var next = compared
        next.windows = last + 1
        next.told = nil
        if last + Self.quiet >= begin.hour + Self.week {
            next.past = begin.start
        } else {
            next.told = ToldHours(
                hours: begin.start..<last + 1, weight: min(1, surest.expected / surest.observed),
                end: begin.hour + Self.week)
        }
        return next
    }

    /// When it was over; nil while it goes on.
    var closedAt: Instant? { over.map { Instant(seconds: Double($0) * 3_600) } }

    /// What is told of it.
    ///
    /// - Parameters:
    ///   - cells: The lines of the signature.
    ///   - index: The place of the signature among the names.
    ///   - names: A table whose names are those of the cells.
    ///   - values: What accounts pay in a year.
    func warning(
        _ cells: SignatureCells, _ index: Int32, names: CountTable, values: [String: Double]
    ) -> TrendWarning {
        let earliest = cells.first + (cells.earliest ?? 0)
        let begun = min(begin.start, surest.start)
        // A window may begin long before anything came of it.
        let start = max(cells.first, begun, min(earliest, begin.hour))
        let hours = start - cells.first..<last + 1 - cells.first
        func parts(_ names: [String], _ part: (CountTable.Scope) -> Int32) -> [TrendWarning.Part] {
            cells.most(hours: hours, part).map { TrendWarning.Part(id: names[Int($0.index)], lines: $0.lines) }
        }
        let accounts = parts(names.accounts) { $0.account }
        let sums = cells.sums
        return TrendWarning(
            signature: names.signatures[Int(index)].id, template: names.signatures[Int(index)].template,
            since: Instant(seconds: Double(start) * 3_600), raisedAt: raisedAt, updatedAt: updatedAt,
            closedAt: closedAt, observed: surest.observed, expected: surest.expected,
            hours: surest.hour + 1 - surest.start,
            adjustedPValue: min(1, surest.pValue * Double(names.signatures.count)),
            isNew: earliest >= begun, lines: Int(sums[hours.upperBound] - sums[hours.lowerBound]),
            accounts: Array(accounts.prefix(Self.named)), accountCount: accounts.count,
            versions: Array(parts(names.versions) { $0.version }.prefix(Self.named)),
            annualValue: accounts.reduce(0) { $0 + (values[$1.id] ?? 0) }, spread: begin.spread)
    }
}
