internal import Features
public import Models
public import Records

extension IssueGroupModel {
    /// The fewest tickets that can be learned from.
    public static let fewestTickets = 20

    /// Keeps what a desk teaches.
    ///
    /// The answers are learnt from the articles that its support team may see.
    ///
    /// - Parameters:
    ///   - knowledge: The knowledge of the desk, made without a model.
    ///   - existing: The newest versions of the articles that exist.
    ///   - source: The name of the desk.
    ///   - dataSHA256: The checksums of what was read, by name.
    ///   - seed: The seed that the knowledge was made with.
    /// - Throws: ``IssueGroupError/tooFewTickets(_:needed:)``, ``IssueGroupError/noSharedWord(customers:needed:)``.
    public init(
        of knowledge: DeskKnowledge, existing: [Article] = [], source: String, dataSHA256: [String: String],
        seed: UInt64 = 1
    ) throws(IssueGroupError) {
        let cases = knowledge.cases
        let said = knowledge.texts.count { !$0.title.isEmpty || !$0.body.isEmpty }
        guard said >= Self.fewestTickets, let first = cases.first, let last = cases.last else {
            throw .tooFewTickets(said, needed: Self.fewestTickets)
        }
        let customers = Set(cases.map { $0.customer ?? "" }).count
        guard knowledge.background.lexicon.count > 0 else {
            throw .noSharedWord(customers: customers, needed: knowledge.leastCustomers)
        }
        let suggestions = knowledge.suggestions(knowledge.articlesForTeam(existing: existing))
        self.init(
            provenance: Provenance(
                source: source, dataSHA256: dataSHA256,
                trainingWindow: TrainingWindow(from: first.ticket.openedAt.iso8601, to: last.ticket.openedAt.iso8601),
                tickets: cases.count, customers: customers, leastCustomers: knowledge.leastCustomers, seed: seed,
                codeVersion: ResolutionTimeModel.codeVersion,
                heldOut: IssueGroupHeldOut(knowledge, seed: seed).figures),
            background: knowledge.background,
            answers: suggestions.model == .prior(Self.evidenceCount) ? nil : suggestions.model,
            votes: knowledge.recommendations().votes, chance: suggestions.chance)
    }
}
