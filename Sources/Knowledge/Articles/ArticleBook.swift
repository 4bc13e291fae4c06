internal import Features
public import Records

/// The articles of a desk: those that exist, and drafts of those that are missing.
public struct ArticleBook: Sendable {
    /// The likeness of two articles from which they say the same.
    static let sameLikeness = 0.8

    /// A group of cases that no article was written about, and why.
    public struct Refused: Sendable, Hashable {
        /// The numbers of the cases.
        public var cases: [Int]
        /// Why.
        public var reason: ArticleWriter.Refusal
    }

    /// What was written, the most hours to be saved first; with versions of articles that exist where their cases say more now.
    public private(set) var drafts: [ArticleWriter.Draft] = []
    /// The articles that stand then, the most hours to be saved first: the drafts, and those that exist and are neither archived nor have a new version.
    public private(set) var standing: [ArticleWriter.Draft] = []
    /// What was not, in the order of the groups.
    public private(set) var refused: [Refused] = []

    /// Writes about all groups; about several that are one issue under different names once, as about the one with an article, or else the largest.
    ///
    /// - Parameters:
    ///   - groups: The numbers of the cases of each group, with its id.
    ///   - writer: Writes articles of the cases.
    ///   - index: The texts of the cases.
    ///   - existing: The newest versions of the articles that exist. One about a group gets a new version, a draft, where its text has changed, and none where it is archived; one that
    ///     no group is about stands in the way of drafts that say the same.
    ///   - articleID: Gives a new article about a group its id.
    ///   - time: When they are written.
    public init(
        _ groups: [(id: String, cases: [Int])], _ writer: ArticleWriter, _ index: CaseIndex, existing: [Article] = [],
        articleID: (String) -> String = { Article.id(ofGroup: $0, seal: nil) }, at time: Instant
    ) {
        var ofGroup: [String: Article] = [:]
        for article in existing where article.state != .archived && !article.group.isEmpty {
            ofGroup[article.group] = article
        }
        let known = ofGroup
        let archived = Dictionary(
            existing.filter { $0.state == .archived && known[$0.group] == nil }.map { ($0.group, $0.id) },
            uniquingKeysWith: { $1 })
        var taken = Set(existing.map(\.id))
        let articleIDs = groups.map { group in
            if let article = known[group.id] { return article.id }
            // An article that is about another group by now keeps the id that it got of this one.
            var (name, id) = (group.id, articleID(group.id))
            while !taken.insert(id).inserted {
                name += "'"
                id = articleID(name)
            }
            return id
        }
        let leaders = writer.joint(groups.map(\.cases)).leaders(
            owning: Set(groups.indices.filter { known[groups[$0].id] != nil }),
            apart: Set(groups.indices.filter { archived[groups[$0].id] != nil }))
        var about = groups.map(\.cases)
        for (place, leader) in leaders.enumerated() where leader != place { about[leader] += groups[place].cases }
        let members = about.map { Array(Set($0)).sorted() }
        let written = concurrently(groups.count, by: 16) { range in
            range.map { place -> Result<ArticleWriter.Draft, ArticleWriter.Refusal>? in
                let group = groups[place]
                guard leaders[place] == place else { return nil }
                return Result { () throws(ArticleWriter.Refusal) in
                    if let article = archived[group.id] { throw .archived(article: article) }
                    return try writer.write(
                        about: members[place], id: articleIDs[place], group: group.id, at: time)
                }
            }
        }.flatMap(\.self)
        var accepted = CaseIndex(lexicon: index.lexicon, space: index.space)
        var ids: [String] = []
        let ofNow = Set(groups.map(\.id))
        for article in existing where article.state != .archived && !ofNow.contains(article.group) {
            accepted.add(article.comparedText)
            ids.append(article.id)
        }
        var found: [(place: Int, draft: ArticleWriter.Draft)] = []
        for (place, leader) in leaders.enumerated() {
            switch written[leader] {
            case .success(let draft) where leader == place: found.append((place, draft))
            case .success:
                refused.append(
                    Refused(cases: groups[place].cases, reason: .alreadyWritten(article: articleIDs[leader])))
            case .failure(let reason): refused.append(Refused(cases: groups[place].cases, reason: reason))
            case nil: break
            }
        }
        // Of two that say the same the one about more cases stays.
        for (_, draft) in found.sorted(by: { (-$0.draft.cases.count, $0.place) < (-$1.draft.cases.count, $1.place) }) {
            let text = draft.article.comparedText
            if let same = accepted.search(text, count: 1).first, same.score >= Self.sameLikeness {
                refused.append(Refused(cases: draft.cases, reason: .alreadyWritten(article: ids[same.number])))
                continue
            }
            accepted.add(text)
            ids.append(draft.article.id)
            guard let article = known[draft.article.group] else {
                drafts.append(draft)
                continue
            }
            if article.saysTheSame(as: draft.article) {
                standing.append(.init(article: article, cases: draft.cases, hoursAWeek: draft.hoursAWeek))
            } else {
                drafts.append(Self.revised(draft, article))
            }
        }
        standing += drafts
        let told = Set(standing.map(\.article.id))
        let casesOf = Dictionary(groups.map { ($0.id, $0.cases) }, uniquingKeysWith: { $1 })
        for article in existing where article.state != .archived && !told.contains(article.id) {
            let cases = casesOf[article.group] ?? []
            standing.append(.init(article: article, cases: cases, hoursAWeek: writer.hoursAWeek(cases, time)))
        }
        drafts.sort(by: Self.savesMore)
        standing.sort(by: Self.savesMore)
        refused.sort { $0.cases[0] < $1.cases[0] }
    }

    private static func savesMore(_ one: ArticleWriter.Draft, _ other: ArticleWriter.Draft) -> Bool {
        (-one.hoursAWeek, one.article.group, one.article.id) < (
            -other.hoursAWeek, other.article.group, other.article.id
        )
    }

    /// A draft as the next version of what exists.
    private static func revised(_ draft: ArticleWriter.Draft, _ known: Article) -> ArticleWriter.Draft {
        var next = draft
        next.article.version = known.version + 1
        next.article.createdAt = known.createdAt
        next.article.audience = known.audience
        return next
    }
}

extension Article {
    /// Whether its title and sentences are those of another version, whatever is known of both.
    public func saysTheSame(as other: Article) -> Bool {
        title == other.title && issue.map(\.text) == other.issue.map(\.text)
            && resolution.map(\.text) == other.resolution.map(\.text)
            && otherResolution.map(\.text) == other.otherResolution.map(\.text)
            && cause.map(\.text) == other.cause.map(\.text)
    }

    /// The ids of the tickets in which its sentences stand.
    var citedTickets: Set<String> { Set(sentences.flatMap(\.tickets)) }

    /// What is compared with questions and with other articles.
    public var comparedText: CaseText {
        CaseText(
            title: title, body: RedactedText(joining: issue.map(\.text)),
            keywords: keywords.flatMap { UnspacedWords.pieces(of: $0) },
            environment: readEnvironment.map { "\($0.field)=\($0.value)" })
    }
}
