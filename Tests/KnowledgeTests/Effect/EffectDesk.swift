import Knowledge
import Records
import Statistics

/// A desk of eight issue groups with Poisson tickets a day, of which "print" gets an article after forty weeks.
enum EffectDesk {
    static let day = 86_400.0
    static let published = Instant(seconds: 40 * 7 * day + 3 * day)
    static let end = Instant(seconds: 60 * 7 * day)

    static func article(environment: [Article.EnvironmentFact] = [], resolution: [Article.Sentence] = []) -> Article {
        Article(
            id: "A1", group: "print", createdAt: published, title: text("the printer is silent"),
            environment: environment,
            resolution: resolution)
    }

    static func text(_ words: String) -> RedactedText {
        var generator = SplitMix64(seed: 1)
        return Redactor(keyedBy: &generator).redact(RawText(words))
    }

    /// - Parameters:
    ///   - left: The share of the tickets that is left after the publication.
    ///   - linkedHours: The hours of every third ticket since, to which the article is linked; others take about ten.
    static func history(left: Double, linkedHours: Double = 5, seed: UInt64 = 1) -> ArticleHistory {
        var generator = SplitMix64(seed: seed)
        var cases: [SupportCase] = []
        var groups: [String: String] = [:]
        var uses: [ArticleUse] = []
        for group in ["print", "login", "sync", "mail", "export", "import", "billing", "search"] {
            for number in 0..<60 * 7 {
                let start = Double(number) * day
                let isTreated = group == "print" && start >= published.seconds
                for ticket in 0..<generator.poisson(mean: isTreated ? 4 * left : 4) {
                    let id = "\(group)-\(number)-\(ticket)"
                    let isLinked = isTreated && ticket % 3 == 0
                    let hours =
                        (isLinked ? linkedHours : 10) * generator.logNormal(logMean: 0, logStandardDeviation: 0.2)
                    let opened = Instant(seconds: start + generator.uniform() * day)
                    cases.append(
                        SupportCase(
                            ticket: Ticket(
                                id: id, openedAt: opened, resolvedAt: Instant(seconds: opened.seconds + 3_600 * hours)),
                            isReopened: !isLinked && number % 5 == 0))
                    groups[id] = group
                    if isLinked { uses.append(ArticleUse(article: "A1", time: opened, kind: .linked, ticket: id)) }
                }
            }
        }
        return ArticleHistory(
            cases: cases, groups: groups, publishedAt: ["print": published], uses: uses,
            begin: Instant(seconds: 0), end: end)
    }
}
