import Glibc
public import Records
public import Statistics

/// Tells what an article did: tickets that did not come, hours saved, uses and reopenings.
public struct ArticleEffect: Sendable {
    /// How the tickets of a group are held against those of others; its periods are weeks.
    public let contrast: PlaceboContrast

    /// Four weeks, in which tickets are alike but for what was linked to them, in seconds.
    private static let stratum = 2_419_200.0
    /// Hours before the publication tell what is usual, so many of them in seconds: half a year.
    private static let usual = 15_724_800.0
    /// An hour is shorter than any that is told apart: what took less counts as that.
    private static let shortestHours = 1.0 / 60

    /// Takes the contrast.
    public init(contrast: PlaceboContrast) {
        self.contrast = contrast
    }

    /// Reports on an article.
    ///
    /// - Parameters:
    ///   - article: The article, with its issue group.
    ///   - publishedAt: When people could first read it.
    ///   - history: What is known of the desk. Where an article of the same group came earlier, its time counts for the tickets that did not come.
    ///   - vanishedAt: When the versions that the article is about were last seen; that no tickets came after that is none of its doing. Nil where they are still there.
    /// - Complexity: O(tickets + groups · weeks).
    public func report(
        of article: Article, publishedAt: Instant, in history: ArticleHistory, vanishedAt: Instant? = nil
    ) -> ArticleEffectReport {
        let fit = fit(article.group, publishedAt: publishedAt, history, until: vanishedAt)
        let uses = history.uses.filter { $0.article == article.id && $0.time <= history.end }
        let links = Set(uses.filter { $0.kind == .linked }.compactMap(\.ticket))
        let cases = history.cases(of: article.group)
        let since = cases.filter { $0.ticket.openedAt >= publishedAt }
        let linked = since.filter { links.contains($0.ticket.id) }
        let unlinked = since.filter { !links.contains($0.ticket.id) }
        let handling = handling(linked, unlinked, publishedAt, history)
        let before = cases.filter {
            $0.ticket.openedAt < publishedAt && $0.ticket.openedAt.seconds >= publishedAt.seconds - Self.usual
        }
        var saved = fit.tickets.flatMap { tickets in
            (hours(before, history) ?? hours(unlinked, history)).map { tickets.avoided * $0 }
        }
        if let handling, let usual = hours(unlinked, history) {
            let share = IntervalEstimate(
                1 - handling.value, in: 1 - handling.interval.upperBound...1 - handling.interval.lowerBound)
            let one = IntervalEstimate(Double(linked.count), in: Double(linked.count)...Double(linked.count))
            let byLinks = share * usual * one
            saved = saved.map { $0 + byLinks } ?? byLinks
        }
        return ArticleEffectReport(
            article: article.id, group: article.group, tickets: fit.tickets, obstacle: fit.obstacle,
            handling: handling, hoursSaved: saved, uses: Self.count(uses),
            reopenedLinked: reopened(linked, history), reopenedUnlinked: reopened(unlinked, history))
    }

    private func fit(
        _ group: String, publishedAt: Instant, _ history: ArticleHistory, until vanishedAt: Instant?
    ) -> (tickets: FittedPlaceboContrast?, obstacle: EffectError?) {
        var history = history
        let first = min(publishedAt, history.publishedAt[group] ?? publishedAt)
        history.publishedAt[group] = first
        history.end = min(history.end, vanishedAt ?? history.end)
        guard let counts = IssueGroupCounts(history, origin: first) else {
            return (nil, .tooShort(before: 0, after: 0))
        }
        guard let number = counts.groups.firstIndex(of: group) else { return (nil, .tooFewCounts(0)) }
        guard counts.panel.changedAt[number] != nil else {
            return (nil, .tooShort(before: counts.panel.periods, after: 0))
        }
        do throws(EffectError) {
            return (try contrast.fit(counts.panel, of: number), nil)
        } catch {
            return (nil, error)
        }
    }

    private func hours(_ cases: [SupportCase], _ history: ArticleHistory) -> IntervalEstimate? {
        IntervalEstimate(mean: cases.compactMap { history.hours(of: $0.ticket) }, level: contrast.level)
    }

    /// The ratio of hours with and without a link, within strata on the log scale.
    private func handling(
        _ linked: [SupportCase], _ unlinked: [SupportCase], _ publishedAt: Instant, _ history: ArticleHistory
    ) -> IntervalEstimate? {
        func values(_ cases: [SupportCase], isFirst: Bool) -> [StratifiedContrast.Value] {
            cases.compactMap { item in
                guard let hours = history.hours(of: item.ticket) else { return nil }
                let block = Int((item.ticket.openedAt.seconds - publishedAt.seconds) / Self.stratum)
                return StratifiedContrast.Value(
                    log(max(hours, Self.shortestHours)), isFirst: isFirst, stratum: "\(block) \(item.ticket.priority)")
            }
        }
        let all = values(linked, isFirst: true) + values(unlinked, isFirst: false)
        guard let logarithm = StratifiedContrast(all)?.estimate(level: contrast.level) else { return nil }
        return IntervalEstimate(
            exp(logarithm.value), in: exp(logarithm.interval.lowerBound)...exp(logarithm.interval.upperBound))
    }

    private func reopened(_ cases: [SupportCase], _ history: ArticleHistory) -> IntervalEstimate? {
        // Where no ticket at all is marked, nobody marks them.
        guard history.cases.contains(where: \.isReopened) else { return nil }
        return IntervalEstimate(share: cases.count { $0.isReopened }, of: cases.count, level: contrast.level)
    }

    private static func count(_ uses: [ArticleUse]) -> ArticleEffectReport.Uses {
        uses.reduce(into: ArticleEffectReport.Uses()) { sum, use in
            switch use.kind {
            case .viewed: sum.viewed += 1
            case .linked: sum.linked += 1
            case .solved: sum.solved += 1
            case .unsolved: sum.unsolved += 1
            }
        }
    }
}
