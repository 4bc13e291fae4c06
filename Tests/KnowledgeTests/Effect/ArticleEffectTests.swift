import Knowledge
import Records
import Statistics
import Testing

struct ArticleEffectTests {
    private func report(
        _ history: ArticleHistory, article: Article = EffectDesk.article(), until vanishedAt: Instant? = nil
    ) throws -> ArticleEffectReport {
        try ArticleEffect(contrast: PlaceboContrast()).report(
            of: article, publishedAt: EffectDesk.published, in: history, vanishedAt: vanishedAt)
    }

    @Test func `an article that halves the tickets has helped, and its hours are counted`() throws {
        var history = EffectDesk.history(left: 0.5)
        let links = history.uses.count
        history.uses += [
            ArticleUse(article: "A1", time: EffectDesk.end, kind: .viewed),
            ArticleUse(article: "A1", time: EffectDesk.end, kind: .solved),
            ArticleUse(article: "A1", time: EffectDesk.end, kind: .unsolved),
            ArticleUse(article: "A2", time: EffectDesk.end, kind: .viewed),
            ArticleUse(article: "A1", time: Instant(seconds: EffectDesk.end.seconds + 1), kind: .viewed),
        ]
        let report = try report(history)
        #expect(report.verdict == .helped && report.obstacle == nil)
        let tickets = try #require(report.tickets)
        // From the 40th week and three days to the 60th there are 19 whole weeks.
        #expect(tickets.periods == 19)
        #expect(tickets.reduction.interval.contains(0.5))
        #expect(tickets.avoided.interval.contains(19 * 14))
        #expect(report.uses == .init(viewed: 1, linked: links, solved: 1, unsolved: 1))
        let handling = try #require(report.handling)
        #expect(handling.interval.contains(0.5) && handling.interval.upperBound < 0.6)
        // Some 266 tickets of ten hours, and five hours less for each that it was linked to.
        let saved = try #require(report.hoursSaved)
        #expect(abs(saved.value - 10 * tickets.avoided.value - 5 * Double(links)) < 0.15 * saved.value)
        #expect(saved.interval.lowerBound > 1_000 && saved.interval.upperBound < 6_000)
        #expect(report.reopenedLinked?.value == 0)
        #expect(try #require(report.reopenedUnlinked).interval.contains(0.2))
    }

    @Test func `an article that does nothing is not told to have helped`() throws {
        let report = try report(EffectDesk.history(left: 1, linkedHours: 10))
        #expect(report.verdict != .helped && report.verdict != .harmed)
        #expect(try #require(report.handling).interval.contains(1))
    }

    @Test func `hours that are known come before those from opening to resolution`() throws {
        var history = EffectDesk.history(left: 0.5, linkedHours: 10)
        for item in history.cases { history.hours[item.ticket.id] = 1 }
        let report = try report(history)
        #expect(report.handling?.value == 1)
        let tickets = try #require(report.tickets)
        #expect(abs(try #require(report.hoursSaved).value - tickets.avoided.value) < 1e-6)
    }

    @Test func `what cannot be compared is said, with all that is known nevertheless`() throws {
        var history = EffectDesk.history(left: 0.5)
        history.end = Instant(seconds: EffectDesk.published.seconds + 20 * EffectDesk.day)
        let young = try report(history)
        #expect(young.verdict == .cannotTell && young.tickets == nil)
        #expect(young.obstacle == .tooShort(before: 40, after: 2))
        #expect(young.uses.linked > 0 && young.handling != nil)
        var other = EffectDesk.article()
        other.group = "nobody"
        #expect(try report(EffectDesk.history(left: 1), article: other).obstacle == .tooFewCounts(0))
        let empty = ArticleHistory(cases: [], groups: [:], publishedAt: [:], end: EffectDesk.end)
        let nothing = try report(empty)
        #expect(nothing.verdict == .cannotTell && nothing.hoursSaved == nil && nothing.reopenedLinked == nil)
    }

    @Test func `how many tickets were opened again is not known where none is marked`() throws {
        var history = EffectDesk.history(left: 0.5)
        for index in history.cases.indices { history.cases[index].isReopened = false }
        let report = try report(history)
        #expect(report.reopenedLinked == nil && report.reopenedUnlinked == nil)
        #expect(report.uses.linked > 0)
    }

    @Test func `tickets that did not come once its version was gone are not the article's doing`() throws {
        var history = EffectDesk.history(left: 1)
        let vanishedAt = Instant(seconds: EffectDesk.published.seconds + 6 * 7 * EffectDesk.day)
        history.cases.removeAll { history.groups[$0.ticket.id] == "print" && $0.ticket.openedAt > vanishedAt }
        #expect(try report(history).verdict == .helped)
        let report = try report(history, until: vanishedAt)
        #expect(report.verdict != .helped && report.tickets?.periods == 6)
        #expect(report.uses.linked == history.uses.count)
        let before = Instant(seconds: EffectDesk.published.seconds - EffectDesk.day)
        #expect(try self.report(history, until: before).obstacle == .tooShort(before: 39, after: 0))
    }

    @Test func `the order of the cases changes nothing, and a clock that was wrong next to nothing`() throws {
        var history = EffectDesk.history(left: 0.7)
        let once = try report(history)
        history.cases.reverse()
        history.uses.reverse()
        #expect(try report(history).tickets == once.tickets)
        history.begin = nil
        history.cases.append(SupportCase(ticket: Ticket(id: "x", openedAt: Instant(seconds: -1e12))))
        history.groups["x"] = "print"
        #expect(
            abs(try #require(report(history).tickets).rateRatio.value - (once.tickets?.rateRatio.value ?? 0)) < 0.05)
    }
}
