import Knowledge
import Records
import Testing

struct ArticleWriterTests {
    /// The desk of tests with changed cases about the printer, and the article about them.
    func write(
        about members: [Int] = DeskOfTests.members(0), leastCustomers: Int = 3,
        _ change: (inout SupportCase, Int) -> Void = { _, _ in }
    ) throws -> (draft: ArticleWriter.Draft, cases: [SupportCase]) {
        var cases = DeskOfTests.cases
        for (place, number) in DeskOfTests.members(0).enumerated() { change(&cases[number], place) }
        let index = CaseIndex(cases.map(CaseText.init))
        let writer = ArticleWriter(cases, index, Solutions(cases, index), leastCustomers: leastCustomers)
        return (try writer.write(about: members, id: "K-1", group: "1", at: DeskOfTests.end), cases)
    }

    private func refusal(
        about members: [Int] = DeskOfTests.members(0), _ change: (inout SupportCase, Int) -> Void = { _, _ in }
    ) -> ArticleWriter.Refusal? {
        do {
            _ = try write(about: members, change)
            return nil
        } catch {
            return error as? ArticleWriter.Refusal
        }
    }

    func words(_ article: Article) -> String {
        let facts = article.environment.map { "\($0.field) \($0.value)" }
        return ([article.title.string] + article.sentences.map(\.text.string) + article.keywords + facts)
            .joined(separator: "\n").lowercased()
    }

    func add(_ text: RedactedText, to body: inout RedactedText) {
        body = RedactedText(joining: [body, text])
    }

    // MARK: - What it says

    @Test func `title and issue are the customers' words, the resolution is the agents'`() throws {
        let (draft, _) = try write()
        let article = draft.article
        let (titles, sentences) = (DeskOfTests.printer.titles, DeskOfTests.printer.sentences)
        #expect(titles.contains(article.title))
        #expect(!article.issue.isEmpty && article.issue.allSatisfy { (titles + sentences).contains($0.text) })
        #expect(article.resolution.count == 1 && DeskOfTests.printer.notes.contains(article.resolution[0].text))
        #expect(article.cause.isEmpty)
        #expect(article.keywords.contains("printer") && !article.keywords.contains("calendar"))
        #expect(article.id == "K-1" && article.group == "1" && article.version == 1 && article.state == .draft)
        #expect(article.audience == .internal && article.createdAt == DeskOfTests.end)
        #expect(draft.cases == DeskOfTests.members(0))
    }

    @Test func `titles and sentences that anybody writes are in no article beside others that tell the issue`() throws {
        var cases = DeskOfTests.cases
        // Nearly everybody: of the other issues only a few cases have neither.
        for number in cases.indices where !(number % 3 > 0 && number < 4) {
            cases[number].ticket.subject = "Support request e"
            add("Please help us quickly.", to: &cases[number].ticket.body)
        }
        let index = CaseIndex(cases.map(CaseText.init))
        let writer = ArticleWriter(cases, index, Solutions(cases, index))
        let article = try writer.write(about: DeskOfTests.members(0), id: "K-1", group: "1", at: DeskOfTests.end)
            .article
        let sentences = DeskOfTests.printer.sentences
        #expect(sentences.contains(article.title))
        #expect(!article.issue.isEmpty && article.issue.allSatisfy { sentences.contains($0.text) })
        #expect(!article.keywords.contains("e"))
    }

    @Test func `every sentence stands word for word in each case that it cites, and in no other of the group`() throws {
        let (draft, cases) = try write { one, _ in
            one.messages = [DeskOfTests.message(.agent, hours: 1, DeskOfTests.printer.cause)]
        }
        let article = draft.article
        #expect(!article.issue.isEmpty && !article.resolution.isEmpty && !article.cause.isEmpty)
        for sentence in article.sentences {
            let holders = DeskOfTests.members(0).map { cases[$0] }.filter { one in
                ([one.ticket.subject, one.ticket.body, one.ticket.resolution] + one.messages.map(\.text)).contains {
                    $0.holds(sentence.text)
                }
            }
            #expect(sentence.tickets == holders.map(\.ticket.id) && !holders.isEmpty)
        }
    }

    @Test func `customers' messages and what only customers know never become a resolution or a cause`() throws {
        let said: RedactedText = "I restarted it twice because the documents were empty pages."
        let (draft, _) = try write { one, _ in
            one.ticket.resolution = "done"
            one.messages = [DeskOfTests.message(.customer, hours: 1, said)]
        }
        #expect(draft.article.resolution.isEmpty && draft.article.cause.isEmpty)
    }

    @Test func `a solution that only one case tells is no resolution`() throws {
        let (draft, _) = try write { one, place in
            if place > 0 { one.ticket.resolution = "done" }
        }
        #expect(draft.article.resolution.isEmpty)
    }

