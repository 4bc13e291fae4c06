internal import Features
public import Records
internal import Statistics

/// The warnings of a table of counts, as they would have been raised, updated and closed hour by hour.
///
/// Each hour each signature is asked for its excess (see ``RateExcess``), and those are told of which at most a share ``Settings/falseDiscoveries`` is
/// chance (Benjamini and Hochberg over all signatures). What one account does alone is left to the impact of incidents. A warning is raised once; it
/// is closed when a day has passed without an excess, and what has gone on for a week is usual. The next one of its signature is of later lines alone.
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
        let end = series.first + series.count
        let levels = Self.levels(found, settings)
        var warnings: [TrendWarning] = []
        var open: [Int32: WarningEpisode] = [:]
        var compared: [Int32: ComparedHours] = [:]
        for (signature, found) in zip(Int32(0)..., found) where !found.isEmpty {
            let cells = series.cells(of: signature)
            for episode in Self.episodes(cells, found, levels, excess, news, settings) {
                let isClosed = episode.last + WarningEpisode.quiet < end
                if isClosed { compared[signature] = episode.next } else { open[signature] = episode }
                guard episode.last >= since else { continue }
                warnings.append(
                    episode.warning(cells, signature, names: table, isClosed: isClosed, values: values))
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
    private static func levels(_ found: [[SignatureExcess]], _ settings: Settings) -> [Int: Double] {
        var ofHour: [Int: [Double]] = [:]
        for excess in found.joined() { ofHour[excess.hour, default: []].append(excess.pValue) }
        return ofHour.compactMapValues { values in
            let adjusted = FalseDiscoveryRate.benjaminiHochberg(values, tests: found.count)
            return zip(values, adjusted).filter { $0.1 <= settings.falseDiscoveries }.map(\.0).max()
        }
    }

    /// The warnings of a signature one after another.
    ///
    /// - Parameters:
    ///   - found: Its excesses, in order of hour.
    ///   - levels: For each hour the p-value up to which they are told.
    private static func episodes(
        _ cells: SignatureCells, _ found: [SignatureExcess], _ levels: [Int: Double], _ excess: RateExcess,
        _ news: NewSignatures, _ settings: Settings
    ) -> [WarningEpisode] {
        let sums = cells.sums
        func end(of hour: Int) -> Instant { Instant(seconds: Double(hour + 1) * 3_600) }
        var episodes: [WarningEpisode] = []
        for found in found where found.hour > episodes.last?.last ?? .min {
            guard let level = levels[found.hour], found.pValue <= level else { continue }
            let compared = episodes.last?.next ?? ComparedHours(from: cells.first)
            var begin = found
            if !episodes.isEmpty {
                // A snooze limits the hour, whatever it is compared with.
                guard
                    let later = SignatureExcess(
                        cells, sums: sums, at: found.hour - cells.first, excess, compared, news, limit: { _ in 0 },
                        settings),
                    later.pValue <= level
                else { continue }
                begin = later
            }
            var episode = WarningEpisode(begin, compared, at: end(of: begin.hour))
            var hour = begin.hour + 1
            while hour < cells.first + cells.count, hour - episode.last <= WarningEpisode.quiet {
                if let more = SignatureExcess(episode, goingOnAt: hour - cells.first, of: cells, sums: sums, excess) {
                    episode.goOn(more, at: end(of: hour))
                }
                hour += 1
            }
            episodes.append(episode)
        }
        return episodes
    }
}
