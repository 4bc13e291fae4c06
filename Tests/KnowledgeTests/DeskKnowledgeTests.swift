import Knowledge
import Records
import Testing

struct DeskKnowledgeTests {
    private static let knowledge = DeskKnowledge(DeskOfTests.cases, at: DeskOfTests.end)

    @Test func `an archived article does not come back to the team as a draft`() throws {
        var articles = Self.knowledge.articlesForTeam(existing: [])
        articles[0].state = .archived
        let shown = Self.knowledge.articlesForTeam(existing: articles)
        #expect(shown == Array(articles.dropFirst()))
    }

    @Test func `what a web form puts into all tickets is not compared`() {
        var cases = DeskOfTests.cases
        for number in cases.indices {
            cases[number].ticket.subject = "New request from the portal"
            cases[number].ticket.body = RedactedText(
                stringLiteral: """
                    Product: \(number % 2 == 0 ? "Alpha" : "Beta")
                    Description: \(cases[number].ticket.body.string)
                    I agree to the terms: yes
                    """)
        }
        for (text, one) in zip(DeskKnowledge(cases, at: DeskOfTests.end).texts, DeskOfTests.cases) {
            #expect(text.title.isEmpty && text.body.string.contains(one.ticket.body.string))
            #expect(!["portal", "Product", "Description", "agree"].contains { text.body.string.contains($0) })
        }
        // Where a ticket says nothing else it stays as it is.
        for number in cases.indices { cases[number].ticket.body = "" }
        let texts = DeskKnowledge(cases, at: DeskOfTests.end).texts
        #expect(texts.allSatisfy { $0.title == "New request from the portal" })
    }

    @Test func `titles and lines that many tickets have whatever they are about are not compared and make no article`()
    {
        var cases = DeskOfTests.cases
        // Of all issues alike, and of a few of them the titles of tests.
        for number in cases.indices where number / 3 % 2 == 0 {
            cases[number].ticket.subject = "Help needed"
            cases[number].ticket.body = RedactedText(joining: ["We are in a hurry.", cases[number].ticket.body])
        }
        let knowledge = DeskKnowledge(cases, at: DeskOfTests.end)
        for (number, text) in knowledge.texts.enumerated() {
            #expect(text.title.isEmpty == (number / 3 % 2 == 0))
            #expect(text.body.string == DeskOfTests.cases[number].ticket.body.string)
        }
        let said = knowledge.articles().drafts.flatMap { [$0.article.title] + $0.article.issue.map(\.text) }
        #expect(!said.isEmpty && !said.contains("Help needed") && !said.contains("We are in a hurry."))
    }

    @Test func `a title of one issue is compared however many have it`() {
        var cases = DeskOfTests.cases + DeskOfTests.cases
        for number in cases.indices where number % 3 == 0 { cases[number].ticket.subject = "Problem at my desk" }
        #expect(DeskKnowledge(cases, at: DeskOfTests.end).texts[0].title == "Problem at my desk")
    }

