public import Records

/// How well cases of the past are found again.
public enum RetrievalEvaluation {
    /// What was asked, and what was found.
    public struct Query: Sendable, Hashable {
        /// The position of what was asked.
        public var number: Int
        /// The positions of the cases found, the best first.
        public var found: [Int]
        /// The positions of those that are right.
        public var relevant: Set<Int>
    }

    /// The cases that are ranked for each question.
    public static let ranked = 100
    /// The latent space is found again whenever there are so many times more cases than when it was found.
    private static let growth = 1.5
    private static let firstSpace = 100

    /// Tickets that repeat an earlier one, each asked when it was opened, with what stood in the index at that time.
    ///
    /// - Parameters:
    ///   - tickets: Tickets in the order in which they were opened.
    ///   - groups: The group of each.
    /// - Returns: The tickets that have an earlier one in their group.
    public static func duplicates(
        _ tickets: [Ticket], groups: [Int]
    ) -> [Query] {
        var members: [Int: [Int]] = [:]
        var index = CaseIndex()
        var texts: [CaseText] = []
        var fitted = 0
        var queries: [Query] = []
        for (number, ticket) in tickets.enumerated() {
            let text = CaseText(title: ticket.subject, message: ticket.body)
            if let earlier = members[groups[number]] {
                // What was opened at the same moment was not there before.
                let before = Set(earlier.filter { tickets[$0].openedAt < ticket.openedAt })
                if !before.isEmpty {
                    let found = index.search(text, count: ranked) { tickets[$0].openedAt < ticket.openedAt }
                    queries.append(Query(number: number, found: found.map(\.number), relevant: before))
                }
            }
            members[groups[number], default: []].append(number)
            texts.append(text)
            if texts.count >= firstSpace, Double(texts.count) >= growth * Double(fitted) {
                index = CaseIndex(texts)
                fitted = texts.count
            } else {
                index.add(text)
            }
        }
        return queries
    }

    /// Questions whose label an earlier question has.
    ///
    /// - Parameters:
    ///   - known: The earlier questions; their labels are looked at by nothing but the measure.
    ///   - asked: The questions that are measured.
    public static func intents(
        known: [IntentDescriptor.Question], asked: [IntentDescriptor.Question]
    ) -> [Query] {
        let index = CaseIndex(known.map { CaseText(body: $0.text) })
        var ofLabel: [String: Set<Int>] = [:]
        for (number, question) in known.enumerated() { ofLabel[question.label, default: []].insert(number) }
        return asked.enumerated().map { number, question in
            let found = index.search(CaseText(body: question.text), count: ranked)
            return Query(number: number, found: found.map(\.number), relevant: ofLabel[question.label] ?? [])
        }
    }
}
