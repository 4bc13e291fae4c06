internal import Features
public import Records
internal import Statistics

/// The warnings of a table of counts, as they would have been raised, updated and closed hour by hour.
///
/// Each hour each signature is asked for its excess (see ``RateExcess``), and those are told of which at most a share ``Settings/falseDiscoveries`` is
/// chance (Benjamini and Hochberg over all signatures). What one account does alone is left to the impact of incidents. A warning is raised once; it
/// is closed when a day has passed without an excess and what could go wrong in it was enough to tell, and what has gone on for a week is usual. The
/// next one of its signature is of later lines alone, and within the week what was told is no past of it.
public struct WarningLedger: Sendable {
    /// What makes a warning.
    public struct Settings: Sendable {
        /// The share of false discoveries among what is told in an hour: one in twenty over a day.
        public var falseDiscoveries = 0.002
        /// The least lines.
        public var leastCount = 4.0
        /// The least ratio of the lines and what was expected.
        public var leastRatio = 1.5
        /// The hours from the first one before which nothing is usual.
        public var warmUp = 24
        /// What was over before it is not told; nil for all.
        public var since: Instant?

        /// The usual settings.
        public init() {}
    }

    /// The hours that are looked at before ``Settings/since``: what a window of a week holds then may have been told before.
    private static let lookBack = (RateExcess.windows.max() ?? 0) + WarningEpisode.quiet

    /// In order of when they were raised; of those that were raised together first what hits the most value, and the most accounts.
    public let warnings: [TrendWarning]
    /// Those that go on, by the places of their signatures.
    let open: [Int32: WarningEpisode]
    /// What the next one of a signature is compared with, where there was one before.
    let compared: [Int32: ComparedHours]

    /// Looks through all hours of a table, of which no holiday is known.
    public init(
        _ table: CountTable, accounts: [Account] = [], snoozed: [SnoozedSignature] = [], settings: Settings = Settings()
    ) {
        self.init(SignatureSeries(table), accounts: accounts, snoozed: snoozed, settings: settings)
    }

    /// Looks through all hours.
    ///
    /// - Parameters:
    ///   - series: The counts; nil where nothing was counted, of which there is no warning.
    ///   - accounts: The customers, for the value of their contracts.
    ///   - snoozed: What is not to be told.
    /// - Complexity: O(hours with lines of a signature), each about a thousand steps.
    public init(
        _ series: SignatureSeries?, accounts: [Account] = [], snoozed: [SnoozedSignature] = [],
        settings: Settings = Settings()
    ) {
        guard let series else {
            (warnings, open, compared) = ([], [:], [:])
            return
        }
        let table = series.table
        var excess = RateExcess(exposures: series.exposure.values, days: series.days)
        let recent = series.first + series.count - RateExcess.memory
        excess.dispersion = Self.dispersion(table.signatures.count) {
            series.cells(of: Int32($0)).dispersion(from: recent)
        }
        let since = settings.since.map { Int(($0.seconds / 3_600).rounded(.up)) } ?? .min
        let from = max(settings.warmUp, max(since, series.first) - Self.lookBack - series.first)
        let values = Self.values(accounts)
        let limits = SnoozeLimits(snoozed, series)
        let news = NewSignatures(
            table.signatures.indices.map { series.cells(of: Int32($0)) }, from: series.first,
            values: table.accounts.map { values[$0] ?? 0 })
        let everything = ComparedHours(from: series.first)
        let found = concurrently(table.signatures.count, by: 64) { [excess] range in
            range.map { signature -> [SignatureExcess] in
                let cells = series.cells(of: Int32(signature))
                guard cells.earliest != nil else { return [] }
                let sums = cells.sums
                let limit = limits.lines(
                    of: table.signatures[signature].id, first: series.first, series.exposure)
                return (max(0, from)..<max(from, series.count)).compactMap { hour in
                    SignatureExcess(cells, sums: sums, at: hour, excess, everything, news, limit: limit, settings)
                }
            }
        }.flatMap { $0 }
        let levels = Self.levels(found, settings)
        let least = settings.falseDiscoveries / Double(max(1, found.count))
        var warnings: [TrendWarning] = []
        var open: [Int32: WarningEpisode] = [:]
        var compared: [Int32: ComparedHours] = [:]
        for (signature, found) in zip(Int32(0)..., found) where !found.isEmpty {
            let cells = series.cells(of: signature)
            let limit = limits.lines(of: table.signatures[Int(signature)].id, first: series.first, series.exposure)
            let episodes = Self.episodes(
                cells, found, isTold: { $0.pValue <= levels[$0.hour] ?? least }, limit: limit, excess, news, settings)
            for episode in episodes {
                if episode.over != nil { compared[signature] = episode.next } else { open[signature] = episode }
                guard episode.last >= since else { continue }
                warnings.append(episode.warning(cells, signature, names: table, values: values))
            }
        }
        self.warnings = warnings.sorted {
            ($0.raisedAt, $1.annualValue, $1.accountCount, $0.signature)
                < ($1.raisedAt, $0.annualValue, $0.accountCount, $1.signature)
        }
        self.open = open
        self.compared = compared
    }

