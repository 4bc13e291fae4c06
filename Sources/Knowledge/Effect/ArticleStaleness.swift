public import Records
internal import Statistics

/// Tells which articles may be about what is no longer there.
///
/// An article is stale when all signatures, or all versions, among the facts of its environment have been silent for so long that of a thousand such
/// silences of something that goes on only so many would be that long (``Statistics/Silence``), and at least ``leastSilence`` days. The rarest values that together
/// come up in no more than a tenth of its cases have only to be silent for the latter: nobody can tell how long what was seen once is usually silent. Sightings of one day
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

        /// When its versions were last seen, where they have vanished; nil else.
        ///
        /// Versions are seen in tickets about anything, while a signature that is in no ticket any more may be what the article did.
        func versionsVanishedAt(now: Instant) -> Instant? {
            if case .vanished(ArticleStaleness.version, let days, _) = self {
                Instant(seconds: now.seconds - days * Instant.day)
            } else {
                nil
            }
        }
    }

    /// The share of false alarms, above 0 and below 1.
    public let falseAlarmRate: Double
    /// The least silence, in days.
    public let leastSilence: Double

    /// The fields whose values vanish.
    public static let fields = [Article.EnvironmentFact.signature, version]
    private static let version = "version"
    /// The solutions on either side below which nothing is said.
    private static let leastSolutions = 5
    /// One in so many cases is as few as a neighbour's ticket in the wrong group brings in.
    private static let rare = 10

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
            let facts = article.environment.filter { $0.field == field }
            if let reason = vanished(field, facts, sightings.filter { $0.field == field }, now) {
                reasons.append(reason)
            }
        }
        if let reason = changedSolutions(article, cases, now) { reasons.append(reason) }
        return reasons
    }

    private func vanished(
        _ field: String, _ facts: [Article.EnvironmentFact], _ sightings: [Sighting], _ now: Instant
    ) -> Reason? {
        let values = Set(facts.map(\.value))
        var days: [String: [Double]] = [:]
        for sighting in sightings where values.contains(sighting.value) && sighting.time <= now {
            days[sighting.value, default: []].append((sighting.time.seconds / Instant.day).rounded(.down))
        }
        let today = (now.seconds / Instant.day).rounded(.down)
        let rare = Self.rare(facts)
        guard rare.allSatisfy({ today - (days[$0]?.max() ?? -.infinity) >= leastSilence }) else { return nil }
        let often = values.subtracting(rare)
        let silences = often.compactMap { days[$0].flatMap { Silence(times: $0, now: today) } }
        // Of a value that was hardly ever seen nobody can tell whether it is gone.
        guard !silences.isEmpty, silences.count == often.count else { return nil }
        guard silences.allSatisfy({ $0.probability < falseAlarmRate && $0.length >= leastSilence }) else { return nil }
        let latest = silences.min { ($0.length, $0.usualGap) < ($1.length, $1.usualGap) }
        return latest.map { .vanished(field: field, days: $0.length, usualGaps: $0.length / $0.usualGap) }
    }

    /// The rarest values that together come up in few of the cases.
    private static func rare(_ facts: [Article.EnvironmentFact]) -> Set<String> {
        var left = facts.reduce(0) { $0 + $1.cases } / rare
        return Set(
            facts.sorted { ($0.cases, $0.value) < ($1.cases, $1.value) }.prefix { fact in
                left -= fact.cases
                return left >= 0
            }.map(\.value))
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
