import ArgumentParser
import Commands
import Glibc
import Knowledge
import Records
import Storage

/// Writes knowledge articles of recurring cases.
struct Articles: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write articles about recurring issues, of sentences that people have said.",
        discussion: """
            Articles come with the hours a week that cases like theirs cost lately, the most first: the gaps worth closing. Nothing is worded anew: each sentence cites \
            the tickets in which it stands. Issues without an article are named with the reason. With a store, groups keep their ids, drafts are kept as versions, those that \
            were kept before are shown with the new ones, and --review says what a person thinks of the version that they read. --effect reads the articles that people can \
            read, and their uses, from the store or from the files published and article-uses of the desk.
            """)

    @OptionGroup
    var options: KnowledgeOptions

    @Option(
        help: ArgumentHelp(
            "How articles are written: \(ArticleFormat.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "format"))
    var format = ArticleFormat.markdown.rawValue

    @Option(
        help: ArgumentHelp(
            "Write each article to a file of this folder, which must be empty or not exist yet.", valueName: "dir"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "An article of the store that somebody has read, and the version that they read, which must be the newest; it may be left out where all versions say the same.",
            valueName: "id@version"))
    var review: String?

    @Option(
        help: ArgumentHelp(
            "Its state: \(Article.State.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "state"))
    var state: String?

    @Option(
        help: ArgumentHelp(
            "Who may read it: \(Article.Audience.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "audience"))
    var audience: String?

    @Flag(help: "Keep no drafts in the store.")
    var preview = false

    @Flag(
        help:
            "Instead of writing, say what became of the articles that people can read: uses, tickets and hours saved, with intervals of 90 %, and which are stale."
    )
    var effect = false

    func validate() throws {
        guard ArticleFormat(rawValue: format) != nil else {
            throw ValidationError(
                "--format: \"\(format)\" is none of \(ArticleFormat.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        if let state, Article.State(rawValue: state) == nil { throw ValidationError("--state: no such state") }
        if let audience, Article.Audience(rawValue: audience) == nil {
            throw ValidationError("--audience: no such audience")
        }
        guard (review == nil) == (state == nil && audience == nil) else {
            throw ValidationError("--review goes with --state or --audience")
        }
        if effect, review != nil || output != nil || preview {
            throw ValidationError("--effect goes with none of --review, --output and --preview")
        }
        if review != nil, options.store == nil { throw ValidationError("--review needs --store") }
    }

    func run() throws {
        if let review { return try take(review) }
        if effect { return try sayEffects() }
        let source = try options.read(for: "articles", preview || options.store == nil ? .reading : .existing)
        sayFewCustomers(source.knowledge)
        let book = source.knowledge.articles(existing: source.articles)
        if let store = source.store, !preview, !source.isPast {
            try Program.casebook("articles").reporting {
                try store.keep(source.knowledge.memberships, by: StoreOptions.entry(.grouped))
                if !book.drafts.isEmpty {
                    try store.keep(book.drafts.map(\.article), by: StoreOptions.entry(.wroteArticles))
                }
            }
        }
        let format = ArticleFormat(rawValue: format) ?? .markdown
        if let output {
            try Program.casebook("articles").reporting {
                try NewFolder(path: output).write(
                    book.standing.enumerated().map {
                        (name: "\($0.offset + 1).\(format.suffix)", contents: Self.text($0.element, format))
                    })
            }
        }
        guard options.json else {
            if output == nil {
                for one in book.standing { Swift.print(Self.text(one, format), terminator: "") }
            }
            for refused in book.refused where refused.cases.count > 1 {
                StandardInput.say(
                    "no article about \(refused.cases.count) cases such as ticket \(source.knowledge.cases[refused.cases[0]].ticket.id): \(refused.reason)"
                )
            }
            return
        }
        let cases = source.knowledge.cases
        JSONLineWriter.print { line in
            line.member("articles", book.standing) { one, line in
                line.object { line in
                    Self.write(one.article, to: &line)
                    line.member("hoursAWeek", one.hoursAWeek)
                }
            }
            line.member("refused", book.refused) { refused, line in
                line.object {
                    $0.member("tickets", refused.cases.map { cases[$0].ticket.id }) { $1.value($0) }
                    $0.member("reason", refused.reason.description)
                }
            }
        }
    }

    /// Says why no article can be written where the desk has too few customers.
    private func sayFewCustomers(_ knowledge: DeskKnowledge) {
        let (known, unknown) = knowledge.customers
        guard !knowledge.cases.isEmpty, known + min(1, unknown) < options.leastCustomers else { return }
        let rest =
            unknown == 0 ? "" : ", and of \(unknown) of \(knowledge.cases.count) tickets the customer is not known"
        StandardInput.say(
            "casebook articles: an article needs words of \(options.leastCustomers) customers (--least-customers), the desk has \(known)\(rest)"
        )
    }

    private func sayEffects() throws {
        let source = try options.read(for: "articles")
        var articles: [(article: Article, publishedAt: Instant)] = []
        let uses: [ArticleUse]
        if let store = source.store {
            (articles, uses) = try Program.casebook("articles").reporting {
                var read: [(article: Article, publishedAt: Instant)] = []
                for article in try store.articlesInUse(until: options.until) {
                    let first = try store.versions(ofArticle: article.id).first { version in
                        version.state == .validated || version.state == .notValidated
                    }
                    read.append((article, first?.updatedAt ?? article.updatedAt))
                }
                return (read, try store.uses().filter { options.isKnown($0.time) })
            }
        } else {
            let folder = DeskFolder(path: options.desk ?? "")
            (articles, uses) = try Program.casebook("articles").reporting {
                let published = try folder.published(redactor: source.redactor, badRows: options.badRows)
                let used = try folder.articleUses(badRows: options.badRows)
                options.say(published.rejected + used.rejected, for: "articles")
                let read = published.articles.map { (source.knowledge.article(of: $0), $0.publishedAt) }
                return (read, used.uses)
            }
        }
        let told = ArticleEffects(followUps: source.knowledge.followUps(of: articles, uses: uses, now: source.time))
        if options.json { return JSONLineWriter.print { told.write(to: &$0) } }
        Swift.print(told.text, terminator: "")
    }

    private func take(_ review: String) throws {
        let store = try options.redaction.openStore(at: options.store ?? "", for: "articles", .existing)
        let (id, read) = Self.version(review)
        try Program.casebook("articles").reporting {
            let versions = try store.versions(ofArticle: id)
            guard var article = versions.last else {
                throw StorageError.unknown(file: options.store ?? "", kind: "article", id: id)
            }
            if let read, read != article.version {
                throw Program.casebook("articles").failure(
                    "version \(read) of article \(id) was read, and the newest is version \(article.version): nothing is kept; read that one",
                    EX_DATAERR)
            }
            guard read != nil || versions.allSatisfy({ $0.saysTheSame(as: article) }) else {
                throw Program.casebook("articles").failure(
                    "article \(id) has versions that say something else than the newest, which is version \(article.version): nothing is kept; name the one that was read, as in \(id)@VERSION",
                    EX_DATAERR)
            }
            article.version += 1
            article.updatedAt = StoreOptions.now
            article.state = state.flatMap(Article.State.init) ?? article.state
            article.audience = audience.flatMap(Article.Audience.init) ?? article.audience
            try store.keep([article], by: StoreOptions.entry(.wroteArticles))
        }
    }

    /// The article that a review names, and the version that was read, where it names one.
    private static func version(_ review: String) -> (id: String, read: Int?) {
        guard let mark = review.lastIndex(of: "@"), let read = Int(review[review.index(after: mark)...]) else {
            return (review, nil)
        }
        return (String(review[..<mark]), read)
    }

    private static func text(_ one: ArticleWriter.Draft, _ format: ArticleFormat) -> String {
        format.text(of: one.article, hoursAWeek: one.hoursAWeek)
    }

    private static func write(_ article: Article, to line: inout JSONLineWriter) {
        func sentences(_ sentence: Article.Sentence, _ line: inout JSONLineWriter) {
            line.object {
                $0.member("text", sentence.text.string)
                $0.member("tickets", sentence.tickets) { $1.value($0) }
            }
        }
        line.member("id", article.id)
        line.member("version", Double(article.version))
        line.member("state", article.state.rawValue)
        line.member("audience", article.audience.rawValue)
        line.member("group", article.group)
        line.member("createdAt", article.createdAt)
        line.member("updatedAt", article.updatedAt)
        line.member("title", article.title.string)
        line.member("issue", article.issue) { sentences($0, &$1) }
        line.member("environment", article.environment) { fact, line in
            line.object {
                $0.member("field", fact.field)
                $0.member("value", fact.value)
                $0.member("cases", Double(fact.cases))
            }
        }
        line.member("cause", article.cause) { sentences($0, &$1) }
        line.member("resolution", article.resolution) { sentences($0, &$1) }
        line.member("otherResolution", article.otherResolution) { sentences($0, &$1) }
        line.member("keywords", article.keywords) { $1.value($0) }
    }
}

extension ArticleFormat {
    /// The ending of the name of a file in this format.
    fileprivate var suffix: String {
        switch self {
        case .markdown: "md"
        case .html: "html"
        case .confluence: "xhtml"
        case .mediawiki: "wiki"
        }
    }
}
