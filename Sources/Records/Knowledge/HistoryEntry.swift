/// One thing that happened to a ticket, on whatever channel and in whatever system.
public struct HistoryEntry: Sendable, Hashable {
    /// What happened.
    public enum What: Sendable, Hashable {
        /// It was opened, with the files of its first message.
        case opened(Ticket, [Attachment])
        /// Somebody said something, with the files that came with it.
        case message(Interaction, [Attachment])
        /// A field changed, or it was opened again.
        case changed(TicketEvent)
        /// It was resolved, by this.
        case resolved(RedactedText)
        /// An incident began that names it, or that hurts its account with some probability while it is open.
        case incident(IncidentRecord, probability: Double?, namesTicket: Bool)
        /// An article was used for it.
        case usedArticle(ArticleUse)
        /// A version of an article was written that has sentences from it.
        case citedBy(article: String, version: Int)
        /// It goes on with an earlier ticket, by its id.
        case follows(String)
        /// A later ticket goes on with it, by its id.
        case followedBy(String)
        /// A system has it too, or had it; the time is that of its last change there.
        case known(LinkedTicket)
    }

    /// When.
    public var time: Instant
    /// What.
    public var what: What
    /// The systems that have refused what was said or changed here.
    public var refusedBy: Set<String>

    /// Creates an entry.
    public init(time: Instant, what: What, refusedBy: Set<String> = []) {
        self.time = time
        self.what = what
        self.refusedBy = refusedBy
    }
}
