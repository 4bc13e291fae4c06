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

    /// Below this, an excess is worth keeping until all signatures are compared.
    private static let worthwhile = 0.01
    /// The accounts and versions that a warning names.
    private static let named = 10
    /// The hours without an excess after which a warning is closed.
    private static let quiet = 24

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
            warnings = []
            return
        }
        let excess = RateExcess(exposures: series.exposures)
        let from = max(
            settings.warmUp, settings.since.map { Int(($0.seconds / 3_600).rounded(.up)) - series.first } ?? 0)
        let values = Dictionary(accounts.map { ($0.id, $0.annualValue ?? 0) }, uniquingKeysWith: { first, _ in first })
        let limits = Dictionary(
            snoozed.map { ($0.signature, $0.untilLinesPerDay) }, uniquingKeysWith: { max($0, $1) })
        let found = concurrently(table.signatures.count, by: 64) { range in
            range.map { signature in
                Self.excesses(
                    Int32(signature), series, excess, from: from, limits[table.signatures[signature].id], settings)
            }
        }.flatMap { $0 }
        let told = Self.told(found, settings)
        warnings = found.indices.flatMap { signature in
            Self.warnings(
                Int32(signature), found[signature].filter { told.contains(Key(signature, $0.hour)) }, series, excess,
                values)
        }.sorted { ($0.raisedAt, $0.signature) < ($1.raisedAt, $1.signature) }
    }

    /// An excess in an hour.
    private struct Excess: Sendable {
        let hour: Int
        let evidence: RateExcess.Evidence
    }

    private struct Key: Hashable {
        let signature: Int
        let hour: Int

        init(_ signature: Int, _ hour: Int) {
            (self.signature, self.hour) = (signature, hour)
        }
    }

    private static func excesses(
        _ signature: Int32, _ series: SignatureSeries, _ excess: RateExcess, from: Int, _ limit: Double?,
        _ settings: Settings
    ) -> [Excess] {
        let sums = RateExcess.sums(series.counts(signature))
        var found: [Excess] = []
        for hour in max(0, from)..<max(from, series.count) where sums[hour + 1] > sums[hour] {
            guard let evidence = excess.evidence(at: hour, sums: sums), evidence.pValue < worthwhile,
                evidence.observed >= settings.leastCount,
                evidence.observed >= settings.leastRatio * evidence.expected,
                limit ?? 0 <= sums[hour + 1] - sums[max(0, hour - 23)],
                isOfSeveral(signature, evidence, hour, series, excess)
            else { continue }
            found.append(Excess(hour: hour, evidence: evidence))
        }
        return found
    }

    /// Whether the excess still stands without the account that has the most of it.
    private static func isOfSeveral(
        _ signature: Int32, _ evidence: RateExcess.Evidence, _ hour: Int, _ series: SignatureSeries,
        _ excess: RateExcess
    ) -> Bool {
        let accounts = series.most(signature, hours: evidence.start..<hour + 1) { $0.account }
        guard let largest = accounts.first, 2 * Double(largest.lines) > evidence.observed else { return true }
        let others = RateExcess.sums(series.counts(signature) { $0.account != largest.index })
        guard let left = excess.evidence(at: hour, sums: others) else { return false }
        return left.pValue < RateExcess.weaker(evidence.pValue) || left.pValue < 1e-6
    }

    /// The excesses of which at most the given share is chance, hour by hour.
    private static func told(_ found: [[Excess]], _ settings: Settings) -> Set<Key> {
        var ofHour: [Int: [(signature: Int, pValue: Double)]] = [:]
        for (signature, excesses) in found.enumerated() {
            for excess in excesses { ofHour[excess.hour, default: []].append((signature, excess.evidence.pValue)) }
        }
        var told: Set<Key> = []
        for (hour, items) in ofHour {
            let adjusted = FalseDiscoveryRate.benjaminiHochberg(items.map(\.pValue), tests: found.count)
            for (item, value) in zip(items, adjusted) where value <= settings.falseDiscoveries {
                told.insert(Key(item.signature, hour))
            }
        }
        return told
    }

    private static func warnings(
        _ signature: Int32, _ told: [Excess], _ series: SignatureSeries, _ excess: RateExcess,
        _ values: [String: Double]
    ) -> [TrendWarning] {
        guard !told.isEmpty else { return [] }
        let sums = RateExcess.sums(series.counts(signature))
        var groups: [[Excess]] = []
        for begin in told where begin.hour > groups.last?.last?.hour ?? -1 {
            var group = [begin]
            var last = begin.hour
            var hour = begin.hour + 1
            while hour < series.count, hour - last <= quiet {
                // It goes on by what was usual before it began, and it takes less to go on than to begin.
                if let evidence = excess.evidence(at: hour, sums: sums, knownUntil: begin.evidence.start),
                    evidence.pValue < worthwhile
                {
                    group.append(Excess(hour: hour, evidence: evidence))
                    last = hour
                }
                hour += 1
            }
            groups.append(group)
        }
        return groups.compactMap { warning(signature, $0, series, values) }
    }

    private static func warning(
        _ signature: Int32, _ group: [Excess], _ series: SignatureSeries, _ values: [String: Double]
    ) -> TrendWarning? {
        guard let first = group.first, let last = group.last,
            let surest = group.min(by: { $0.evidence.pValue < $1.evidence.pValue })
        else { return nil }
        let table = series.table
        let earliest = table.cells(of: signature).first.map { Int($0.hour) - series.first } ?? 0
        // A window may begin long before anything came of it.
        let start = max(first.evidence.start, min(earliest, first.hour))
        let hours = start..<last.hour + 1
        func instant(_ hour: Int) -> Instant { Instant(seconds: Double(series.first + hour) * 3_600) }
        func parts(_ names: [String], _ part: (CountTable.Scope) -> Int32) -> [TrendWarning.Part] {
            series.most(signature, hours: hours, part).map {
                TrendWarning.Part(id: names[Int($0.index)], lines: $0.lines)
            }
        }
        let accounts = parts(table.accounts) { $0.account }
        let end = last.hour + quiet
        return TrendWarning(
            signature: table.signatures[Int(signature)].id, template: table.signatures[Int(signature)].template,
            since: instant(start), raisedAt: instant(first.hour + 1), updatedAt: instant(last.hour + 1),
            closedAt: end < series.count ? instant(end + 1) : nil, observed: surest.evidence.observed,
            expected: surest.evidence.expected, hours: surest.hour + 1 - surest.evidence.start,
            adjustedPValue: min(1, surest.evidence.pValue * Double(table.signatures.count)),
            isNew: earliest >= first.evidence.start, lines: Int(series.counts(signature)[hours].reduce(0, +)),
            accounts: Array(accounts.prefix(named)), accountCount: accounts.count,
            versions: Array(parts(table.versions) { $0.version }.prefix(named)),
            annualValue: accounts.reduce(0) { $0 + (values[$1.id] ?? 0) })
    }
}
