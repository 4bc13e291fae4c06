public import Features
public import Models
public import Records

/// What the cases of a desk teach: the issues they are about, what resolved them, and the articles to be made of them.
public struct DeskKnowledge: Sendable {
    private static let labelWords = 5

    /// The cases in the order in which they were opened.
    public let cases: [SupportCase]
    /// The text of each case, without what a web form puts into nearly all.
    public let texts: [CaseText]
    /// The index of the texts.
    public let index: CaseIndex
    /// The issues, those with the most cases first.
    public let groups: [IssueGroup]
    /// What people said of tickets that cannot all be; what is said to be one through others is one then, and of the same two tickets the later word counts.
    public let contradictions: [GroupContradiction]
    /// What resolved the cases.
    let solutions: Solutions
    /// What history taught of words that enough customers have used, which the texts are read with as far as it knows them.
    public let background: TextBackground
    /// The fewest customers that a word must have come from.
    public let leastCustomers: Int
    private let answers: AnswerModel?
    private let votes: VoteModel?
    private let chance: ChanceLikeness?
    let writer: ArticleWriter
    private let articleID: @Sendable (String) -> String
    /// As of when.
    let time: Instant

    /// Learns from cases.
    ///
    /// - Parameters:
    ///   - cases: The cases in the order in which they were opened.
    ///   - decisions: What people said of pairs of tickets, in the order in which they said so.
    ///   - memberships: The group of each ticket as it was found before, from which groups keep their ids.
    ///   - time: As of when.
    ///   - leastCustomers: The fewest customers that a word must have come from to stand in a label or an article, and to be learnt.
    ///   - model: What history taught before; learnt from the cases when nil, which gives what a model trained on them would.
    ///   - seed: Fixes what is drawn where there is no model.
    ///   - articleID: Gives a new article about a group its id.
    public init(
        _ cases: [SupportCase], decisions: [GroupDecision] = [], memberships: [String: String] = [:], at time: Instant,
        leastCustomers: Int = 3, model: IssueGroupModel? = nil, seed: UInt64 = 1,
        articleID: @escaping @Sendable (String) -> String = { Article.id(ofGroup: $0, seal: nil) }
    ) {
        self.cases = cases
        self.time = time
        self.leastCustomers = leastCustomers
        self.articleID = articleID
        let words = CaseWords.all(cases)
        let form = FormParts(cases, words)
        let texts = concurrently(each: cases.count, by: 512) { form.text(of: cases[$0], words[$0]) }
        self.texts = texts
        answers = model?.answers
        votes = model?.votes
        chance = model?.chance
        let (read, privacy) = concurrently {
            let read = CaseBags(texts)
            let background =
                model?.background
                ?? TextBackground(read, customers: cases.map(\.customer), sharedBy: leastCustomers, seed: seed)
            return (background: background, index: CaseIndex(within: read, background, seed: seed))
        } _: {
            WordPrivacy(cases, words, least: leastCustomers)
        }
        background = read.background
        index = read.index
        let numbers = Dictionary(zip(cases.map(\.ticket.id), cases.indices), uniquingKeysWith: { $1 })
        // A decision about a ticket that is gone waits for it to come back.
        let known = decisions.filter { numbers[$0.first] != nil && numbers[$0.second] != nil }
        contradictions = GroupContradiction.all(in: known)
        let links = Self.links(GroupDecision.standing(known), numbers)
        let settings = model?.settings ?? IssueGroupSettings()
        let (solutions, candidates) = concurrently {
            Solutions(cases, words, read.index)
        } _: {
            read.index.neighbours(count: CaseIndex.latentCandidates, least: 0)
        }
        self.solutions = solutions
        let (writer, found) = concurrently {
            ArticleWriter(cases, read.index, solutions, form, privacy)
        } _: {
            IssueGroups(
                read.index, candidates: candidates, outcomes: solutions.outcomes, links: links, settings: settings)
        }
        self.writer = writer
        let members = found.members
        let ids = Self.ids(
            members, keptNames(of: found.ofCase, from: cases.map { memberships[$0.ticket.id] }), cases)
        let rate = ArrivalRate(cases.map(\.ticket.openedAt.seconds), now: time.seconds)
        groups = concurrently(members.count, by: 32) { range in
            range.map { place in
                IssueGroup(
                    id: ids[place], cases: members[place],
                    label: Array(writer.label(of: members[place]).prefix(Self.labelWords)), of: cases, rate, at: time
                )
            }
        }.flatMap(\.self).sorted { (-$0.cases.count, $0.cases[0]) < (-$1.cases.count, $1.cases[0]) }
    }

