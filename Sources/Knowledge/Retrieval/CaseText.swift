internal import Features
public import Records

/// What is compared of a case: its words by field, and marks for what was seen with it.
public struct CaseText: Sendable, Hashable {
    /// How often a word of the title counts.
    private static let titleCount: Float = 4

    /// The title.
    public var title: RedactedText
    /// What was said beside it.
    public var body: RedactedText
    /// What a machine wrote, such as lines of a log.
    public var pasted: RedactedText
    /// Words that it is to be found by, beside what was said.
    public var keywords: [String]
    /// The ids of the log signatures that were seen with it.
    public var signatures: [String]
    /// Facts of where it came up, each as a field and its value.
    public var environment: [String]

    /// Creates the text of a case.
    public init(
        title: RedactedText = RedactedText(), body: RedactedText = RedactedText(),
        pasted: RedactedText = RedactedText(),
        keywords: [String] = [], signatures: [String] = [], environment: [String] = []
    ) {
        self.title = title
        self.body = body
        self.pasted = pasted
        self.keywords = keywords
        self.signatures = signatures
        self.environment = environment
    }

    /// The text of a message: its title without the prefixes of replies, what its author said, without quotes, courtesies and signatures, and apart from it what a machine wrote.
    ///
    /// - Parameters:
    ///   - title: The title.
    ///   - message: The message.
    ///   - signatures: The ids of the log signatures that were seen with it.
    ///   - pasted: The signatures of log lines in what a machine wrote; none are looked for when nil.
    ///   - environment: Facts of where it came up.
    public init(
        title: RedactedText, message: RedactedText, signatures: [String] = [],
        pasted: ((RedactedText) -> [String])? = nil, environment: [Article.EnvironmentFact] = []
    ) {
        let words = MessageWords(message, isOpening: true)
        let found = pasted.map { words.pastedTexts.flatMap($0) } ?? []
        self.init(
            title: title, words, said: words.said, signatures: signatures + found.filter { !signatures.contains($0) },
            environment: environment)
    }

    private init(
        title: RedactedText, _ words: MessageWords, said: [RedactedText], signatures: [String],
        environment: [Article.EnvironmentFact]
    ) {
        self.init(
            title: title.withoutMailPrefixes, body: RedactedText(joining: said),
            pasted: RedactedText(joining: words.pastedTexts), signatures: signatures,
            environment: environment.map { "\($0.field)=\($0.value)" })
    }

    /// What the customer said in the ticket, with its signatures and environment.
    public init(_ supportCase: SupportCase) {
        let words = MessageWords(supportCase.ticket.body, isOpening: true)
        self.init(supportCase, words, said: words.said)
    }

    init(_ supportCase: SupportCase, _ words: CaseWords) {
        self.init(supportCase, words.body, said: words.said)
    }

    private init(_ supportCase: SupportCase, _ words: MessageWords, said: [RedactedText]) {
        self.init(
            title: supportCase.ticket.subject, words, said: said, signatures: supportCase.signatures,
            environment: supportCase.environment)
    }

    /// What was said, and what each word of it counts.
    var parts: [(text: RedactedText, count: Float)] { [(title, Self.titleCount), (body, 1)] }

    /// The signatures and the environment as marks of a bag of words.
    var marks: [String] { signatures.map { "s " + $0 } + environment.map { "e " + $0 } }
}
