public import Features

/// What the history of a desk teaches of grouping its tickets and of suggesting answers: the words that enough customers use, the latent space of
/// what they say, and how sure an answer is.
///
/// It holds no ticket, and nothing that fewer than ``Provenance/leastCustomers`` customers have said.
public struct IssueGroupModel: Sendable {
    /// Where a model comes from.
    public struct Provenance: Sendable, Equatable, Codable {
        /// The name of the desk, the store or the data set.
        public var source: String
        /// The SHA-256 of each file that was read, in hexadecimal.
        public var dataSHA256: [String: String]
        /// The first and the last opening, ISO 8601.
        public var trainingWindow: TrainingWindow
        /// The number of tickets.
        public var tickets: Int
        /// The number of customers, those unknown counting as one.
        public var customers: Int
        /// The fewest customers that anything in the model comes from.
        public var leastCustomers: Int
        /// The seed of random starts.
        public var seed: UInt64
        /// The version of the package that trained the model: see ``ResolutionTimeModel/codeVersion``.
        public var codeVersion: String
        /// Figures of tickets that a model of earlier ones was asked about, by name.
        public var heldOut: [String: Double]

        /// Creates a provenance.
        public init(
            source: String, dataSHA256: [String: String], trainingWindow: TrainingWindow, tickets: Int, customers: Int,
            leastCustomers: Int, seed: UInt64, codeVersion: String, heldOut: [String: Double]
        ) {
            self.source = source
            self.dataSHA256 = dataSHA256
            self.trainingWindow = trainingWindow
            self.tickets = tickets
            self.customers = customers
            self.leastCustomers = leastCustomers
            self.seed = seed
            self.codeVersion = codeVersion
            self.heldOut = heldOut
        }
    }

    /// The number of values of the evidence that ``answers`` takes.
    public static let evidenceCount = 17

    /// Where it comes from.
    public let provenance: Provenance
    /// How groups are found.
    public let settings: IssueGroupSettings
    /// The words and the latent space.
    public let background: TextBackground
    /// How sure an answer is; nil where the history has too few answers to tell.
    public let answers: AnswerModel?
    /// How much similar cases speak for what resolved them; nil in models of before that was learnt.
    public let votes: VoteModel?
    /// How like its cases questions without a meaning are; nil in models of before that was learnt.
    public let chance: ChanceLikeness?

    /// The number of words and marks that it knows.
    public var wordCount: Int { background.lexicon.count }

    /// Takes what was learnt.
    public init(
        provenance: Provenance, settings: IssueGroupSettings = IssueGroupSettings(), background: TextBackground,
        answers: AnswerModel?, votes: VoteModel? = nil, chance: ChanceLikeness? = nil
    ) {
        precondition(answers.map { $0.count == Self.evidenceCount } ?? true, "the answers have the values of evidence")
        self.provenance = provenance
        self.settings = settings
        self.background = background
        self.answers = answers
        self.votes = votes
        self.chance = chance
    }
}