    /// The customers that cases are known to be of, and the number of cases of which that is not known.
    public var customers: (known: Int, unknownCases: Int) {
        (Set(cases.compactMap(\.customer)).count, cases.count { $0.customer == nil })
    }

    /// The articles that are missing or have more to say now, and those that stand with them.
    ///
    /// - Parameter existing: The newest versions of those that exist.
    public func articles(existing: [Article] = []) -> ArticleBook {
        ArticleBook(
            groups.map { ($0.id, $0.cases) }, writer, index, existing: attached(existing), articleID: articleID,
            at: time)
    }

    /// The articles that the support team may see: those that exist, and drafts of those that are missing or have more to say.
    ///
    /// - Parameter existing: The newest versions of those that exist; archived ones are left out.
    public func articlesForTeam(existing: [Article]) -> [Article] {
        let drafts = articles(existing: existing).drafts.map(\.article)
        let newer = Set(drafts.map(\.id))
        return existing.filter { $0.state != .archived && !newer.contains($0.id) } + drafts
    }

    /// Suggestions out of some articles, for what their groups are about.
    public func suggestions(_ articles: [Article]) -> Suggestions {
        var position: [String: Int] = [:]
        for (place, article) in attached(articles).enumerated() where !article.group.isEmpty {
            position[article.group] = place
        }
        var articleOfCase = [Int?](repeating: nil, count: cases.count)
        let owning = groups.indices.filter { position[groups[$0].id] != nil }
        for (group, leader) in zip(groups, writer.joint(groups.map(\.cases)).leaders(owning: Set(owning))) {
            for number in group.cases { articleOfCase[number] = position[groups[leader].id] }
        }
        return Suggestions(
            texts, index, articles: articles, articleOfCase: articleOfCase,
            solutions: stated(by: articles, articleOfCase), model: answers, chance: chance)
    }

    /// What articles state beside what resolved the cases.
    ///
    /// - Parameters:
    ///   - articles: The articles.
    ///   - articleOfCase: The position of the article that each case is about; nil for one that has none.
    func stated(by articles: [Article], _ articleOfCase: [Int?]) -> StatedSolutions {
        var tellers = [[Int: [Int]]](repeating: [:], count: articles.count)
        for (number, article) in articleOfCase.enumerated() {
            guard let article, let told = solutions.ofCase[number] else { continue }
            tellers[article][told, default: []].append(number)
        }
        let told = tellers
        let heirs = concurrently(each: articles.count, by: 8) { StandingSolution.heirs(told[$0], index.vectors) }
        return StatedSolutions(articles, cases, ofCase: solutions.ofCase, heirs: heirs)
    }

    /// The solutions of the cases, ready to be recommended; without a model it is learnt from up to 2,000 searches how much cases count.
    public func recommendations() -> Solutions { solutions.voting(by: votes, chance: chance) }

    /// The groups that tickets are in, with those that hold any of some tickets first: what joining these tickets would join.
    public func groups(of tickets: [String]) -> [IssueGroup] {
        let wanted = Set(tickets)
        return groups.filter { group in group.cases.contains { wanted.contains(cases[$0].ticket.id) } }
    }

    /// The id of the group of each case.
    var groupOfCase: [String] {
        var ids = [String](repeating: "", count: cases.count)
        for group in groups {
            for number in group.cases { ids[number] = group.id }
        }
        return ids
    }

    private static func links(
        _ standing: [GroupDecision], _ numbers: [String: Int]
    ) -> [(first: Int, second: Int, isOne: Bool)] {
        standing.compactMap { decision in
            guard let first = numbers[decision.first], let second = numbers[decision.second] else { return nil }
            return (first, second, decision.kind == .mustLink)
        }
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