    @Test func `answers of one form that send each customer elsewhere are no resolution`() throws {
        // Each chapter is told three customers.
        let chapters = ["spooler", "driver", "service", "toner", "paper", "cable"]
        func resolution(about places: [Int]) throws -> [Article.Sentence] {
            let members = DeskOfTests.members(0)
            return try write(about: places.map { members[$0] }) { one, place in
                one.ticket.resolution = RedactedText(
                    stringLiteral: "Described in the guide, chapter \(chapters[place / 3]).")
            }.draft.article.resolution
        }
        #expect(try resolution(about: [0, 4, 8, 9, 13, 17]) == [])
        #expect(try resolution(about: Array(0..<18)).map(\.tickets.count) == [3])
    }

    @Test func `the cause is what agents say of it in several cases`() throws {
        let (draft, _) = try write { one, place in
            if place % 2 == 0 { one.messages = [DeskOfTests.message(.agent, hours: 1, DeskOfTests.printer.cause)] }
        }
        #expect(draft.article.cause.map(\.text) == [DeskOfTests.printer.cause])
        #expect(draft.article.cause.first?.tickets.count == 9)
    }

    @Test func `a resolution in words that no customer uses is told, and still in no word of few customers`() throws {
        let certificate: RedactedText = "Rotated the expired certificate on the balancer."
        let (draft, _) = try write { one, _ in one.ticket.resolution = certificate }
        #expect(draft.article.resolution.map(\.text) == [certificate])
        #expect(draft.article.resolution.first?.tickets.count == DeskOfTests.issueCases)
        // Of two customers of six.
        let (rare, _) = try write { one, place in
            one.ticket.resolution = place % 6 < 2 ? certificate : "done"
        }
        #expect(rare.article.resolution.isEmpty)
    }

    @Test func `internal notes are neither a resolution nor a cause`() throws {
        let secret: RedactedText = "The empty pages were caused by our supplier, and we keep silent."
        let (draft, _) = try write { one, _ in
            one.ticket.resolution = "done"
            one.messages = [DeskOfTests.message(.agent, hours: 1, isPublic: false, secret)]
        }
        #expect(draft.article.resolution.isEmpty && draft.article.cause.isEmpty)
    }

    @Test func `of two solutions of comparable weight both are stated, with the cases of each`() throws {
        let upgrade: RedactedText = "Upgrade the print server to the newest release."
        let never: RedactedText = "Never upgrade: go back to the previous release of the print server."
        let (draft, _) = try write { one, place in one.ticket.resolution = place % 2 == 0 ? upgrade : never }
        let stated = draft.article.resolution + draft.article.otherResolution
        #expect(draft.article.resolution.count == 1 && Set(stated.map(\.text)) == [upgrade, never])
        #expect(stated.map(\.tickets.count) == [9, 9])
        // What resolved three cases of eighteen is no match for what resolved the others.
        let (clear, _) = try write { one, place in one.ticket.resolution = place < 3 ? never : upgrade }
        #expect(clear.article.resolution.map(\.text) == [upgrade] && clear.article.otherResolution.isEmpty)
    }

    @Test func `what is forbidden since gives way to what resolves cases now`() throws {
        let cable: RedactedText = "Swap cables, then try another socket."
        let old: RedactedText = "Go back to the previous release of the print server."
        func resolutions(_ resolution: (Int) -> RedactedText) throws -> Set<RedactedText> {
            let (draft, _) = try write { one, place in one.ticket.resolution = resolution(place) }
            return Set((draft.article.resolution + draft.article.otherResolution).map(\.text))
        }
        #expect(try resolutions { [2, 4].contains($0 % 5) ? cable : old } == [old, cable])
        let never: RedactedText = "Never go back to the previous release: plug the cable into another socket."
        #expect(try resolutions { $0 < 3 ? old : $0 < 6 ? never : RedactedText() } == [never])
    }

    @Test func `what was given up gives way to what has been told since for the same`() throws {
        let cable: RedactedText = "Swap cables, then try another socket."
        let old: RedactedText = "Go back to the previous release of the print server."
        func resolutions(laterIssue: DeskOfTests.Issue) throws -> [RedactedText] {
            let (draft, _) = try write { one, place in
                let issue = place < 9 ? DeskOfTests.printer : laterIssue
                one.ticket.subject = issue.titles[0]
                one.ticket.body = issue.sentences[0]
                one.ticket.resolution = place < 9 ? old : cable
            }
            return (draft.article.resolution + draft.article.otherResolution).map(\.text)
        }
        #expect(try resolutions(laterIssue: DeskOfTests.printer) == [cable])
        // Cases about something else are silent of what was told before, which is no reason to drop it.
        #expect(try Set(resolutions(laterIssue: DeskOfTests.calendar)) == [old, cable])
    }

