internal import Features
internal import Records

extension IssueGroupModel {
    /// The name of the model's folder in a registry.
    public static let name = "issue-groups"
    private static let kind = "issue-groups"

    /// What model.json holds besides what every model file holds.
    private struct Body: Codable, Sendable {
        var provenance: Provenance
        var hyperparameters: IssueGroupSettings
        /// See ``TextBackground/rules``; the first ones had no number.
        var wordRules: Int?
        var words: [String]
        var texts: Int
        var answers: AnswerModel?
        var votes: VoteModel?
        var chance: ChanceLikeness?
    }

    /// Writes the model as a new version.
    ///
    /// - Returns: The number of the version.
    public func store(in registry: ModelRegistry) throws(ModelFileError) -> Int {
        let pieces = background.space?.pieces ?? []
        let directions = background.space?.directions ?? []
        let tensors = [
            "terms.texts": Tensor(shape: [background.holders.count], values: background.holders.map { Double($0) }),
            // A number of 64 bits does not fit into a double.
            "space.pieces": Tensor(
                shape: [pieces.count, 2],
                values: pieces.flatMap { [Double($0 >> 32), Double($0 & 0xFFFF_FFFF)] }),
            "space.directions": Tensor(
                shape: [pieces.count, background.space?.dimensions ?? 0], values: directions.map { Double($0) }),
        ]
        let body = Body(
            provenance: provenance, hyperparameters: settings, wordRules: TextBackground.rules,
            words: (0..<background.lexicon.count).map { background.lexicon.word(Int32(truncatingIfNeeded: $0)) },
            texts: background.count, answers: answers, votes: votes, chance: chance)
        return try registry.store(body, tensors: tensors, card: card, model: Self.name, kind: Self.kind)
    }

    /// Loads a version.
    ///
    /// - Parameters:
    ///   - registry: The registry.
    ///   - version: The version; the current one if absent.
    /// - Throws: ``ModelFileError``, ``IssueGroupError/otherWords(version:)`` where texts are cut into other words now, and
    ///   ``IssueGroupError/inconsistent(_:)`` where the parts contradict each other.
    public init(from registry: ModelRegistry, version: Int? = nil) throws {
        let stored = try registry.load(Body.self, model: Self.name, kind: Self.kind, version: version)
        let body = stored.body
        guard body.wordRules == TextBackground.rules else { throw IssueGroupError.otherWords(version: stored.version) }
        func numbers(_ name: String) throws -> [Double] {
            guard let tensor = stored.tensors[name], tensor.values.allSatisfy(\.isFinite) else {
                throw IssueGroupError.inconsistent(name)
            }
            return tensor.values
        }
        let holders = try numbers("terms.texts").map { value in
            guard let number = Int32(exactly: value) else { throw IssueGroupError.inconsistent("terms.texts") }
            return number
        }
        let halves = try numbers("space.pieces").map { value in
            guard let number = UInt32(exactly: value) else { throw IssueGroupError.inconsistent("space.pieces") }
            return UInt64(number)
        }
        guard halves.count % 2 == 0 else { throw IssueGroupError.inconsistent("space.pieces") }
        let pieces = stride(from: 0, to: halves.count, by: 2).map { halves[$0] << 32 | halves[$0 + 1] }
        guard body.hyperparameters.isSound else { throw IssueGroupError.inconsistent("hyperparameters") }
        // What was learnt from other evidence is learnt anew from the cases.
        let answers = body.answers.flatMap { $0.count == Self.evidenceCount ? $0 : nil }
        if let answers, !answers.isSound { throw IssueGroupError.inconsistent("answers") }
        if let votes = body.votes, !votes.isSound { throw IssueGroupError.inconsistent("votes") }
        if let chance = body.chance, !chance.isSound { throw IssueGroupError.inconsistent("chance") }
        guard
            let background = TextBackground(
                words: body.words, holders: holders, count: body.texts, pieces: pieces,
                directions: try numbers("space.directions").map { Float($0) })
        else { throw IssueGroupError.inconsistent("words") }
        self.init(
            provenance: body.provenance, settings: body.hyperparameters, background: background, answers: answers,
            votes: body.votes, chance: body.chance)
    }

    /// The model card of a version.
    ///
    /// Source: Mitchell et al. 2019, FAT*.
    private func card(version: Int) -> String {
        let figures = provenance.heldOut.sorted { $0.key < $1.key }
            .map { "| \($0.key) | \($0.value.rounded(places: 3)) |" }.joined(separator: "\n")
        return """
            # Issue groups, version \(version)

            **Use.** Reads the tickets of a desk: which are about one issue, and how sure it is that an answer found for a question is one. Made to
            propose groups and answers to people; not to judge people or to close tickets unseen.

            **Data.** \(provenance.source): \(provenance.tickets) tickets of \(provenance.customers) customers, opened from
            \(provenance.trainingWindow.first) to \(provenance.trainingWindow.last). Casebook \(provenance.codeVersion), seed \(provenance.seed).

            **Privacy.** No ticket is in the model. It knows \(wordCount) words and marks; each comes from at least
            \(provenance.leastCustomers) customers, and the latent space was fitted to these alone.

            **Method.** A latent space of pieces of words with \(background.space?.dimensions ?? 0) directions; \(settings.neighbours) neighbours of a likeness of at
            least \(settings.leastLikeness), drawn together and joined by average linkage at \(settings.leastCosine); a logistic regression tells how sure an answer is, and a conditional
            logit how much a similar case speaks for what resolved it.

            **Held-out figures.** A model of the earlier three quarters of the tickets was asked about the others; the groups of all tickets together stand for the truth.

            | measure | value |
            |---|---|
            \(figures)

            **Limits.** The figures say how steady groups are while tickets come, not whether people would part issues the same way. Words that came up after the
            training are read by their pieces alone; train again when the product or its customers change.

            """
    }
}
