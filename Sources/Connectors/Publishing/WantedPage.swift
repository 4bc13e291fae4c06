public import Records

/// What should stand in a knowledge base of an article.
public enum WantedPage: Sendable, Hashable {
    /// Nothing; with the reason.
    case absent(String)
    /// A page, `draft` or `published`, of this text.
    case present(KnowledgePage.State, PageFingerprint)

    /// Decides by state and audience of the article.
    ///
    /// - Parameters:
    ///   - article: The version that counts (see ``Article/counting(of:)``); nil when the article is gone.
    ///   - text: The text of its page; nil when the article is gone.
    ///   - description: The knowledge base.
    ///   - drafts: What it does with drafts.
    public init(
        _ article: Article?, text: PageFingerprint?, description: KnowledgeBaseDescription, drafts: DraftKeeping
    ) {
        guard let article, let text else {
            self = .absent("it is not here any more")
            return
        }
        if article.audience == .internal, description.audience == .everyone {
            self = .absent("it is for the support team alone")
            return
        }
        switch article.state {
        case .archived: self = .absent("it is out of use")
        case .draft where !description.takesDrafts || drafts == .none: self = .absent("it is a draft")
        case .draft: self = .present(.draft, text)
        case .notValidated, .validated: self = .present(.published, text)
        }
    }

    /// Why there should be nothing; nil where there should be a page.
    var absence: String? {
        guard case .absent(let reason) = self else { return nil }
        return reason
    }

    /// How the page should be; nil where there should be none.
    var state: KnowledgePage.State? {
        guard case .present(let state, _) = self else { return nil }
        return state
    }
}

extension Article {
    /// The version that people outside should have: the newest that somebody has read, or the newest draft where nobody has read any.
    ///
    /// - Parameter versions: All versions, the first one first.
    public static func counting(of versions: [Article]) -> Article? {
        versions.last { $0.state != .draft } ?? versions.last
    }
}
