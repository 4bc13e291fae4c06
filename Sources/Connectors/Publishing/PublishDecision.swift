public import Records

/// What is to be done with the page of an article.
public enum PublishDecision: Sendable, Hashable {
    case create
    case update
    case retire
    /// It is as it should be; with the reason.
    case nothing(String)
    /// Somebody has to approve of it there.
    case held
    /// A person has to look at both texts; with the reason.
    case conflict(String)

    /// Decides.
    ///
    /// What people have changed there is never written over: a text that is not the one that was read back last is a conflict, unless it
    /// has the words that were being sent when the answer was lost.
    ///
    /// - Parameters:
    ///   - wanted: What should be there.
    ///   - last: What was sent last; nil where nothing was.
    ///   - there: What is there now.
    ///   - drafts: What the knowledge base does with drafts.
    public init(_ wanted: WantedPage, last: PublishedArticle?, there: PageThere, drafts: DraftKeeping) {
        switch (there, last) {
        case (.foreign, _): self = .conflict("another page has its title")
        case (.nothing, nil): self = wanted.absence.map { .nothing($0) } ?? .create
        case (.nothing, let last?): self = Self.missing(wanted, last, drafts)
        case (.page(let page), nil):
            // Nobody remembers what was sent, so whatever else is there may be a person's.
            guard case .present(let state, let text) = wanted, text.words == page.fingerprint.words,
                page.state != .retired
            else {
                self = .conflict("a page of it is there that nobody remembers to have published")
                return
            }
            self = Self.settled(page, state)
        case (.page(let page), let last?): self = Self.decided(wanted, last, page)
        }
    }

    private static func missing(_ wanted: WantedPage, _ last: PublishedArticle, _ drafts: DraftKeeping)
        -> PublishDecision
    {
        if let absence = wanted.absence { return .nothing(absence) }
        switch last.state {
        case .retired, .retiring: return .create
        case .creating where drafts == .unlisted && wanted.state == .draft:
            return .conflict("whether it has arrived as a draft cannot be seen: somebody has to look for it")
        case .creating: return .create
        case .updating, .draft, .review, .published: return .conflict("somebody has removed it there")
        }
    }

    private static func decided(_ wanted: WantedPage, _ last: PublishedArticle, _ page: KnowledgePage)
        -> PublishDecision
    {
        let isUntouched = page.fingerprint.exact == last.hash
        // A change of punctuation alone leaves the words as they were.
        let isUnchanged = isUntouched && last.state == .updating
        let hasArrived = last.state.isInDoubt && page.fingerprint.words == last.sent && !isUnchanged
        guard hasArrived || isUntouched else {
            if page.state == .retired, let absence = wanted.absence { return .nothing(absence) }
            // The text of a page that was taken out of use may be another one.
            if last.state == .retiring || last.state == .retired, page.state == .retired { return .update }
            return .conflict("somebody has changed it there")
        }
        guard case .present(let state, let text) = wanted else {
            return page.state == .retired ? .nothing(wanted.absence ?? "") : .retire
        }
        if state == .draft, page.state == .published || page.state == .review {
            return .nothing("somebody has published the draft there")
        }
        if let reason = takenBack(page.state, last.state) { return .conflict(reason) }
        let isSame = last.sent == text.words && (last.sentText.isEmpty || last.sentText == text.exact)
        let isSent = isSame && (hasArrived || !last.state.isInDoubt)
        return isSent ? settled(page, state) : .update
    }

    /// What a person has done with a page without changing its text.
    private static func takenBack(_ now: KnowledgePage.State, _ last: PublishedArticle.State) -> String? {
        switch (now, last) {
        case (.retired, .published), (.retired, .draft), (.retired, .review):
            "somebody has taken it out of use there"
        case (.draft, .published): "somebody has taken it back there"
        case (.draft, .review): "it was not approved of there"
        default: nil
        }
    }

    /// What is left to do where the words are as they should be.
    private static func settled(_ page: KnowledgePage, _ state: KnowledgePage.State) -> PublishDecision {
        switch page.state {
        case .review: .held
        case .draft, .retired: state == page.state ? .nothing("as it should be") : .update
        case .published: .nothing("as it should be")
        }
    }
}
