internal import Features
public import Records

/// What is compared of a case: its words by field, and marks for what was seen with it.
public struct CaseText: Sendable, Hashable {
    /// How often a word of the title counts.
    static let titleCount: Float = 4

    /// The title.
    public var title: RedactedText
    /// What was said beside it.
    public var body: RedactedText
    /// Words that it is to be found by, beside what was said.
    public var keywords: [String]
    /// The ids of the log signatures that were seen with it.
    public var signatures: [String]
    /// Facts of where it came up, each as a field and its value.
    public var environment: [String]

    /// Creates the text of a case.
    public init(
        title: RedactedText = RedactedText(), body: RedactedText = RedactedText(), keywords: [String] = [],
        signatures: [String] = [], environment: [String] = []
    ) {
        self.title = title
        self.body = body
        self.keywords = keywords
        self.signatures = signatures
        self.environment = environment
    }

    /// What the customer said in the ticket, with its signatures and environment.
    public init(_ supportCase: SupportCase) {
        self.init(
            title: supportCase.ticket.subject, body: supportCase.ticket.body, signatures: supportCase.signatures,
            environment: supportCase.environment.map { "\($0.field)=\($0.value)" })
    }

    /// The texts and what each word of them counts.
    var parts: [(text: RedactedText, count: Float)] { [(title, Self.titleCount), (body, 1)] }

    /// The signatures and the environment as marks of a bag of words.
    var marks: [String] { signatures.map { "s " + $0 } + environment.map { "e " + $0 } }
}
