internal import Features
public import Records

/// What the cases of a desk teach: the issues they are about, what resolved them, and the articles to be made of them.
public struct DeskKnowledge: Sendable {
    private static let labelWords = 5

    /// The cases in the order in which they were opened.
    public let cases: [SupportCase]
    /// The text of each case.
    public let texts: [CaseText]
    /// The index of the texts.
    public let index: CaseIndex
    /// The issues, those with the most cases first.
    public let groups: [IssueGroup]
    /// What resolved the cases.
    public let solutions: Solutions
    private let writer: ArticleWriter
    private let time: Instant

    /// Learns from cases.
    ///
    /// - Parameters:
    ///   - cases: The cases in the order in which they were opened.
    ///   - decisions: What people said of pairs of tickets, in the order in which they said so.
    ///   - memberships: The group of each ticket as it was found before, from which groups keep their ids.
    ///   - time: As of when.
    ///   - leastCustomers: The fewest customers that a word must have come from to stand in a label or an article.
    public init(
        _ cases: [SupportCase], decisions: [GroupDecision] = [], memberships: [String: String] = [:], at time: Instant,
        leastCustomers: Int = 3
    ) {
        self.cases = cases
        self.time = time
        let texts = concurrently(cases.count, by: 256) { cases[$0].map(CaseText.init) }.flatMap(\.self)
        self.texts = texts
        let index = CaseIndex(texts)
        self.index = index
        solutions = Solutions(cases, index)
        let writer = ArticleWriter(cases, index, solutions, leastCustomers: leastCustomers)
        self.writer = writer
        let found = IssueGroups(index, links: Self.links(decisions, cases))
        let members = found.members
        let ids = Self.ids(
            members, keptNames(of: found.ofCase, from: cases.map { memberships[$0.ticket.id] }), cases)
        groups = concurrently(members.count, by: 32) { range in
            range.map { place in
                IssueGroup(
                    id: ids[place], cases: members[place],
                    label: Array(writer.keywords(of: members[place]).prefix(Self.labelWords)), of: cases, at: time)
            }
        }.flatMap(\.self).sorted { (-$0.cases.count, $0.cases[0]) < (-$1.cases.count, $1.cases[0]) }
    }

    /// The articles that are missing or have more to say now.
    ///
    /// - Parameter existing: The newest versions of those that exist.
    public func articles(existing: [Article] = []) -> ArticleBook {
        ArticleBook(groups.map { ($0.id, $0.cases) }, writer, index, existing: existing, at: time)
    }

    /// Suggestions out of some articles, for what their groups are about.
    public func suggestions(_ articles: [Article]) -> Suggestions {
        var position: [String: Int] = [:]
        for (place, article) in articles.enumerated() where !article.group.isEmpty { position[article.group] = place }
        var articleOfCase = [Int?](repeating: nil, count: cases.count)
        for group in groups {
            for number in group.cases { articleOfCase[number] = position[group.id] }
        }
        return Suggestions(texts, index, articles: articles, articleOfCase: articleOfCase)
    }

    /// The groups that tickets are in, with those that hold any of some tickets first: what joining these tickets would join.
    public func groups(of tickets: [String]) -> [IssueGroup] {
        let wanted = Set(tickets)
        return groups.filter { group in group.cases.contains { wanted.contains(cases[$0].ticket.id) } }
    }

    private static func links(
        _ decisions: [GroupDecision], _ cases: [SupportCase]
    ) -> [(first: Int, second: Int, isOne: Bool)] {
        var numbers: [String: Int] = [:]
        for (number, one) in cases.enumerated() { numbers[one.ticket.id] = number }
        var said: [(first: Int, second: Int, isOne: Bool)] = []
        for decision in decisions {
            // A decision about a ticket that is gone waits for it to come back.
            guard let first = numbers[decision.first], let second = numbers[decision.second] else { continue }
            said.removeAll { ($0.first, $0.second) == (first, second) || ($0.first, $0.second) == (second, first) }
            if decision.kind != .undo { said.append((first, second, decision.kind == .mustLink)) }
        }
        return said
    }

    /// A group that takes over no id is named by its first ticket.
    private static func ids(_ members: [[Int]], _ kept: [Int: String], _ cases: [SupportCase]) -> [String] {
        var taken = Set(kept.values)
        return members.enumerated().map { group, own in
            if let id = kept[group] { return id }
            var id = "G-" + cases[own[0]].ticket.id
            while !taken.insert(id).inserted { id += "'" }
            return id
        }
    }
}
