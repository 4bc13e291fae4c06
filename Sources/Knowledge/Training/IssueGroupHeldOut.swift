internal import Features
internal import Records
internal import Statistics

/// How knowledge of the earlier tickets of a desk reads the later ones, held against the groups of all of them.
struct IssueGroupHeldOut {
    private static let knownShare = 0.75
    private static let mostAsked = 1_000

    /// The figures by name.
    ///
    /// `tickets` that were asked about; `groupRight`, the share put into the group that they are in when all are known, or into none where that group is new;
    /// `earlierPairF1`, how far the earlier tickets are grouped as they are when all are known; of the tickets that an article was suggested for the
    /// share `suggestionRight` where it was about their group, its mean probability `suggestionProbability`, the mean square of the difference
    /// `suggestionBrier`, and `suggestionAuroc`, how well the probability tells right from wrong.
    let figures: [String: Double]

    /// Asks about the later tickets.
    init(_ all: DeskKnowledge, seed: UInt64) {
        let groups = all.groupOfCase
        let known = Int(Self.knownShare * Double(all.cases.count))
        let earlier = Array(all.cases[..<known])
        let memberships = Dictionary(
            zip(earlier, groups).map { ($0.ticket.id, $1) }, uniquingKeysWith: { first, _ in first })
        let past = DeskKnowledge(
            earlier, memberships: memberships, at: all.cases[known].ticket.openedAt,
            leastCustomers: all.leastCustomers, seed: seed)
        let pastGroups = past.groupOfCase
        let names = Set(pastGroups)
        let suggestions = past.suggestions(past.articlesForTeam(existing: []))
        let later = all.cases.count - known
        let asked = (0..<min(Self.mostAsked, later)).map { known + $0 * later / min(Self.mostAsked, later) }
        let answers = concurrently(asked.count, by: 32) { range in
            asked[range].map { number in
                let joined = OnlineGroups.group(for: all.texts[number], in: past.index) { pastGroups[$0] }
                let truth = names.contains(groups[number]) ? groups[number] : nil
                let suggested = suggestions.suggest(for: all.texts[number], count: 1).first
                return (
                    isJoined: joined == truth, probability: suggested?.probability,
                    isRight: suggested?.article.group == groups[number]
                )
            }
        }.flatMap(\.self)
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }
        let suggested = answers.compactMap { answer in answer.probability.map { ($0, answer.isRight) } }
        var figures = [
            "tickets": Double(asked.count), "groupRight": mean(answers.map { $0.isJoined ? 1 : 0 }),
            "earlierPairF1": ClusterAgreement(found: pastGroups, truth: Array(groups[..<known])).pairs.f1,
        ]
        if !suggested.isEmpty {
            figures["suggestionRight"] = mean(suggested.map { $0.1 ? 1 : 0 })
            figures["suggestionProbability"] = mean(suggested.map(\.0))
            figures["suggestionBrier"] = mean(suggested.map { ($0.0 - ($0.1 ? 1 : 0)) * ($0.0 - ($0.1 ? 1 : 0)) })
        }
        let (right, wrong) = (suggested.filter(\.1).map(\.0), suggested.filter { !$0.1 }.map(\.0))
        if !right.isEmpty, !wrong.isEmpty {
            figures["suggestionAuroc"] = DetectionMeasures.auroc(normal: wrong, anomalous: right)
        }
        self.figures = figures
    }
}
