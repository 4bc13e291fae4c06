import Knowledge
import Records
import Testing

struct ArticleStalenessTests {
    private static let now = Instant(seconds: 200 * EffectDesk.day)
    private let facts = [
        Article.EnvironmentFact(field: "version", value: "1.2", cases: 4),
        Article.EnvironmentFact(field: "version", value: "1.3", cases: 2),
        Article.EnvironmentFact(field: "component", value: "spooler", cases: 6),
    ]

    private func seen(_ value: String, days: some Sequence<Int>, field: String = "version") -> [ArticleStaleness
        .Sighting]
    {
        days.map { .init(field: field, value: value, time: Instant(seconds: (Double($0) + 0.4) * EffectDesk.day)) }
    }

    private func reasons(
        _ sightings: [ArticleStaleness.Sighting], _ facts: [Article.EnvironmentFact]? = nil
    ) throws -> [ArticleStaleness.Reason] {
        try #require(ArticleStaleness()).reasons(
            EffectDesk.article(environment: facts ?? self.facts), sightings: sightings, cases: [], now: Self.now)
    }

    @Test func `an article is stale when all its versions have vanished`() throws {
        let gone = seen("1.2", days: 0..<100) + seen("1.3", days: stride(from: 0, to: 150, by: 2))
        // The last of them was seen on day 148, of gaps of two days.
        #expect(try reasons(gone) == [.vanished(field: "version", days: 52, usualGaps: 26)])
        #expect(try reasons(gone + seen("1.3", days: [199])).isEmpty)
    }

    @Test func `what was hardly seen, seldom comes or has paused as long before has not vanished`() throws {
        #expect(try reasons(seen("1.2", days: 0..<100)).isEmpty)
        #expect(try reasons(seen("1.2", days: 0..<100) + seen("1.3", days: [3])).isEmpty)
        let seldom = [Article.EnvironmentFact(field: "version", value: "1.2", cases: 1)]
        #expect(try reasons(seen("1.2", days: stride(from: 0, to: 180, by: 30)), seldom).isEmpty)
        #expect(try reasons(seen("1.2", days: Array(0..<50) + Array(130..<150)), seldom).isEmpty)
        #expect(try reasons(seen("1.2", days: 0..<190), seldom).isEmpty)
        #expect(try reasons([]).isEmpty)
    }

    @Test func `a version of few cases keeps an article fresh only as long as it is seen`() throws {
        let odd = [
            Article.EnvironmentFact(field: "version", value: "1.2", cases: 19),
            Article.EnvironmentFact(field: "version", value: "1.2-rc", cases: 2),
        ]
        let gone = seen("1.2", days: 0..<100)
        let expected = [ArticleStaleness.Reason.vanished(field: "version", days: 101, usualGaps: 101)]
        #expect(try reasons(gone, odd) == expected)
        #expect(try reasons(gone + seen("1.2-rc", days: [90]), odd) == expected)
        #expect(try reasons(gone + seen("1.2-rc", days: [195]), odd).isEmpty)
    }

    @Test func `signatures vanish too`() throws {
        let fact = [Article.EnvironmentFact(field: "signature", value: "e4", cases: 3)]
        let found = try reasons(seen("e4", days: 0..<120, field: "signature"), fact)
        #expect(found == [.vanished(field: "signature", days: 81, usualGaps: 81)])
    }

    @Test func `an article is stale when other things resolve its tickets`() throws {
        func solved(_ id: Int, _ words: String, day: Double) -> SupportCase {
            let time = Instant(seconds: EffectDesk.published.seconds + day * EffectDesk.day)
            return SupportCase(
                ticket: Ticket(id: "\(id)", openedAt: time, resolvedAt: time, resolution: EffectDesk.text(words)))
        }
        let article = EffectDesk.article(resolution: [
            .init(text: EffectDesk.text("Restart the spooler service."), tickets: ["1"])
        ])
        let before = (1...12).map { solved($0, "we had to restart the spooler service", day: -20 + Double($0)) }
        let same = (20...31).map { solved($0, "restart the spooler service, please", day: Double($0)) }
        let other = (20...31).map { solved($0, "a new driver was installed", day: Double($0)) }
        let now = Instant(seconds: EffectDesk.published.seconds + 40 * EffectDesk.day)
        let rule = try #require(ArticleStaleness())
        #expect(
            rule.reasons(article, sightings: [], cases: before + other, now: now) == [.solutionsChanged(superiority: 0)]
        )
        #expect(rule.reasons(article, sightings: [], cases: before + same, now: now).isEmpty)
        #expect(rule.reasons(article, sightings: [], cases: before + Array(other.prefix(4)), now: now).isEmpty)
        #expect(rule.reasons(EffectDesk.article(), sightings: [], cases: before + other, now: now).isEmpty)
    }

    @Test func `a rule that is none is refused`() {
        #expect(ArticleStaleness(falseAlarmRate: 0) == nil && ArticleStaleness(falseAlarmRate: 1) == nil)
        #expect(ArticleStaleness(leastSilence: -1) == nil)
    }
}
