internal import Features
internal import Glibc
public import Records
internal import Statistics

/// How one signature goes: by day, since when at which rate, and where it is heading.
public struct SignatureTrend: Sendable, Hashable {
    /// The id of the signature.
    public var signature: String
    /// Its template.
    public var template: String
    /// The first day, at 0 h UTC.
    public var firstDay: Instant
    /// The lines of each day.
    public var lines: [Double]
    /// The lines of the last seven days, which end with the last hour, as all do that are called recent.
    public var recentLines: Double
    /// The accounts that they hit.
    public var recentAccounts: Int
    /// The deployments that they came from.
    public var recentDeployments: Int
    /// The rate of the last seven days by that of all hours before, by exposure; nil in the first seven days, and where no line came before.
    public var ratio: Double?
    /// Its 90 % interval.
    public var interval: ClosedRange<Double>?
    /// The days on which a new rate began, as indexes of ``lines``.
    public var changes: [Int]
    /// The lines to expect of the next seven days, at the exposure of the last ones; see ``CountForecast``.
    public var forecast: Double
    /// The 80 % interval of what will come.
    public var forecastInterval: ClosedRange<Double>
    /// The id of the signature whose days are the most alike; nil when none correlates above .6 and by more than chance.
    public var companion: String?
    /// The correlation with it, of what is left of the lines of each day when their exposure and the day of the week are taken off; 0 without one.
    public var correlation: Double

    /// The variance of the lines of an hour by their mean.
    private var hourlyDispersion = 1.0

    private static let week = 7
    private static let alike = 0.6
    /// The probability that any two of the signatures that are compared are alike by chance.
    private static let chance = 0.01
    /// Fewer days tell of no pair that they go together.
    private static let leastDays = 14
    /// Signatures that are there on a smaller share of days have too few values between which they move.
    private static let leastPresence = 2.0 / 3
    /// The signatures that are compared with each other, those with the most lines.
    private static let mostCompared = 500
    private static let priorDispersion = (mean: 1.3, weight: 4.0)

    /// The trends of the signatures, those with the most lines in the last seven days first.
    ///
    /// - Parameter most: How many are wanted, 0 or more; what goes with what is looked for among all.
    /// - Complexity: O(cells), O(days) for each pair of the 500 that have the most lines, and O(days²) for each that is wanted.
    public static func all(_ table: CountTable, atMost most: Int = .max) -> [SignatureTrend] {
        SignatureSeries(table).map { all($0, atMost: most) } ?? []
    }

    /// The same of a series that was made of the table.
    public static func all(_ series: SignatureSeries, atMost most: Int = .max) -> [SignatureTrend] {
        let table = series.table
        let calendar = TrendDays(series, start: series.first - (series.first % 24 + 24) % 24)
        // The last day of the calendar may have just begun.
        let past = TrendDays(endingWith: series)
        // Each signature is by itself, and some have many times the cells of others.
        let found = concurrently(table.signatures.count, by: 1) { part in
            let linesPast = past.lines(table.cells(of: Int32(part.lowerBound)))
            return SignatureTrend(part.lowerBound, series, calendar, linesPast).map {
                ($0, linesPast, series.cells(of: Int32(part.lowerBound)).dispersion(from: series.first))
            }
        }.compactMap(\.self).sorted { ($1.0.recentLines, $0.0.signature) < ($0.0.recentLines, $1.0.signature) }
        let usual = CountDispersion.typical(found.compactMap(\.2))
        var trends = found.map { trend, _, dispersion in
            var trend = trend
            trend.hourlyDispersion = dispersion.shrunk(to: usual)
            return trend
        }
        pair(&trends, calendar.exposures)
        let wanted = trends.prefix(most)
        // A forecast takes many times what all the rest takes.
        return concurrently(wanted.count, by: 1) { part in
            var trend = wanted[part.lowerBound]
            trend.measure(calendar.exposures, past, found[part.lowerBound].1)
            return trend
        }
    }

