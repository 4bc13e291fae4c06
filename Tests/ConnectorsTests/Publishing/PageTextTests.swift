import Records
import Testing

@testable import Connectors

@Suite struct PageTextTests {
    private let redactor: Redactor

    init() throws {
        redactor = try #require(Redactor(key: Array("a key of twenty bytes".utf8)))
    }

    private func article(
        _ state: Article.State = .validated, _ audience: Article.Audience = .everyone, version: Int = 1
    ) throws -> Article {
        func sentence(_ text: String) throws -> Article.Sentence {
            Article.Sentence(text: try Draft.text(text), tickets: ["T1"])
        }
        return Article(
            id: "K-1", version: version, state: state, audience: audience, createdAt: Instant(seconds: 0),
            title: try Draft.text("Export <b>hangs</b> & '''waits'''"),
            issue: [try sentence("{{delete}} [[all]] <script>x()</script>")],
            environment: [Article.EnvironmentFact(field: "version", value: "4.2 for ann@example.com", cases: 3)],
            resolution: [try sentence("* restart it")], keywords: ["export"])
    }

    @Test func nothingThatPeopleWroteIsReadAsMarkup() throws {
        let html = PageText(try article(), in: .html, redactor: redactor)
        #expect(!html.body.contains("<script") && !html.body.contains("<b>"))
        #expect(html.body.contains("&lt;script&gt;"))
        let wiki = PageText(try article(), in: .wikitext, redactor: redactor)
        for sign in ["{{", "[[", "<b>", "<script"] { #expect(!wiki.body.contains(sign), "\(sign)") }
        let lines = wiki.body.split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("*") }.count == 1, "only the list of the environment")
        #expect(lines.first?.hasPrefix("'''") == true)
    }

    @Test func everyLineGoesThroughTheRedactor() throws {
        for markup in [Markup.html, .wikitext] {
            let text = PageText(try article(), in: markup, redactor: redactor)
            #expect(!text.body.contains("ann@example.com"))
        }
    }

    @Test func theTextSaysWhichArticleItIs() throws {
        let text = PageText(try article(), in: .html, redactor: redactor)
        #expect(PageText.isMarked(text.body, PageText.key(of: "K-1")))
        #expect(!PageText.isMarked(text.body, PageText.key(of: "K-2")))
    }

    @Test(arguments: [Markup.html, .wikitext])
    func whatResolvedOtherCasesIsToldAndSignaturesAreNot(markup: Markup) throws {
        var both = try article()
        both.otherResolution = [.init(text: try Draft.text("buy another one"), tickets: ["T2"])]
        both.environment = [.init(field: Article.EnvironmentFact.signature, value: "5e01", cases: 3)]
        let body = PageText(both, in: markup, redactor: redactor).body
        #expect(body.contains("Other cases were resolved by") && body.contains("buy another one"))
        #expect(!body.contains("5e01") && !body.contains("Environment"))
    }

    @Test func aNewVersionWithTheSameWordsIsTheSamePage() throws {
        let first = PageText(try article(), in: .html, redactor: redactor)
        #expect(try PageText(article(version: 2), in: .html, redactor: redactor) == first)
    }

    @Test func wordsOutliveWhatAKnowledgeBaseDoesToMarkup() {
        let sent = PageFingerprint(title: "A & B", body: "<p>less &lt; more</p><ul><li>one</li></ul>")
        let read = PageFingerprint(
            title: "A &amp; B", body: "<div class=\"x\"><p>less < more</p>\n<ul>\n<li>one</li></ul></div>")
        #expect(sent.words == read.words && sent.exact != read.exact)
        #expect(PageFingerprint(title: "A B", body: "<p>less more</p><ul><li>two</li></ul>").words != sent.words)
        // A word does not move between title and text unnoticed.
        #expect(PageFingerprint(title: "A", body: "B less more one").words != sent.words)
    }

    private func wanted(
        _ article: Article?, _ audience: Article.Audience, takesDrafts: Bool, _ drafts: DraftKeeping = .listed
    ) -> KnowledgePage.State? {
        let description = KnowledgeBaseDescription(
            name: "help", kind: .confluence, address: "https://example.com", secret: .environment("NONE"), place: "1",
            audience: audience, takesDrafts: takesDrafts)
        let text = PageFingerprint(title: "A", body: "B")
        return WantedPage(article, text: text, description: description, drafts: drafts).state
    }

    @Test func whatIsWantedFollowsStateAndAudience() throws {
        for state in [Article.State.notValidated, .validated] {
            #expect(wanted(try article(state), .everyone, takesDrafts: false) == .published)
            #expect(wanted(try article(state), .internal, takesDrafts: false) == .published)
            #expect(wanted(try article(state, .internal), .internal, takesDrafts: false) == .published)
            #expect(wanted(try article(state, .internal), .everyone, takesDrafts: true) == nil)
        }
        #expect(wanted(try article(.archived), .internal, takesDrafts: true) == nil)
        #expect(wanted(nil, .internal, takesDrafts: true) == nil)
        #expect(wanted(try article(.draft), .everyone, takesDrafts: false) == nil)
        #expect(wanted(try article(.draft), .everyone, takesDrafts: true) == .draft)
        #expect(wanted(try article(.draft), .everyone, takesDrafts: true, .none) == nil)
    }

    @Test func aDraftDoesNotTakeThePlaceOfWhatSomebodyHasRead() throws {
        let (read, draft) = (try article(.validated), try article(.draft, version: 2))
        #expect(Article.counting(of: [read, draft]) == read)
        #expect(Article.counting(of: [try article(.draft), draft]) == draft)
        #expect(Article.counting(of: []) == nil)
    }

    @Test func theTeamsSegmentIsTheBuiltInOne() {
        let own: JSON = ["id": 1, "user_type": "staff", "built_in": false]
        let customers: JSON = ["id": 2, "user_type": "signed_in_users", "built_in": true]
        let team: JSON = ["id": 3, "user_type": "staff", "built_in": true]
        #expect(HelpCenterBase.team(["user_segments": [own, customers, team]]) == 3)
        #expect(HelpCenterBase.team(["user_segments": [own, customers]]) == nil)
        #expect(HelpCenterBase.team(.null) == nil)
    }
}
