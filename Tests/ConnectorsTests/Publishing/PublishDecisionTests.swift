import Records
import Testing

@testable import Connectors

@Suite struct PublishDecisionTests {
    private static let ours = PageFingerprint(title: "Export hangs", body: "<p>Restart the worker.</p>")
    private static let newer = PageFingerprint(title: "Export hangs", body: "<p>Restart it twice.</p>")
    private static let theirs = PageFingerprint(title: "Export hangs", body: "<p>Restart the worker, please.</p>")

    private func page(
        _ fingerprint: PageFingerprint = PublishDecisionTests.ours, _ state: KnowledgePage.State = .published
    ) -> PageThere {
        .page(KnowledgePage(id: "7", revision: "1", state: state, fingerprint: fingerprint))
    }

    private func sent(
        _ state: PublishedArticle.State = .published, words: PageFingerprint = PublishDecisionTests.ours
    ) -> PublishedArticle {
        PublishedArticle(
            base: "help", article: "K-1", remote: "7", version: 1, revision: "1", hash: Self.ours.exact,
            sent: words.words, sentText: words.exact,
            state: state, publishedAt: Instant(seconds: 0))
    }

    private func decide(
        _ wanted: KnowledgePage.State?, _ words: PageFingerprint = PublishDecisionTests.ours, last: PublishedArticle?,
        there: PageThere, drafts: DraftKeeping = .listed
    ) -> PublishDecision {
        PublishDecision(
            wanted.map { .present($0, words) } ?? .absent("it is a draft"), last: last, there: there,
            drafts: drafts)
    }

    private func isConflict(_ decision: PublishDecision) -> Bool {
        if case .conflict = decision { true } else { false }
    }

    private func isNothing(_ decision: PublishDecision) -> Bool {
        if case .nothing = decision { true } else { false }
    }

    @Test func whatIsMissingIsMadeAndWhatIsThereStays() {
        #expect(decide(.published, last: nil, there: .nothing) == .create)
        #expect(isNothing(decide(.published, last: sent(), there: page())))
        #expect(isNothing(decide(nil, last: nil, there: .nothing)))
    }

    @Test func anotherTextOfOursIsWrittenOverTheOneThatWasSent() {
        #expect(decide(.published, Self.newer, last: sent(), there: page()) == .update)
    }

    @Test func `a change of punctuation alone is published`() {
        let calmer = PageFingerprint(title: "Export hangs", body: "<p>Restart the worker!</p>")
        #expect(calmer.words == Self.ours.words)
        #expect(decide(.published, calmer, last: sent(), there: page()) == .update)
        // Whatever the knowledge base makes of it, it is there when that was answered.
        #expect(isNothing(decide(.published, calmer, last: sent(words: calmer), there: page())))
        // The words tell nothing of whether a change without an answer has arrived, and the page does.
        let lost = sent(.updating, words: calmer)
        #expect(decide(.published, calmer, last: lost, there: page()) == .update)
        #expect(isNothing(decide(.published, calmer, last: lost, there: page(calmer))))
        // Of what was sent before texts were remembered, only words are known.
        var old = sent()
        old.sentText = ""
        #expect(isNothing(decide(.published, calmer, last: old, there: page())))
    }

    @Test(arguments: [KnowledgePage.State.published, .draft, .review])
    func aTextThatAPersonChangedIsNeverWrittenOver(state: KnowledgePage.State) {
        for words in [Self.ours, Self.newer, Self.theirs] {
            #expect(isConflict(decide(.published, words, last: sent(), there: page(Self.theirs, state))))
        }
        #expect(isConflict(decide(nil, last: sent(), there: page(Self.theirs, state))))
    }

    @Test func aChangeOfMarkupByAPersonIsAChange() {
        let bold = PageFingerprint(title: "Export hangs", body: "<p><b>Restart</b> the worker.</p>")
        #expect(bold.words == Self.ours.words)
        #expect(isConflict(decide(.published, Self.newer, last: sent(), there: page(bold))))
    }

