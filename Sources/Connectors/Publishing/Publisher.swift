public import Records
public import Storage

/// Brings the articles of a store into one knowledge base.
///
/// What is about to be sent is written down before, so that after an end at any moment the next run finds out whether it has arrived,
/// and makes no second page.
public struct Publisher: Sendable {
    private let description: KnowledgeBaseDescription
    private let base: any KnowledgeBase
    private let store: TenantStore
    private let redactor: Redactor
    private let actor: String
    private let clock: @Sendable () -> Instant

    /// Creates a publisher.
    ///
    /// - Parameters:
    ///   - description: The knowledge base.
    ///   - base: The way to it.
    ///   - store: The tenant's store.
    ///   - redactor: The tenant's, which every line goes through.
    ///   - actor: Who publishes, for the audit log.
    ///   - clock: Tells the time.
    public init(
        _ description: KnowledgeBaseDescription, base: any KnowledgeBase, store: TenantStore, redactor: Redactor,
        actor: String,
        clock: @escaping @Sendable () -> Instant
    ) {
        self.description = description
        self.base = base
        self.store = store
        self.redactor = redactor
        self.actor = actor
        self.clock = clock
    }

    /// Publishes, changes and retires what has to be, in the order of the ids of the articles.
    ///
    /// - Parameter isDry: Whether everything is looked at and nothing done.
    /// - Returns: One outcome an article.
    /// - Throws: ``StorageError``; what a knowledge base refuses is an outcome.
    public func publish(isDry: Bool = false) async throws(StorageError) -> [PublishOutcome] {
        var outcomes: [PublishOutcome] = []
        var end: SystemFault?
        for job in try jobs() {
            do throws(Stop) {
                if let end { throw .fault(end) }
                let there = try await there(job)
                let decision = PublishDecision(job.wanted, last: job.last, there: there, drafts: base.drafts)
                outcomes.append(
                    isDry ? job.outcome(decision, there.page) : try await carryOut(decision, job, there.page))
            } catch {
                switch error {
                case .storage(let error): throw error
                case .fault(let fault):
                    outcomes.append(job.outcome(fault))
                    if fault.stopsAll { end = fault }
                }
            }
        }
        return outcomes
    }

    /// Takes what stands in the knowledge base of an article now as agreed upon, after a person has looked at both texts.
    ///
    /// The page stays as it is until the article changes here. Where there is no page any more, the article is published anew by the
    /// next run, unless it is out of use.
    ///
    /// - Parameter article: The id of an article.
    /// - Returns: Whether there is such an article; what the knowledge base answers instead is an outcome of ``publish(isDry:)``.
    public func reconcile(_ article: String) async throws(StorageError) -> Result<Bool, SystemFault> {
        guard let job = try jobs().first(where: { $0.id == article }) else { return .success(false) }
        do throws(Stop) {
            guard let page = try await there(job).page else {
                try stored { () throws(StorageError) in
                    try store.forget(article: article, in: description.name, by: entry)
                }
                return .success(true)
            }
            let words = job.last.map(\.sent) ?? job.text?.fingerprint.words ?? page.fingerprint.words
            try keep(job.row(page, sent: words, version: job.last?.version ?? job.version, at: clock()), isNews: true)
            return .success(true)
        } catch {
            switch error {
            case .storage(let error): throw error
            case .fault(let fault): return .failure(fault)
            }
        }
    }

    /// What ends the work on an article.
    private enum Stop: Error {
        case storage(StorageError)
        case fault(SystemFault)
    }

    private var entry: AuditEntry { AuditEntry(time: clock(), actor: actor, action: .published) }

    /// The articles that are here or were sent.
    private func jobs() throws(StorageError) -> [PublishJob] {
        let sent = try store.published(in: description.name)
        let last = Dictionary(sent.map { ($0.article, $0) }, uniquingKeysWith: { first, _ in first })
        var jobs: [PublishJob] = []
        for newest in try store.articles() {
            let article =
                newest.state == .draft ? Article.counting(of: try store.versions(ofArticle: newest.id)) : newest
            jobs.append(
                PublishJob(
                    id: newest.id, article: article, last: last[newest.id], description: description, base: base,
                    redactor: redactor))
        }
        let known = Set(jobs.map(\.id))
        jobs += sent.filter { !known.contains($0.article) }.map {
            PublishJob(id: $0.article, article: nil, last: $0, description: description, base: base, redactor: redactor)
        }
        return jobs.sorted { $0.id < $1.id }
    }

