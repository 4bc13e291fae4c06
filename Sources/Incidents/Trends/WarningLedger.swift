internal import Features
public import Records
internal import Statistics

/// The warnings of a table of counts, as they would have been raised, updated and closed hour by hour.
///
/// Each hour each signature is asked for its excess (see ``RateExcess``), and those are told of which at most a share ``Settings/falseDiscoveries`` is
/// chance (Benjamini and Hochberg over all signatures). What one account does alone is left to the impact of incidents. A warning is raised once; it
/// is closed when a day has passed without an excess.
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
        /// The first hour that is looked at, since 1970 UTC; nil for all.
        public var since: Instant?

        /// The usual settings.
        public init() {}
    }

    /// In order of when they were raised.
    public let warnings: [TrendWarning]
    /// Those that go on, by the places of their signatures.
    let open: [Int32: WarningEpisode]

    /// Looks through all hours.
    ///
    /// - Parameters:
    ///   - table: The counts.
    ///   - accounts: The customers, for the value of their contracts.
    ///   - snoozed: What is not to be told.
    /// - Complexity: O(hours with lines of a signature), each about a thousand steps.
    public init(
        _ table: CountTable, accounts: [Account] = [], snoozed: [SnoozedSignature] = [], settings: Settings = Settings()
    ) {
        guard let series = SignatureSeries(table) else {
            (warnings, open) = ([], [:])
            return
        }
        let excess = RateExcess(exposures: series.exposure.values)
        let from = max(
            settings.warmUp, settings.since.map { Int(($0.seconds / 3_600).rounded(.up)) - series.first } ?? 0)
        let values = Self.values(accounts)
        let limits = SnoozeLimits(snoozed, series)
        let found = concurrently(table.signatures.count, by: 64) { range in
            range.map { signature in
                let cells = series.cells(of: Int32(signature))
                let sums = cells.sums
                let limit = limits.lines(
                    of: table.signatures[signature].id, first: series.first, series.exposure)
                return (max(0, from)..<max(from, series.count)).compactMap { hour in
                    SignatureExcess(cells, sums: sums, at: hour, excess, limit: limit, settings)
                }
            }
        }.flatMap { $0 }
        let end = series.first + series.count
        let told = Self.told(found, settings)
        var warnings: [TrendWarning] = []
        var open: [Int32: WarningEpisode] = [:]
        for (signature, told) in zip(Int32(0)..., told) where !told.isEmpty {
            let cells = series.cells(of: signature)
            for episode in Self.episodes(cells, told, excess) {
                let isClosed = episode.last + WarningEpisode.quiet < end
                if !isClosed { open[signature] = episode }
                warnings.append(
                    episode.warning(cells, signature, names: table, isClosed: isClosed, values: values))
            }
        }
        self.warnings = warnings.sorted { ($0.raisedAt, $0.signature) < ($1.raisedAt, $1.signature) }
        self.open = open
    }

    /// What accounts pay in a year, by their ids.
    static func values(_ accounts: [Account]) -> [String: Double] {
        Dictionary(accounts.map { ($0.id, $0.annualValue ?? 0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The excesses of which at most the given share is chance, hour by hour, in the order in which they came.
    private static func told(_ found: [[SignatureExcess]], _ settings: Settings) -> [[SignatureExcess]] {
        var ofHour: [Int: [(signature: Int, excess: SignatureExcess)]] = [:]
        for (signature, excesses) in found.enumerated() {
            for excess in excesses { ofHour[excess.hour, default: []].append((signature, excess)) }
        }
        var told = [[SignatureExcess]](repeating: [], count: found.count)
        for (_, items) in ofHour.sorted(by: { $0.key < $1.key }) {
            let adjusted = FalseDiscoveryRate.benjaminiHochberg(items.map(\.excess.pValue), tests: found.count)
            for (item, value) in zip(items, adjusted) where value <= settings.falseDiscoveries {
                told[item.signature].append(item.excess)
            }
        }
        return told
    }

    private static func episodes(
        _ cells: SignatureCells, _ told: [SignatureExcess], _ excess: RateExcess
    ) -> [WarningEpisode] {
        guard !told.isEmpty else { return [] }
        let sums = cells.sums
        func end(of hour: Int) -> Instant { Instant(seconds: Double(hour + 1) * 3_600) }
        var episodes: [WarningEpisode] = []
        for begin in told where begin.hour > episodes.last?.last ?? -1 {
            var episode = WarningEpisode(begin, at: end(of: begin.hour))
            var hour = begin.hour + 1
            while hour < cells.first + cells.count, hour - episode.last <= WarningEpisode.quiet {
                if let more = SignatureExcess(begin, goingOnAt: hour - cells.first, of: cells, sums: sums, excess) {
                    episode.goOn(more, at: end(of: hour))
                }
                hour += 1
            }
            episodes.append(episode)
        }
        return episodes
    }
}