    @Test func whatAPersonHasRemovedOrTakenBackStaysSo() {
        #expect(isConflict(decide(.published, last: sent(), there: .nothing)))
        #expect(isConflict(decide(.published, Self.newer, last: sent(), there: page(Self.ours, .draft))))
        #expect(isConflict(decide(.published, Self.newer, last: sent(), there: page(Self.ours, .retired))))
        #expect(isConflict(decide(.published, last: sent(.review), there: page(Self.ours, .draft))))
    }

    @Test func aTitleOfSomebodyElsesPageIsAConflict() {
        #expect(isConflict(decide(.published, last: nil, there: .foreign)))
        #expect(isConflict(decide(.published, last: sent(.creating), there: .foreign)))
    }

    @Test func whatIsNotWantedAnyMoreIsRetiredOnce() {
        #expect(decide(nil, last: sent(), there: page()) == .retire)
        #expect(decide(nil, last: sent(.retiring), there: page()) == .retire)
        #expect(isNothing(decide(nil, last: sent(.retired), there: page(Self.ours, .retired))))
        #expect(isNothing(decide(nil, last: sent(.retired), there: page(Self.theirs, .retired))))
        #expect(isNothing(decide(nil, last: sent(), there: .nothing)))
    }

    @Test func whatWasRetiredComesBackWhenItIsWantedAgain() {
        #expect(decide(.published, last: sent(.retired), there: .nothing) == .create)
        #expect(decide(.published, last: sent(.retired), there: page(Self.ours, .retired)) == .update)
        #expect(decide(.published, last: sent(.retired), there: page(Self.theirs, .retired)) == .update)
        #expect(isConflict(decide(.published, last: sent(.retired), there: page(Self.theirs, .published))))
    }

    @Test func aLostAnswerIsFoundOutAndNothingIsMadeTwice() {
        // The page was made, whatever the knowledge base did to its markup.
        let rewritten = PageFingerprint(title: "Export hangs", body: "<p class=\"text\">Restart the worker.</p>")
        #expect(isNothing(decide(.published, last: sent(.creating), there: page(rewritten))))
        #expect(decide(.published, last: sent(.creating), there: .nothing) == .create)
        // It was changed already, or not yet, or somebody else was there before.
        let lost = sent(.updating, words: Self.newer)
        #expect(isNothing(decide(.published, Self.newer, last: lost, there: page(Self.newer))))
        #expect(decide(.published, Self.newer, last: lost, there: page(Self.ours)) == .update)
        #expect(isConflict(decide(.published, Self.newer, last: lost, there: page(Self.theirs))))
        // It was made as a draft, and the request that publishes it was lost.
        #expect(decide(.published, last: sent(.creating), there: page(rewritten, .draft)) == .update)
    }

    @Test func aDraftThatNoListShowsIsNotMadeTwice() {
        let lost = sent(.creating)
        #expect(isConflict(decide(.draft, last: lost, there: .nothing, drafts: .unlisted)))
        #expect(decide(.draft, last: lost, there: .nothing, drafts: .listed) == .create)
    }

    @Test func aDraftIsNeverSentOverWhatIsPublished() {
        for state in [KnowledgePage.State.published, .review] {
            #expect(isNothing(decide(.draft, Self.newer, last: sent(.draft), there: page(Self.ours, state))))
        }
        #expect(decide(.draft, Self.newer, last: sent(.draft), there: page(Self.ours, .draft)) == .update)
        #expect(decide(.published, last: sent(.draft), there: page(Self.ours, .draft)) == .update)
    }

    @Test func whatWaitsForApprovalIsHeldUntilItIsPublished() {
        #expect(decide(.published, last: sent(.review), there: page(Self.ours, .review)) == .held)
        #expect(isNothing(decide(.published, last: sent(.review), there: page(Self.ours, .published))))
        #expect(decide(.published, Self.newer, last: sent(.review), there: page(Self.ours, .review)) == .update)
    }

    @Test func aPageThatNobodyRemembersIsTakenOnlyWithTheSameWords() {
        #expect(isNothing(decide(.published, last: nil, there: page(Self.ours))))
        #expect(isConflict(decide(.published, Self.newer, last: nil, there: page(Self.ours))))
    }
}
