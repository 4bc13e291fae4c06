public import Records

/// What Casebook knows of a ticket that the person who has it should know.
public struct TicketBriefing: Sendable, Hashable {
    /// An incident that the ticket is likely about.
    public struct Problem: Sendable, Hashable {
        /// The id of the incident.
        public var incident: String
        /// When it began.
        public var since: Instant
        /// Its priority, from 1, the highest.
        public var priority: Int
        /// How likely the incident has hurt the account of the ticket, 0...1.
        public var probability: Double
        /// The components that it is about, of those that the account uses; all of these where the lines name none.
        public var components: [String]
        /// The versions of these deployments.
        public var versions: [String]
        /// The ids of the signatures, with the most lines first, and what their lines look like.
        public var signatures: [String]
        /// The ids of the other accounts that it has likely hurt and that have not written.
        public var silent: [String]
        /// The number of other tickets about it.
        public var tickets: Int

        /// Describes an incident.
        public init(
            incident: String, since: Instant, priority: Int, probability: Double, components: [String] = [],
            versions: [String] = [], signatures: [String] = [], silent: [String] = [], tickets: Int = 0
        ) {
            self.incident = incident
            self.since = since
            self.priority = priority
            self.probability = probability
            self.components = components
            self.versions = versions
            self.signatures = signatures
            self.silent = silent
            self.tickets = tickets
        }
    }

    /// A case that was solved.
    public struct SolvedCase: Sendable, Hashable {
        /// The id of the ticket.
        public var ticket: String
        /// Its title.
        public var subject: RedactedText

        /// Describes a case.
        public init(ticket: String, subject: RedactedText) {
            self.ticket = ticket
            self.subject = subject
        }
    }

    /// The incident; nil when none fits.
    public var problem: Problem?
    /// What resolved similar cases, the likeliest first, a sentence or more each.
    public var solutions: [RedactedText]
    /// Similar cases that were solved, the most similar first.
    public var similar: [SolvedCase]
    /// The titles of articles that may answer it.
    public var articles: [RedactedText]
    /// When the answer is expected; nil when no model says so.
    public var answer: ExpectedAnswer?
    /// The id of the agent who has solved the most of the similar cases; nil when nobody has solved two.
    public var agent: String?

    /// Creates a briefing.
    public init(
        problem: Problem? = nil, solutions: [RedactedText] = [], similar: [SolvedCase] = [],
        articles: [RedactedText] = [],
        answer: ExpectedAnswer? = nil, agent: String? = nil
    ) {
        self.problem = problem
        self.solutions = solutions
        self.similar = similar
        self.articles = articles
        self.answer = answer
        self.agent = agent
    }

    /// What is written into fields, where a description maps them, by their names here: the day before which half of such tickets are answered moves once a day at most.
    var fields: [String: String] {
        var fields: [String: String] = [:]
        fields["incident"] = problem?.incident
        fields["component"] = problem.map { $0.components.joined(separator: ", ") }
        fields["answerBy"] = answer.map { Self.day($0.expected) }
        fields["suggestedAgent"] = agent
        return fields.filter { !$0.value.isEmpty }
    }

    /// The day of a time, in UTC.
    static func day(_ time: Instant) -> String { String(time.iso8601.prefix(10)) }

    /// Whether there is nothing to say.
    public var isEmpty: Bool {
        problem == nil && solutions.isEmpty && similar.isEmpty && articles.isEmpty && answer == nil && agent == nil
    }
}
