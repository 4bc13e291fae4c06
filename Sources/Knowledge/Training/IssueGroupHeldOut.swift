internal import Features
internal import Records
internal import Statistics

/// How knowledge of the earlier tickets of a desk reads the later ones, held against the groups of all of them.
struct IssueGroupHeldOut {
    private static let knownShare = 0.75
    private static let mostAsked = 1_000
    /// A category is given where so many of a group's cases have it, and so many words of its label are its tags.
    private static let leastCategoryShare = 0.8
    private static let tags = 3

    /// The figures by name.
    ///
    /// `tickets` that were asked about; `groupRight`, the share put into the group that they are in when all are known, or into none where that group is new;
    /// `earlierPairF1`, how far the earlier tickets are grouped as they are when all are known; of the tickets that an article was suggested for, and that told what resolved them, the
    /// share `suggestionRight` where it states that (where it states nothing, where it is about their group), its mean probability `suggestionProbability`, the mean square of the difference
    /// `suggestionBrier`, and `suggestionAuroc`, how well the probability tells right from wrong; `categoryGiven`, the share of the tickets with a category that were put,
    /// without it, into a group with a clear one, `categoryRight`, the share of these where it was theirs, and `categoryFrequent`, the share of these that
    /// have the most frequent category of all; `tagRight`, the share of the first words of the labels of groups that the tickets put into them say themselves.
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
        let articles = past.articlesForTeam(existing: [])
        let suggestions = past.suggestions(articles)
        let places = Dictionary(articles.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let ofGroup = Dictionary(articles.enumerated().map { ($1.group, $0) }, uniquingKeysWith: { first, _ in first })
        let stated = all.stated(by: articles, groups.map { ofGroup[$0] })
        let later = all.cases.count - known
        let asked = (0..<min(Self.mostAsked, later)).map { known + $0 * later / min(Self.mostAsked, later) }
        let answers = concurrently(asked.count, by: 32) { range in
            asked[range].map { number in
                let joined = OnlineGroups.group(for: all.texts[number], in: past.index) { pastGroups[$0] }
                let truth = names.contains(groups[number]) ? groups[number] : nil
                let suggested = suggestions.suggest(for: all.texts[number], count: 1).first
                let isRight = suggested.flatMap { suggested in
                    places[suggested.article.id].flatMap {
                        stated.does($0, answer: number, isAbout: suggested.article.group == groups[number])
                    }
                }
                return (isJoined: joined == truth, probability: suggested?.probability, isRight: isRight)
            }
        }.flatMap(\.self)
        let tagging = Self.tagging(asked.map { (all.cases[$0], all.texts[$0]) }, past, pastGroups)
        func mean(_ values: [Double]) -> Double { values.mean ?? 0 }
        let suggested = answers.compactMap { answer in
            answer.probability.flatMap { probability in answer.isRight.map { (probability, $0) } }
        }
        var figures = [
            "tickets": Double(asked.count), "groupRight": mean(answers.map { $0.isJoined ? 1 : 0 }),
            "earlierPairF1": ClusterAgreement(found: pastGroups, truth: Array(groups[..<known])).pairs.f1,
        ]
        figures.merge(tagging) { $1 }
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

    private static func tagging(
        _ asked: [(one: SupportCase, text: CaseText)], _ past: DeskKnowledge, _ pastGroups: [String]
    ) -> [String: Double] {
        let groups = Dictionary(past.groups.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let frequent = Dictionary(grouping: past.cases.map(\.ticket.category).filter { !$0.isEmpty }) { $0 }
            .max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.key
        let answers = concurrently(asked.count, by: 32) { range in
            asked[range].map { one, text in
                var blind = text
                blind.environment.removeAll { $0.hasPrefix("category=") }
                let group = OnlineGroups.group(for: blind, in: past.index) { pastGroups[$0] }.flatMap { groups[$0] }
                let said = RedactedText.stems(of: [text.title, text.body])
                let tags = (group?.label ?? []).prefix(Self.tags).map { tag in
                    Array(tag.utf8).withUnsafeBytes { Lexicon.stemHash(of: $0) }
                }
                return (
                    category: group.flatMap { $0.categoryShare >= Self.leastCategoryShare ? $0.category : nil },
                    truth: one.ticket.category, tags: tags.count, tagsSaid: tags.count(where: said.contains)
                )
            }
        }.flatMap(\.self)
        var figures: [String: Double] = [:]
        let known = answers.filter { !$0.truth.isEmpty }
        let given = known.filter { $0.category != nil }
        if !known.isEmpty {
            figures["categoryGiven"] = Double(given.count) / Double(known.count)
        }
        if !given.isEmpty {
            figures["categoryFrequent"] = Double(given.count { $0.truth == frequent }) / Double(given.count)
            figures["categoryRight"] = Double(given.count { $0.category == $0.truth }) / Double(given.count)
        }
        let tags = answers.reduce(0) { $0 + $1.tags }
        if tags > 0 { figures["tagRight"] = Double(answers.reduce(0) { $0 + $1.tagsSaid }) / Double(tags) }
        return figures
    }
}
