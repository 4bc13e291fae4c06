internal import Records

/// An article on its way to a knowledge base.
struct PublishJob {
    /// The id of the article.
    let id: String
    /// The number of the version that counts; 0 when the article is gone.
    let version: Int
    /// What its page should say; nil when the article is gone.
    let text: PageText?
    /// What should be there.
    let wanted: WantedPage
    /// What was sent last.
    let last: PublishedArticle?
    private let base: String

    init(
        id: String, article: Article?, last: PublishedArticle?, description: KnowledgeBaseDescription,
        base: any KnowledgeBase, redactor: Redactor
    ) {
        self.id = id
        version = article?.version ?? 0
        text = article.map { PageText($0, in: base.markup, redactor: redactor) }
        wanted = WantedPage(
            article, text: text?.fingerprint, description: description, drafts: base.drafts)
        self.last = last
        self.base = description.name
    }

    /// What is known of the article once a page has been read.
    ///
    /// - Parameters:
    ///   - page: The page.
    ///   - words: The hash of the words that were sent last.
    ///   - version: The version that was sent last.
    ///   - time: The time.
    func row(_ page: KnowledgePage, sent words: String, version: Int, at time: Instant) -> PublishedArticle {
        let state: PublishedArticle.State =
            switch page.state {
            case .draft: .draft
            case .review: .review
            case .published: .published
            case .retired: .retired
            }
        return PublishedArticle(
            base: base, article: id, remote: page.id, version: version, revision: page.revision,
            hash: page.fingerprint.exact, sent: words, sentText: sentText(words), state: state, publishedAt: time)
    }

    /// The hash of the text that was sent last and has these words; what is not known is taken to be as it should be.
    private func sentText(_ words: String) -> String {
        if let last, last.sent == words, !last.sentText.isEmpty { return last.sentText }
        return text.flatMap { $0.fingerprint.words == words ? $0.fingerprint.exact : nil } ?? ""
    }

    /// What is said of a decision.
    func outcome(_ decision: PublishDecision, _ page: KnowledgePage?) -> PublishOutcome {
        let (action, reason): (PublishOutcome.Action, String) =
            switch decision {
            case .create: (.create, "")
            case .update: (.update, "")
            case .retire: (.retire, wanted.absence ?? "")
            case .nothing(let reason): (.nothing, reason)
            case .held: (.held, "somebody has to approve of it there")
            case .conflict(let reason): (.conflict, reason)
            }
        return PublishOutcome(
            article: id, version: version, action: action, reason: reason, page: page?.id ?? last?.remote ?? "",
            isPassing: false)
    }

    /// What is said of a fault: what somebody has changed meanwhile is a conflict.
    func outcome(_ fault: SystemFault) -> PublishOutcome {
        PublishOutcome(
            article: id, version: version, action: fault == .stale ? .conflict : .failed, reason: fault.description,
            page: last?.remote ?? "", isPassing: fault.isPassing)
    }
}

extension PageThere {
    /// The page of the article.
    var page: KnowledgePage? {
        guard case .page(let page) = self else { return nil }
        return page
    }
}