    /// That of a signature of which little is known.
    static func dispersion(_ signatures: Int, _ ofOne: @Sendable (Int) -> CountDispersion?) -> CountDispersion {
        let all = concurrently(signatures, by: 64) { $0.compactMap(ofOne) }
        return CountDispersion.typical(all.flatMap { $0 })
    }

    /// What accounts pay in a year, by their ids.
    static func values(_ accounts: [Account]) -> [String: Double] {
        Dictionary(accounts.map { ($0.id, $0.annualValue ?? 0) }, uniquingKeysWith: { first, _ in first })
    }

    /// For each hour the p-value up to which of all excesses at most the given share is chance; none where that is true of no excess.
    ///
    /// It is the threshold and not the largest p-value below it, as an excess may be compared with another past before it is told.
    private static func levels(_ found: [[SignatureExcess]], _ settings: Settings) -> [Int: Double] {
        var ofHour: [Int: [Double]] = [:]
        for excess in found.joined() { ofHour[excess.hour, default: []].append(excess.pValue) }
        return ofHour.compactMapValues { values in
            let adjusted = FalseDiscoveryRate.benjaminiHochberg(values, tests: found.count)
            let told = adjusted.count { $0 <= settings.falseDiscoveries }
            return told > 0 ? settings.falseDiscoveries * Double(told) / Double(found.count) : nil
        }
    }

    /// The warnings of a signature one after another.
    ///
    /// - Parameters:
    ///   - found: Its excesses, in order of hour.
    ///   - isTold: Whether an excess is told among those of all signatures in its hour.
    ///   - limit: For an hour, from the first one, the lines of the day up to its end below which it is not to be told.
    private static func episodes(
        _ cells: SignatureCells, _ found: [SignatureExcess], isTold: (SignatureExcess) -> Bool,
        limit: (Int) -> Double, _ excess: RateExcess, _ news: NewSignatures, _ settings: Settings
    ) -> [WarningEpisode] {
        let sums = cells.sums
        let end = cells.first + cells.count
        func time(after hour: Int) -> Instant { Instant(seconds: Double(hour + 1) * 3_600) }
        /// What the next one is raised for; nil when there is none.
        func next(after last: WarningEpisode) -> SignatureExcess? {
            guard let over = last.over else { return nil }
            let compared = last.next
            func later(at hour: Int) -> SignatureExcess? {
                let later = SignatureExcess(
                    cells, sums: sums, at: hour - cells.first, excess, compared, news, limit: limit, settings)
                return later.flatMap { isTold($0) ? $0 : nil }
            }
            // What was told is no past for a while, so that it may come back in an hour that is none of those found.
            let known = min(end, max(over, compared.toldUntil ?? over))
            for hour in over..<max(over, known) {
                if let later = later(at: hour) { return later }
            }
            for other in found where other.hour >= known && isTold(other) {
                if let later = later(at: other.hour) { return later }
            }
            return nil
        }
        var episodes: [WarningEpisode] = []
        var begin = found.first(where: isTold)
        while let raised = begin {
            var episode = WarningEpisode(
                raised, episodes.last?.next ?? ComparedHours(from: cells.first), at: time(after: raised.hour))
            for hour in raised.hour + 1..<max(end, raised.hour + 1) {
                episode.end(before: hour, cells, sums: sums, excess)
                if episode.over != nil { break }
                if let more = SignatureExcess(episode, goingOnAt: hour - cells.first, of: cells, sums: sums, excess) {
                    episode.goOn(more, at: time(after: hour))
                }
            }
            episode.end(before: end, cells, sums: sums, excess)
            episodes.append(episode)
            begin = next(after: episode)
        }
        return episodes
    }
}
