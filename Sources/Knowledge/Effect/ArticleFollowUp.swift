public import Records
internal import Statistics

/// What became of an article: what it did for the desk, and whether it is about what is no longer there.
public struct ArticleFollowUp: Sendable {
    /// The article.
    public let article: Article
    /// When people could first read it.
    public let publishedAt: Instant
    /// What it did, with intervals of 90 %.
    public let effect: ArticleEffectReport
    /// Why it is stale; empty when nothing says so.
    public let staleness: [ArticleStaleness.Reason]
}

extension DeskKnowledge {
    /// An article of a knowledge base, with the issue group that most of its tickets are in, the environment of that group and the resolution of its tickets.
    ///
    /// The group is empty where none of its tickets is known.
    public func article(of published: ArticlePublication) -> Article {
        let named = Set(published.tickets)
        let own = cases.indices.filter { named.contains(cases[$0].ticket.id) }
        let group = group(ofMost: named)
        var facts: [Article.EnvironmentFact] = []
        let about = group?.cases ?? own
        for fact in about.flatMap({ cases[$0].environment }) {
            if let place = facts.firstIndex(where: { ($0.field, $0.value) == (fact.field, fact.value) }) {
                facts[place].cases += 1
            } else {
                facts.append(Article.EnvironmentFact(field: fact.field, value: fact.value, cases: 1))
            }
        }
        facts += writer.environment(about).filter { $0.field == Article.EnvironmentFact.signature }
        let resolution = own.flatMap { number in
            (solutions.told(number)?.sentences ?? []).map {
                Article.Sentence(text: $0, tickets: [cases[number].ticket.id])
            }
        }
        return Article(
            id: published.id, state: .validated, group: group?.id ?? "", createdAt: published.publishedAt,
            title: published.title, environment: facts, resolution: resolution)
    }

    /// What became of articles.
    ///
    /// - Parameters:
    ///   - articles: The articles, and when people could first read each.
    ///   - uses: The uses of articles.
    ///   - now: Now.
    /// - Complexity: O(articles · (tickets + groups · weeks)).
    public func followUps(
        of articles: [(article: Article, publishedAt: Instant)], uses: [ArticleUse], now: Instant
    ) -> [ArticleFollowUp] {
        guard let contrast = try? PlaceboContrast(level: 0.9), let rule = ArticleStaleness() else { return [] }
        var groupOfTicket: [String: String] = [:]
        for (one, group) in zip(cases, groupOfCase) { groupOfTicket[one.ticket.id] = group }
        let articles = zip(attached(articles.map(\.article)), articles).map {
            (article: $0, publishedAt: $1.publishedAt)
        }
        var first: [String: Instant] = [:]
        for (article, time) in articles where !article.group.isEmpty {
            first[article.group] = min(first[article.group] ?? time, time)
        }
        let history = ArticleHistory(cases: cases, groups: groupOfTicket, publishedAt: first, uses: uses, end: now)
        var sightings: [ArticleStaleness.Sighting] = []
        for one in cases where one.ticket.openedAt <= now {
            let time = one.ticket.openedAt
            for fact in one.environment {
                sightings.append(ArticleStaleness.Sighting(field: fact.field, value: fact.value, time: time))
            }
            for signature in one.signatures {
                sightings.append(
                    ArticleStaleness.Sighting(
                        field: Article.EnvironmentFact.signature, value: signature, time: time))
            }
        }
        let effect = ArticleEffect(contrast: contrast)
        return articles.map { article, publishedAt in
            let staleness = rule.reasons(
                article, sightings: sightings, cases: history.cases(of: article.group), now: now)
            return ArticleFollowUp(
                article: article, publishedAt: publishedAt,
                effect: effect.report(
                    of: article, publishedAt: publishedAt, in: history,
                    vanishedAt: staleness.compactMap { $0.versionsVanishedAt(now: now) }.first),
                staleness: staleness)
        }
    }
}
