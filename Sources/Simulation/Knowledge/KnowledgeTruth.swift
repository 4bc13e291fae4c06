public import Records

/// What is really true of a simulated desk with recurring problems.
public struct KnowledgeTruth: Sendable {
    /// A problem that recurs, if only as a ticket or two.
    public struct Problem: Sendable, Hashable {
        /// The id.
        public var id: String
        /// Its tickets, in order of opening.
        public var tickets: [String]
        /// The id of what solves it.
        public var solution: String
        /// The id of what solves it for tickets opened from a time on; nil where that is the same.
        public var laterSolution: String?
        /// The time.
        public var changedAt: Instant?
        /// The part of the product.
        public var component: String
        /// The versions that the deployments of its tickets ran, the oldest first.
        public var versions: [String]
        /// Why it happens, in the words that agents have for it.
        public var causes: [String]
    }

    /// What solves a problem, or what agents try in vain.
    public struct Solution: Sendable, Hashable {
        /// The id.
        public var id: String
        /// All the ways in which agents write it down; a message or a resolution holds one of them to the letter.
        public var texts: [String]
    }

    /// A ticket and a solution.
    public struct Applied: Sendable, Hashable {
        /// The id of the ticket.
        public var ticket: String
        /// The id of the solution.
        public var solution: String
    }

    /// A ticket and what an agent answers.
    public struct Answer: Sendable, Hashable {
        /// The id of the ticket.
        public var ticket: String
        /// The answer; where the agent writes it down, a message or a resolution holds it to the letter.
        public var text: String
    }

    /// What an article really does.
    public struct Article: Sendable, Hashable {
        /// The id.
        public var id: String
        /// The id of the problem.
        public var problem: String
        /// When everybody could read it.
        public var publishedAt: Instant
        /// The share of the later tickets of the problem that it prevents; 0 for one that does nothing.
        public var effect: Double
        /// The tickets that it did prevent: each later one with probability ``effect``.
        public var prevented: Int
        /// The mean minutes of work that it saves where it is linked.
        public var minutesSaved: Double
    }

    /// The recurring problems; a ticket that stands in none of them is the only one of its kind.
    public var problems: [Problem] = []
    /// The solutions and the vain attempts.
    public var solutions: [Solution] = []
    /// What resolved the tickets of recurring problems that are resolved.
    public var ticketSolutions: [Applied] = []
    /// What was tried, did not help and was followed by what did.
    public var attempts: [Applied] = []
    /// Solutions of other problems that an agent wrote down as if they had helped.
    public var wrongSolutions: [Applied] = []
    /// What resolved the tickets that are the only ones of their kind and are resolved.
    public var answers: [Answer] = []
    /// The articles.
    public var articles: [Article] = []
    /// Every string about a person or a customer that stands in subjects, bodies, messages or resolutions, each once, in order of bytes.
    public var canaries: [String] = []
}