    /// What stands where an article belongs; nothing where nothing was sent and nothing is to be.
    private func there(_ job: PublishJob) async throws(Stop) -> PageThere {
        guard let last = job.last, !last.remote.isEmpty else {
            return job.last == nil && job.wanted.state == nil ? .nothing : try await look(job)
        }
        if let page = try await asked({ () async throws(SystemFault) in try await base.page(last.remote) }) {
            return .page(page)
        }
        // Of what was taken out of use there may be another page under the same title by now.
        let isToBeMade = job.wanted.state != nil && (last.state == .retired || last.state == .retiring)
        return isToBeMade ? try await look(job) : .nothing
    }

    private func look(_ job: PublishJob) async throws(Stop) -> PageThere {
        try await asked { () async throws(SystemFault) in
            try await base.look(for: PageText.key(of: job.id), titled: job.text?.title ?? "")
        }
    }

    private func carryOut(
        _ decision: PublishDecision, _ job: PublishJob, _ page: KnowledgePage?
    ) async throws(Stop) -> PublishOutcome {
        switch decision {
        case .create, .update:
            guard let text = job.text, let state = job.wanted.state else { break }
            return try await send(text, as: state, job, page)
        case .retire:
            guard let page else { break }
            var row = job.row(page, sent: job.last?.sent ?? "", version: job.last?.version ?? 0, at: clock())
            row.state = .retiring
            try keep(row, isNews: false)
            try await asked { () async throws(SystemFault) in
                try await base.retire(page, key: PageText.key(of: job.id))
            }
            row.state = .retired
            try keep(row, isNews: true)
        case .conflict(let reason):
            if var row = job.last, row.conflict != reason {
                row.conflict = reason
                try keep(row, isNews: false)
            }
        case .nothing, .held:
            try settle(job, page)
        }
        return job.outcome(decision, page)
    }

    private func send(
        _ text: PageText, as state: KnowledgePage.State, _ job: PublishJob, _ page: KnowledgePage?
    ) async throws(Stop) -> PublishOutcome {
        var row = PublishedArticle(
            base: description.name, article: job.id, version: job.version, sent: text.fingerprint.words,
            sentText: text.fingerprint.exact, state: .creating,
            publishedAt: clock())
        if let page {
            row.remote = page.id
            row.revision = page.revision
            row.hash = page.fingerprint.exact
            row.state = .updating
        }
        try keep(row, isNews: false)
        let written = try await asked { () async throws(SystemFault) in
            if let page { return try await base.update(page, to: text, as: state) }
            return try await base.create(text, as: state)
        }
        var known = job.row(written, sent: text.fingerprint.words, version: job.version, at: clock())
        known.sentText = text.fingerprint.exact
        try keep(known, isNews: true)
        // What was wanted published and was not is held there by somebody else.
        return job.outcome(written.state == .review ? .held : page == nil ? .create : .update, written)
    }

    /// Takes note of what has arrived although nobody said so, and of what others have done without changing the text.
    private func settle(_ job: PublishJob, _ page: KnowledgePage?) throws(Stop) {
        guard let page else {
            guard var row = job.last, row.state != .retired else { return }
            row.state = .retired
            row.conflict = ""
            return try keep(row, isNews: true)
        }
        let words = job.last?.sent ?? page.fingerprint.words
        let row = job.row(page, sent: words, version: job.last?.version ?? job.version, at: clock())
        var known = job.last
        known?.publishedAt = row.publishedAt
        known?.sentText = row.sentText
        let isNews = known != row
        if isNews || job.last?.sentText != row.sentText { try keep(row, isNews: isNews) }
    }

    private func keep(_ row: PublishedArticle, isNews: Bool) throws(Stop) {
        try stored { () throws(StorageError) in try store.keep(row, by: isNews ? entry : nil) }
    }

    private func stored(_ body: () throws(StorageError) -> Void) throws(Stop) {
        do throws(StorageError) {
            try body()
        } catch {
            throw .storage(error)
        }
    }

    private func asked<Value>(_ body: () async throws(SystemFault) -> Value) async throws(Stop) -> Value {
        do throws(SystemFault) {
            return try await body()
        } catch {
            throw .fault(error)
        }
    }
}
