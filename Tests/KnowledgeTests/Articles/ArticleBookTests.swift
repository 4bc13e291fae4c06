import Knowledge
import Records
import Testing

struct ArticleBookTests {
    private static let index = CaseIndex(DeskOfTests.texts)
    private static let writer = ArticleWriter(DeskOfTests.cases, index, Solutions(DeskOfTests.cases, index))
    private static let groups = (0..<3).map { (id: "\($0)", cases: DeskOfTests.members($0)) }

    private func book(
        _ groups: [(id: String, cases: [Int])] = groups, existing: [Article] = []
    ) -> ArticleBook {
        ArticleBook(groups, Self.writer, Self.index, existing: existing, at: DeskOfTests.end)
    }

    private static func id(_ group: String) -> String { Article.id(ofGroup: group, seal: nil) }

    private func article(_ group: Int) throws -> Article {
        try #require(book().drafts.first { $0.article.group == "\(group)" }).article
    }

    @Test func `each group gets an article of its own`() {
        let book = book()
        #expect(book.refused.isEmpty)
        #expect(book.drafts.map(\.article.group).sorted() == ["0", "1", "2"])
        #expect(book.drafts.allSatisfy { $0.article.id == Self.id($0.article.group) && $0.article.version == 1 })
    }

    @Test func `an id that an article of another group has is not given again`() throws {
        var moved = try article(0)
        moved.group = "2"
        let found = book(existing: [moved]).drafts.first { $0.article.group == "0" }
        let draft = try #require(found).article
        #expect(draft.version == 1 && draft.id != moved.id && draft.id != Self.id("2"))
    }

    @Test func `groups that are too small are refused in their order with the reason`() {
        let book = book([("a", [4]), ("b", Self.groups[0].cases), ("c", [2, 5])])
        #expect(book.drafts.map(\.article.group) == ["b"])
        #expect(book.refused.map(\.cases) == [[2, 5], [4]])
        #expect(book.refused.map(\.reason) == [.fewCases(2), .fewCases(1)])
    }

    @Test func `of two groups that say the same the larger one has the article`() {
        let members = DeskOfTests.members(0)
        let book = book([("few", Array(members.prefix(9))), ("many", members)])
        #expect(book.drafts.map(\.article.group) == ["many"])
        #expect(book.refused.map(\.reason) == [.alreadyWritten(article: Self.id("many"))])
    }

    /// The articles of a desk in which each half of the cases of an issue has words of its own.
    private func book(_ change: (inout SupportCase, Int) -> Void, existing: [Article] = []) -> ArticleBook {
        var cases = DeskOfTests.cases
        for number in cases.indices { change(&cases[number], number) }
        let index = CaseIndex(cases.map(CaseText.init))
        let writer = ArticleWriter(cases, index, Solutions(cases, index))
        let few = DeskOfTests.members(0).filter { $0 % 2 == 0 }.dropLast()
        let groups = [
            (id: "few", cases: Array(few)), (id: "many", cases: DeskOfTests.members(0).filter { !few.contains($0) }),
            (id: "other", cases: DeskOfTests.members(1)),
        ]
        return ArticleBook(groups, writer, index, existing: existing, at: DeskOfTests.end)
    }

    /// Calls half of the issue of the printer by other names.
    private func renamed(_ one: inout SupportCase, _ number: Int) {
        one.ticket.category = number % 3 == 0 ? "print" : "mail"
        guard number % 3 == 0, number % 2 == 0 else { return }
        one.ticket.subject = "Labels stay white"
        one.ticket.body = "White labels everywhere in the warehouse."
    }

    @Test func `groups of one category that are resolved by the same have one article, about the cases of all`() throws
    {
        let book = book { self.renamed(&$0, $1) }
        #expect(Set(book.drafts.map(\.article.group)) == ["many", "other"])
        #expect(book.refused.map(\.reason) == [.alreadyWritten(article: Self.id("many"))])
        let draft = try #require(book.drafts.first { $0.article.group == "many" })
        #expect(draft.cases == DeskOfTests.members(0))
        // One that has an article keeps the issue.
        var known = draft.article
        (known.id, known.group) = ("K-few", "few")
        let again = self.book({ self.renamed(&$0, $1) }, existing: [known])
        #expect(again.refused.map(\.reason) == [.alreadyWritten(article: "K-few")])
    }

    @Test func `a remedy that is told about anything makes no groups one`() {
        let restart: RedactedText = "Restart the computer and try it again."
        let book = book { one, number in
            self.renamed(&one, number)
            one.ticket.resolution = restart
        }
        #expect(Set(book.drafts.map(\.article.group)) == ["few", "many", "other"])
    }

    @Test func `a category that most of the desk has makes no groups one`() {
        let book = book { one, number in
            self.renamed(&one, number)
            one.ticket.category = "incident"
        }
        #expect(Set(book.drafts.map(\.article.group)) == ["few", "many", "other"])
    }

