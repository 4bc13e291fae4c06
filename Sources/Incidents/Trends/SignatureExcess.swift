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
        guard
            let evidence = excess.evidence(
                at: hour, sums: sums, from: compared.past(cells), windowsFrom: compared.windows(cells),
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
        let others = RateExcess.sums(cells.counts { $0.account != largest.index })
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

    /// Everything from an hour on.
    init(from hour: Int) { (past, windows) = (hour, hour) }

    fileprivate func past(_ cells: SignatureCells) -> Int { max(0, past - cells.first) }
    fileprivate func windows(_ cells: SignatureCells) -> Int { max(0, windows - cells.first) }
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

    /// The hours without an excess after which it is closed.
    static let quiet = 24
    /// The hours after which what goes on is usual.
    static let week = 168
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

    /// What the next warning of the signature is raised by: what was told is not told again, and what has gone on for a week is usual.
    var next: ComparedHours {
        var next = compared
        next.windows = last + 1
        if last + Self.quiet >= begin.hour + Self.week { next.past = begin.start }
        return next
    }

    /// When it is over, unless it goes on.
    var closedAt: Instant { Instant(seconds: Double(last + Self.quiet + 1) * 3_600) }

    /// What is told of it.
    ///
    /// - Parameters:
    ///   - cells: The lines of the signature.
    ///   - index: The place of the signature among the names.
    ///   - names: A table whose names are those of the cells.
    ///   - isClosed: Whether it is over.
    ///   - values: What accounts pay in a year.
    func warning(
        _ cells: SignatureCells, _ index: Int32, names: CountTable, isClosed: Bool, values: [String: Double]
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
            closedAt: isClosed ? closedAt : nil, observed: surest.observed, expected: surest.expected,
            hours: surest.hour + 1 - surest.start,
            adjustedPValue: min(1, surest.pValue * Double(names.signatures.count)),
            isNew: earliest >= begun, lines: Int(sums[hours.upperBound] - sums[hours.lowerBound]),
            accounts: Array(accounts.prefix(Self.named)), accountCount: accounts.count,
            versions: Array(parts(names.versions) { $0.version }.prefix(Self.named)),
            annualValue: accounts.reduce(0) { $0 + (values[$1.id] ?? 0) }, spread: begin.spread)
    }
}