    @Test func `titles and keywords are free of what mail programs put before subjects`() throws {
        let prefixes = ["RE: ", "FW: ", "[EXTERNAL] Fwd: ", "AW: WG: ", "Re[2]: "]
        let (draft, _) = try write { one, place in
            one.ticket.subject = RedactedText(stringLiteral: prefixes[place % 5] + one.ticket.subject.string)
        }
        #expect(DeskOfTests.printer.titles.contains(draft.article.title))
        #expect(Set(["re", "fw", "fwd", "aw", "wg", "external"]).isDisjoint(with: draft.article.keywords))
        #expect(draft.article.issue.allSatisfy { !$0.text.string.contains(": ") && !$0.tickets.isEmpty })
    }

    @Test func `signatures that enough customers have in common are facts that nobody reads`() throws {
        let (draft, _) = try write { one, place in
            one.environment = []
            // The second of two customers of six; pasted twice it is one case's all the same.
            one.signatures = place % 6 < 2 ? ["5e01", "77aa"] : ["5e01", "5e01"]
        }
        let fact = Article.EnvironmentFact(field: "signature", value: "5e01", cases: 18)
        #expect(draft.article.environment == [fact] && draft.article.readEnvironment.isEmpty)
        for format in ArticleFormat.allCases { #expect(!format.text(of: draft.article).contains("5e01")) }
    }

    @Test func `facts that enough customers have in common are the environment`() throws {
        let (draft, _) = try write { one, place in
            one.environment = [.init(field: "version", value: place % 2 == 0 ? "4.0" : "4.1", cases: 1)]
            // Cases of two customers of six.
            if place % 6 < 2 { one.environment.append(.init(field: "region", value: "north", cases: 1)) }
        }
        #expect(
            draft.article.environment == [
                .init(field: "version", value: "4.0", cases: 9), .init(field: "version", value: "4.1", cases: 9),
            ])
    }

    @Test func `the hours a week are what recent cases took until their solution was told`() throws {
        // Eighteen cases in twelve weeks of 24 hours each.
        #expect(abs(try write().draft.hoursAWeek - 18 / 12.0 * 24) < 1e-9)
        let (draft, _) = try write { one, place in
            if place < 9 { one.ticket.openedAt = DeskOfTests.day(-100 + Double(place)) }
            one.ticket.resolvedAt = Instant(seconds: one.ticket.openedAt.seconds + 7_200)
        }
        #expect(abs(draft.hoursAWeek - 9 / 12.0 * 2) < 1e-9)
    }

    // MARK: - Refusals

    @Test func `few cases are refused`() {
        let refusal = refusal(about: [0, 3])
        #expect(refusal == .fewCases(2) && refusal?.description == "only 2 cases, 3 are needed")
        #expect(self.refusal(about: [0])?.description == "only 1 case, 3 are needed")
        #expect(self.refusal(about: []) == .fewCases(0))
    }

    @Test func `few customers are refused`() {
        // Every sixth turn is the same customer's.
        let refusal = refusal(about: [0, 3, 18, 21, 36, 39])
        #expect(refusal == .fewCustomers(2))
        #expect(refusal?.description == "only 2 customers, whom an article would point to")
    }

    @Test func `cases of unknown customers count as one customer`() {
        #expect(refusal { one, _ in one.customer = nil } == .unknownCustomers(cases: 18, known: 0))
        #expect(refusal { one, place in if place % 6 > 1 { one.customer = nil } } == nil)
        #expect(
            refusal(about: [0, 3, 6]) { one, place in if place > 0 { one.customer = nil } }
                == .unknownCustomers(cases: 2, known: 1))
        #expect(
            ArticleWriter.Refusal.unknownCustomers(cases: 2, known: 1).description
                == "1 customer is known, and of 2 cases it is not, so that an article might point to one")
    }

    @Test func `accounts of one organisation are one customer`() {
        #expect(
            refusal { one, place in
                one.ticket.account = "account \(place)"
                one.customer = place % 2 == 0 ? "north" : "south"
            } == .fewCustomers(2))
    }

    @Test func `cases in which nobody says what another does are refused`() {
        let own: [RedactedText] = ["Alpha", "Bravo", "Charly", "Delta", "Echo", "Foxtrot"]
        let refusal = refusal { one, place in
            one.ticket.subject = own[place % 6]
            one.ticket.body = ""
        }
        #expect(refusal == .nothingCommon)
        #expect(
            refusal?.description == "no sentence says what it is about in words that enough customers have used")
        #expect(ArticleWriter.Refusal.alreadyWritten(article: "K-7").description == "article K-7 says the same")
        #expect(ArticleWriter.Refusal.archived(article: "K-7").description == "article K-7 was archived by a person")
    }
}