    private mutating func measure(_ exposures: [Double], _ past: TrendDays, _ linesPast: [Double]) {
        let (rate, dispersion) = usual(exposures)
        if linesPast.count > Self.week {
            let ratio = RateRatio(
                events: recentLines / dispersion, exposure: past.exposures.suffix(Self.week).reduce(0, +),
                otherEvents: linesPast.dropLast(Self.week).reduce(0, +) / dispersion,
                otherExposure: past.exposures.dropLast(Self.week).reduce(0, +))
            interval = ratio?.interval(level: 0.9)
            if let estimate = ratio?.estimate, estimate.isFinite { self.ratio = estimate }
        }
        changes =
            Changepoints(
                lines, exposures: exposures,
                cost: .negativeBinomial(size: max(1.0 / 24, rate) / max(0.05, dispersion - 1)),
                penalty: 3 * log(Double(max(3, lines.count)))
            ).indexes
        guard let coming = CountForecast(linesPast, exposures: past.exposures, next: past.nextWeek) else { return }
        forecast = coming.expected
        forecastInterval = coming.quantile(0.1)...coming.quantile(0.9)
    }

    /// The lines by exposure over all days, and their variance by their mean, which is that of hours at least.
    private func usual(_ exposures: [Double]) -> (rate: Double, dispersion: Double) {
        let rate = max(lines.reduce(0, +), 0.5) / max(1e-9, exposures.reduce(0, +))
        var squares = Self.priorDispersion.mean * Self.priorDispersion.weight
        for (count, exposure) in zip(lines, exposures) where exposure > 0 {
            let expected = rate * exposure
            squares += min(25, (count - expected) * (count - expected) / expected)
        }
        return (rate, max(hourlyDispersion, squares / (Double(lines.count - 1) + Self.priorDispersion.weight)))
    }

    /// Gives each trend the one whose days are the most alike, where chance explains no pair so alike among all pairs (Bonferroni).
    private static func pair(_ trends: inout [SignatureTrend], _ exposures: [Double]) {
        let days = exposures.count { $0 > 0 }
        guard days >= leastDays else { return }
        let compared = trends.prefix(mostCompared).enumerated().compactMap { place, trend -> (Int, CountResiduals)? in
            guard Double(trend.lines.count { $0 > 0 }) >= leastPresence * Double(days) else { return nil }
            let (rate, dispersion) = trend.usual(exposures)
            return CountResiduals(
                trend.lines, expected: exposures.map { rate * $0 }, dispersion: dispersion, period: week
            ).map { (place, $0) }
        }
        let pairs = Double(compared.count * (compared.count - 1) / 2)
        for (number, (one, residuals)) in compared.enumerated() {
            for (other, others) in compared[(number + 1)...] {
                let correlation = residuals.correlation(with: others)
                guard correlation > alike, correlation > min(trends[one].correlation, trends[other].correlation),
                    residuals.pValue(ofCorrelation: correlation, with: others) * pairs <= chance
                else { continue }
                for (trend, companion) in [(one, other), (other, one)] where correlation > trends[trend].correlation {
                    trends[trend].correlation = correlation
                    trends[trend].companion = trends[companion].signature
                }
            }
        }
    }
}

extension SignatureTrend {
    /// The trend of a signature before it is measured; nil when it has no lines.
    ///
    /// - Parameters:
    ///   - index: The index of the signature.
    ///   - calendar: The days from 0 h UTC on.
    ///   - linesPast: Its lines of the days that end with the last hour.
    fileprivate init?(_ index: Int, _ series: SignatureSeries, _ calendar: TrendDays, _ linesPast: [Double]) {
        let lines = calendar.lines(series.table.cells(of: Int32(index)))
        guard lines.contains(where: { $0 > 0 }) else { return nil }
        let recent = max(0, series.count - Self.week * 24)..<series.count
        let name = series.table.signatures[index]
        self.init(
            signature: name.id, template: name.template, firstDay: Instant(seconds: Double(calendar.start) * 3_600),
            lines: lines, recentLines: linesPast.suffix(Self.week).reduce(0, +),
            recentAccounts: series.most(Int32(index), hours: recent) { $0.account }.count,
            recentDeployments: series.most(Int32(index), hours: recent) { $0.deployment }.count, ratio: nil,
            interval: nil,
            changes: [], forecast: 0, forecastInterval: 0...0, companion: nil, correlation: 0)
    }
}
