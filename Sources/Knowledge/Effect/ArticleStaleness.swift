public import Records
internal import Statistics

/// Tells which articles may be about what is no longer there.
///
/// An article is stale when all signatures, or all versions, among the facts of its environment have been silent for so long that of a thousand such
/// silences of something that goes on only so many would be that long (``Statistics/Silence``), and at least ``leastSilence`` days. Sightings of one day
/// count once, as they come in clumps. It is also stale when what resolves the tickets of its group has less in common with its resolution than before it
/// was made, by a rank test at the same rate; the tickets that it was made of are left out, as they hold its own words.
public struct ArticleStaleness: Sendable {
    /// Something of an environment that was seen.
    public struct Sighting: Sendable, Hashable {
        /// The structured field, such as `version` or `signature`.
        public var field: String
        /// Its value.
        public var value: String
        /// When.
        public var time: Instant

        /// Takes a sighting.
        public init(field: String, value: String, time: Instant) {
            self.field = field
            self.value = value
            self.time = time
        }
    }

    /// Why an article is stale.
    public enum Reason: Sendable, Hashable {
        /// Nothing of a field has been seen for so many times its usual gap.
        case vanished(field: String, days: Double, usualGaps: Double)
        /// What resolves its tickets has changed: the probability that a solution now has more in common with it than one before.
        case solutionsChanged(superiority: Double)
    }

    /// The share of false alarms, above 0 and below 1.
    public let falseAlarmRate: Double
    /// The least silence, in days.
    public let leastSilence: Double

    /// The fields whose values vanish.
    public static let fields = [Article.EnvironmentFact.signature, "version"]
    /// The solutions on either side below which nothing is said.
    private static let leastSolutions = 5
    private static let day = 86_400.0

    /// Takes the rule.
    ///
    /// - Returns: nil when the rate does not lie between 0 and 1 or the silence is negative.
    public init?(falseAlarmRate: Double = 0.001, leastSilence: Double = 14) {
        guard falseAlarmRate > 0, falseAlarmRate < 1, leastSilence >= 0, leastSilence.isFinite else { return nil }
        self.falseAlarmRate = falseAlarmRate
        self.leastSilence = leastSilence
    }

    /// Why an article is stale; empty when nothing says so.
    ///
    /// - Parameters:
    ///   - article: The article.
    ///   - sightings: What was seen, of all values, in any order.
    ///   - cases: The cases of its issue group.
    ///   - now: Now.
    /// - Complexity: O(n log n).
    public func reasons(_ article: Article, sightings: [Sighting], cases: [SupportCase], now: Instant) -> [Reason] {
        var reasons: [Reason] = []
        for field in Self.fields {
            let values = Set(article.environment.filter { $0.field == field }.map(\.value))
            if let reason = vanished(field, values, sightings.filter { $0.field == field }, now) {
                reasons.append(reason)
            }
        }
        if let reason = changedSolutions(article, cases, now) { reasons.append(reason) }
        return reasons
    }

    private func vanished(
        _ field: String, _ values: Set<String>, _ sightings: [Sighting], _ now: Instant
    ) -> Reason? {
        var days: [String: [Double]] = [:]
        for sighting in sightings where values.contains(sighting.value) {
            days[sighting.value, default: []].append((sighting.time.seconds / Self.day).rounded(.down))
        }
        let today = (now.seconds / Self.day).rounded(.down)
        let silences = values.compactMap { days[$0].flatMap { Silence(times: $0, now: today) } }
        // Of a value that was hardly ever seen nobody can tell whether it is gone.
        guard !silences.isEmpty, silences.count == values.count else { return nil }
        guard silences.allSatisfy({ $0.probability < falseAlarmRate && $0.length >= leastSilence }) else { return nil }
        let latest = silences.min { ($0.length, $0.usualGap) < ($1.length, $1.usualGap) }
        return latest.map { .vanished(field: field, days: $0.length, usualGaps: $0.length / $0.usualGap) }
    }

    private func changedSolutions(_ article: Article, _ cases: [SupportCase], _ now: Instant) -> Reason? {
        let sources = article.citedTickets
        let words = Self.words(article.resolution.map(\.text.string).joined(separator: " "))
        guard !words.isEmpty else { return nil }
        var (before, after) = ([Double](), [Double]())
        for item in cases where !sources.contains(item.ticket.id) && !item.ticket.resolution.isEmpty {
            guard let resolved = item.ticket.resolvedAt, resolved <= now else { continue }
            let share =
                Double(words.intersection(Self.words(item.ticket.resolution.string)).count) / Double(words.count)
            if resolved < article.updatedAt { before.append(share) } else { after.append(share) }
        }
        guard min(before.count, after.count) >= Self.leastSolutions, let ranks = RankSum(after, before),
            ranks.pValueLess < falseAlarmRate
        else { return nil }
        return .solutionsChanged(superiority: ranks.superiority)
    }

    private static func words(_ text: String) -> Set<Substring> {
        Set(text.lowercased().split { !$0.isLetter && !$0.isNumber })
    }
}
