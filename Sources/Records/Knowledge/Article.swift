/// A knowledge article in the form of Knowledge-Centered Service: issue, environment, cause, resolution and what is known of itself.
///
/// Method: Consortium for Service Innovation, KCS v6 Practices Guide, techniques 2.1 (structure) and 5.1 to 5.3 (content, states, audience).
public struct Article: Sendable, Hashable {
    /// How far people trust it; the states of KCS v6.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Made of cases, not yet read by anybody.
        case draft
        /// Read by an agent and in use, not yet checked.
        case notValidated
        /// Checked.
        case validated
        /// Out of use.
        case archived
    }

    /// Who may read it.
    public enum Audience: String, Sendable, Hashable, CaseIterable {
        /// The support team alone.
        case `internal`
        /// Customers too.
        case everyone
    }

    /// A sentence, and the cases that it was taken from word for word.
    public struct Sentence: Sendable, Hashable {
        /// The sentence.
        public var text: RedactedText
        /// The ids of the tickets, at least one.
        public var tickets: [String]

        /// Creates a sentence.
        public init(text: RedactedText, tickets: [String]) {
            self.text = text
            self.tickets = tickets
        }
    }

    /// What is known of where the issue comes up.
    public struct EnvironmentFact: Sendable, Hashable {
        /// The field of facts whose value is the id of a log signature.
        public static let signature = "signature"

        /// The structured field, such as `version` or `component`.
        public var field: String
        /// Its value.
        public var value: String
        /// The number of cases that have it.
        public var cases: Int

        /// Creates a fact.
        public init(field: String, value: String, cases: Int) {
            self.field = field
            self.value = value
            self.cases = cases
        }
    }

    /// The id; the same for all versions.
    public var id: String
    /// The number of the version, from 1.
    public var version: Int
    /// How far people trust it.
    public var state: State
    /// Who may read it.
    public var audience: Audience
    /// The id of the issue group it is about; empty for an article that somebody wrote by hand.
    public var group: String
    /// When the article was first made.
    public var createdAt: Instant
    /// When this version was made.
    public var updatedAt: Instant
    /// The title.
    public var title: RedactedText
    /// The issue, in the customers' own words.
    public var issue: [Sentence]
    /// Where it comes up.
    public var environment: [EnvironmentFact]
    /// Why; empty when nobody said.
    public var cause: [Sentence]
    /// What resolved it, in the agents' words.
    public var resolution: [Sentence]
    /// What resolved nearly as many other cases, in the agents' words; empty when nothing did.
    public var otherResolution: [Sentence]
    /// Words that people look for it with, the most telling first.
    public var keywords: [String]

    /// Creates an article.
    public init(
        id: String, version: Int = 1, state: State = .draft, audience: Audience = .internal, group: String = "",
        createdAt: Instant, updatedAt: Instant? = nil, title: RedactedText, issue: [Sentence] = [],
        environment: [EnvironmentFact] = [], cause: [Sentence] = [], resolution: [Sentence] = [],
        otherResolution: [Sentence] = [], keywords: [String] = []
    ) {
        self.id = id
        self.version = version
        self.state = state
        self.audience = audience
        self.group = group
        self.createdAt = createdAt
        self.updatedAt = updatedAt ?? createdAt
        self.title = title
        self.issue = issue
        self.environment = environment
        self.cause = cause
        self.resolution = resolution
        self.otherResolution = otherResolution
        self.keywords = keywords
    }
}

extension Article {
    /// All sentences but the title.
    public var sentences: [Sentence] { issue + cause + resolution + otherResolution }

    /// The environment but for the ids of signatures, which say nothing to people: programs ask with them whether the issue still comes up.
    public var readEnvironment: [EnvironmentFact] { environment.filter { $0.field != EnvironmentFact.signature } }

    /// Whether it answers customers: they may read it, and it says what to do.
    public var answersCustomers: Bool { audience == .everyone && !resolution.isEmpty }
}