    @Test func `the team is told a solution in sentences that name no customer but the one that asks`() throws {
        let names: RedactedText = "Told Ingrid Lundquist of Nordwind about it."
        var cases = DeskOfTests.cases
        for number in cases.indices where number % 3 == 0 && number < 30 {
            cases[number].ticket.resolution = RedactedText(joining: [cases[number].ticket.resolution, names])
            cases[number].ticket.account = number % 18 == 0 ? "c0" : "c0 too"
            cases[number].customer = "c0"
        }
        let knowledge = DeskKnowledge(cases, at: DeskOfTests.end)
        let question = CaseText(cases[0])
        let found = try #require(
            knowledge.recommendations().recommend(for: question, at: DeskOfTests.end, count: 1).first)
        func told(_ cases: [String], _ account: String?) -> [RedactedText]? {
            var found = found
            found.cases = cases
            found.sentences = DeskOfTests.printer.notes.prefix(1) + [names]
            return knowledge.worded(found, forAccount: account)?.sentences
        }
        #expect(told(["T0", "T33"], "c5") == [cases[33].ticket.resolution])
        #expect(told(["T0"], "c5") == [DeskOfTests.printer.notes[0]])
        #expect(told(["T0"], nil) == [DeskOfTests.printer.notes[0]])
        #expect(told(["T0", "T33"], "c0")?.contains(names) == true)
    }

    @Test func `a desk with few customers tells what looks like no name of one of them`() throws {
        let found = try #require(
            Self.knowledge.recommendations().recommend(
                for: CaseText(DeskOfTests.cases[0]), at: DeskOfTests.end, count: 1
            ).first)
        func told(_ sentences: [RedactedText], of customers: [String], body: RedactedText? = nil) -> [RedactedText]? {
            var cases = [0, 4, 8].map { DeskOfTests.cases[$0] }
            for (place, customer) in customers.enumerated() {
                cases[place].ticket.account = customer
                cases[place].customer = customer
            }
            cases[0].ticket.resolution = RedactedText(joining: sentences)
            if let body { cases[0].ticket.body = body }
            var found = found
            (found.cases, found.sentences) = (["T0"], sentences)
            return DeskKnowledge(cases, at: DeskOfTests.end).worded(found, forAccount: "new")?.sentences
        }
        let note = DeskOfTests.printer.notes[0]
        let person: RedactedText = "Told Ingrid Lundquist of it."
        let host: RedactedText = "Install the driver of the printer on roda-vadi89."
        for customers in [["c0", "c1", "c2"], ["c0", "c1", "c1"]] {
            #expect(told([note], of: customers) == [note])
            #expect(told([note, person], of: customers) == [note])
            #expect(told([note, host], of: customers) == [note])
            #expect(told([host], of: customers) == nil)
        }
        #expect(told([note, host], of: ["c0", "c0", "c0"]) == [note, host])
        let german: RedactedText = "Bitte den Druckertreiber neu installieren und den Dienst neu starten."
        #expect(
            told([german], of: ["c0", "c1", "c2"], body: "Der Export bricht nach zehn Sekunden ab.") == [german])
    }

    @Test func `a name that begins a sentence is not told, and an ordinary word that does is`() throws {
        var found = try #require(
            Self.knowledge.recommendations().recommend(
                for: CaseText(DeskOfTests.cases[0]), at: DeskOfTests.end, count: 1
            ).first)
        let plain: RedactedText = "Restart the flange of the widget."
        found.cases = []
        found.sentences = [plain, "Ingrid replaced the flange.", "Contoso needs the widget."]
        #expect(Self.knowledge.worded(found, forAccount: "new")?.sentences == [plain])
    }

    @Test func `labels of scripts without blanks are words, not pieces of them`() {
        let issues: [[RedactedText]] = [
            ["通知メールが届かない。", "通知メールは今日も届きません。", "お客様に通知メールが届いていない。"],
            ["請求書の金額が違います。", "請求書は合計金額が高いです。", "請求書の金額を確認したい。"],
        ]
        let cases = (0..<36).map { number in
            DeskOfTests.supportCase(
                "\(number)", day: Double(number), title: "", body: issues[number % 2][number / 2 % 3],
                customer: "c\(number % 6)")
        }
        let labels = DeskKnowledge(cases, at: DeskOfTests.end).groups.map(\.label)
        #expect(labels.joined().contains("請求書") && labels.joined().contains("メール"))
        #expect(labels.joined().allSatisfy { $0 != "請求" && $0 != "知メ" && $0 != "が届" })
    }

    @Test func `memberships keep the ids of groups when older tickets come in`() {
        let later = DeskKnowledge(Array(DeskOfTests.cases.dropFirst(9)), at: DeskOfTests.end)
        let kept = Dictionary(uniqueKeysWithValues: later.memberships.map { ($0.ticket, $0.group) })
        #expect(Set(kept.keys) == Set(later.cases.map(\.ticket.id)))
        let all = DeskKnowledge(DeskOfTests.cases, memberships: kept, at: DeskOfTests.end)
        #expect(Set(all.groups.map(\.id)) == Set(later.groups.map(\.id)))
    }

    @Test func `an article whose group is gone is about the group of most of its tickets`() throws {
        let drafts = Self.knowledge.articles().drafts.map(\.article)
        var kept = drafts
        for place in kept.indices {
            kept[place].group = "gone-\(place)"
            kept[place].state = .validated
        }
        let book = Self.knowledge.articles(existing: kept)
        #expect(book.drafts.isEmpty && book.refused.isEmpty)
        for (place, draft) in drafts.enumerated() {
            let asked = CaseText(title: draft.title)
            let found = try #require(Self.knowledge.suggestions(kept).suggest(for: asked, count: 1).first)
            #expect(found.article.id == kept[place].id)
        }
        kept[0].state = .archived
        #expect(
            Self.knowledge.articles(existing: kept).refused.map(\.reason) == [.archived(article: kept[0].id)])
        let own = drafts[0]
        #expect(Self.knowledge.articles(existing: [kept[0], own]).drafts.allSatisfy { $0.article.group != own.group })
    }

    @Test func `what became of an article whose group is gone is told of the group of its tickets`() throws {
        var article = try #require(Self.knowledge.articles().drafts.first).article
        let told = Self.knowledge.followUps(of: [(article, DeskOfTests.day(20))], uses: [], now: DeskOfTests.end)
        article.group = "gone"
        let again = Self.knowledge.followUps(of: [(article, DeskOfTests.day(20))], uses: [], now: DeskOfTests.end)
        #expect(told.map(\.article.group) == again.map(\.article.group))
    }
}