    @Test func `a draft that says what an article says that somebody wrote is refused with its id`() throws {
        var byHand = try article(1)
        byHand.id = "H1"
        byHand.group = ""
        let book = book(existing: [byHand])
        #expect(book.refused.map(\.cases) == [DeskOfTests.members(1)])
        #expect(book.refused.map(\.reason) == [.alreadyWritten(article: "H1")])
        #expect(Set(book.drafts.map(\.article.group)) == ["0", "2"])
        byHand.state = .archived
        #expect(self.book(existing: [byHand]).drafts.count == 3)
    }

    @Test func `an article about a group that is gone stands in the way as well`() throws {
        var old = try article(1)
        old.id = "K-old"
        old.group = "old"
        let book = book(existing: [old])
        #expect(book.refused.map(\.cases) == [DeskOfTests.members(1)])
        #expect(book.refused.map(\.reason) == [.alreadyWritten(article: "K-old")])
    }

    @Test func `a group whose article says the same gets nothing`() throws {
        let existing = book().drafts.map(\.article)
        let again = book(existing: existing)
        #expect(again.drafts.isEmpty && again.refused.isEmpty)
    }

    @Test func `articles that exist stand beside the drafts, as they are, with the hours of their cases`() throws {
        let first = book().drafts
        #expect(book().standing == first)
        var existing = first.map(\.article)
        let changed = try #require(existing.firstIndex { $0.group == "2" })
        existing[changed].title = "Appointments"
        for number in existing.indices { (existing[number].version, existing[number].state) = (3, .validated) }
        let again = book(existing: existing)
        #expect(again.drafts.map(\.article.group) == ["2"])
        #expect(again.standing.map(\.cases) == first.map(\.cases))
        #expect(again.standing.map(\.hoursAWeek) == first.map(\.hoursAWeek))
        for one in again.standing {
            let isChanged = one.article.group == "2"
            #expect(one.article.version == (isChanged ? 4 : 3))
            #expect(one.article.state == (isChanged ? .draft : .validated))
            #expect(isChanged || existing.contains(one.article))
        }
    }

    @Test func `an article that no group is about stands without hours, and an archived one does not stand`() throws {
        var byHand = try article(1)
        (byHand.id, byHand.group) = ("H1", "")
        var archived = try article(2)
        archived.state = .archived
        let standing = book(existing: [byHand, archived]).standing
        #expect(standing.map(\.article.id) == [Self.id("0"), "H1"])
        let last = try #require(standing.last)
        #expect(last.article == byHand && last.cases.isEmpty && last.hoursAWeek == 0)
    }

    @Test func `versions say the same whatever their state, times and citations are`() throws {
        let known = try article(0)
        var other = known
        (other.version, other.state, other.audience, other.updatedAt) = (7, .validated, .everyone, DeskOfTests.day(1))
        other.issue[0].tickets = ["another"]
        #expect(other.saysTheSame(as: known))
        for part in [\Article.issue, \.cause, \.resolution, \.otherResolution] {
            var other = known
            other[keyPath: part].append(.init(text: "Another sentence.", tickets: ["1"]))
            #expect(!other.saysTheSame(as: known))
        }
        other.title = "Another title"
        #expect(!other.saysTheSame(as: known))
    }

    @Test func `a group that says more than its article gets the next version as a draft`() throws {
        var known = try article(2)
        known.id = "K-first"
        known.version = 4
        known.audience = .everyone
        known.state = .validated
        known.createdAt = DeskOfTests.day(3)
        known.title = "Appointments"
        let found = book(existing: [known]).drafts.filter { $0.article.group == "2" }
        #expect(found.count == 1)
        let next = try #require(found.first).article
        #expect(next.id == "K-first" && next.version == 5 && next.state == .draft && next.audience == .everyone)
        #expect(next.createdAt == DeskOfTests.day(3) && next.updatedAt == DeskOfTests.end)
        #expect(next.title != known.title)
    }

    @Test func `a group whose article a person archived gets none and keeps no other group from one`() throws {
        var archived = try article(1)
        archived.state = .archived
        archived.version = 2
        let book = book(existing: [archived])
        #expect(Set(book.drafts.map(\.article.group)) == ["0", "2"])
        #expect(book.refused.map(\.reason) == [.archived(article: archived.id)])
        var inUse = try article(1)
        inUse.id = "another"
        #expect(self.book(existing: [archived, inUse]).refused.isEmpty)
    }

    @Test func `what saves most hours comes first`() {
        let parts = [
            (id: "few", cases: Array(DeskOfTests.members(0).prefix(8))), (id: "many", cases: DeskOfTests.members(1)),
            (id: "some", cases: Array(DeskOfTests.members(2).prefix(12))),
        ]
        let drafts = book(parts).drafts
        #expect(drafts.map(\.article.group) == ["many", "some", "few"])
        #expect(drafts.map(\.hoursAWeek) == drafts.map(\.hoursAWeek).sorted(by: >))
    }

    @Test func `without groups there are no articles`() {
        #expect(book([]).drafts.isEmpty && book([]).refused.isEmpty)
    }
}
