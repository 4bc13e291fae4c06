public import Statistics

/// What an article did for the desk.
public struct ArticleEffectReport: Sendable {
    /// How often it was used.
    public struct Uses: Sendable, Equatable {
        /// Readings.
        public var viewed = 0
        /// Links to tickets.
        public var linked = 0
        /// Customers who said that it answered.
        public var solved = 0
        /// Customers who wrote although they had read it.
        public var unsolved = 0

        /// Takes the uses.
        public init(viewed: Int = 0, linked: Int = 0, solved: Int = 0, unsolved: Int = 0) {
            self.viewed = viewed
            self.linked = linked
            self.solved = solved
            self.unsolved = unsolved
        }
    }

    /// The id of the article.
    public let article: String
    /// The id of its issue group.
    public let group: String
    /// The contrast of its group's tickets with those of comparable groups; nil when there is nothing to compare with.
    public let tickets: FittedPlaceboContrast?
    /// Why there is nothing to compare with; nil when there is.
    public let obstacle: EffectError?
    /// The hours of tickets to which an agent linked the article, by those of comparable ones to which nobody did.
    ///
    /// Comparable are tickets of the group of the same four weeks and the same priority. Agents link an article where they think that it fits, so this is
    /// no proof. Tickets that are still open have no hours yet. Nil when there are no such tickets.
    public let handling: IntervalEstimate?
    /// The hours saved: those of the tickets that did not come, at the hours usual in the group, and those that linking saved.
    ///
    /// Nil when neither is known.
    public let hoursSaved: IntervalEstimate?
    /// How often it was used.
    public let uses: Uses
    /// The share of tickets with a link to it that were opened again; nil when there are none, or when none of the desk is known to have been.
    public let reopenedLinked: IntervalEstimate?
    /// The same of the group's tickets since its publication without a link.
    public let reopenedUnlinked: IntervalEstimate?

    /// What can be said of the tickets of its group.
    public var verdict: EffectVerdict { tickets?.verdict ?? .cannotTell }
}
