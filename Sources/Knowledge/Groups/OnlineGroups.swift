internal import Features
internal import Models
internal import Statistics

/// Groups of cases as they arrive.
///
/// A new case joins the group that its nearest earlier cases speak for, or opens one of its own. Whenever there are a tenth more cases than at the last time, all are
/// grouped anew as ``IssueGroups`` does, so that the order of arrival is forgotten; a group keeps the id of the old one that it shares most cases with.
public struct OnlineGroups: Sendable {
    private static let growth = 1.1
    private static let firstRegrouping = 100

    /// The texts of the cases.
    public private(set) var index = CaseIndex()
    /// The group of each case.
    public private(set) var ofCase: [Int] = []
    private var texts: [CaseText] = []
    private var groupedCount = 0
    private var nextGroup = 0
    private static let settings = IssueGroupSettings()
    private let links: [(first: Int, second: Int, isOne: Bool)]

    /// No cases yet.
    ///
    /// - Parameter links: What people said of pairs of cases by their numbers, see ``IssueGroups``; it holds when both have come and are grouped anew.
    public init(links: [(first: Int, second: Int, isOne: Bool)] = []) {
        self.links = links
    }

    /// Some cases, grouped all at a time.
    public init(_ texts: [CaseText]) {
        self.init()
        self.texts = texts
        regroup()
    }

    /// Puts the next case into a group.
    ///
    /// - Returns: The group.
    @discardableResult
    public mutating func add(_ text: CaseText) -> Int {
        let best = Self.group(for: text, in: index) { ofCase[$0] }
        if best == nil { nextGroup += 1 }
        ofCase.append(best ?? nextGroup - 1)
        texts.append(text)
        index.add(text)
        let count = texts.count
        if count >= Self.firstRegrouping, Double(count) >= Self.growth * Double(groupedCount) { regroup() }
        return ofCase[count - 1]
    }

    /// The group that the nearest cases speak for; nil where none is near.
    static func group<Name: Hashable & Comparable>(
        for text: CaseText, in index: CaseIndex, ofCase: (Int) -> Name
    ) -> Name? {
        var votes: [Name: Double] = [:]
        for match in index.search(text, count: settings.neighbours) where match.score >= settings.leastLikeness {
            votes[ofCase(match.number), default: 0] += match.score
        }
        return votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    /// Groups all cases anew.
    public mutating func regroup() {
        index = CaseIndex(texts)
        groupedCount = texts.count
        let known = texts.count
        let new = IssueGroups(index, links: links.filter { max($0.first, $0.second) < known })
        ofCase = new.members.isEmpty ? [] : Self.named(new.ofCase, by: ofCase, next: &nextGroup)
    }

    private static func named(_ new: [Int], by old: [Int], next: inout Int) -> [Int] {
        var name = keptNames(of: new, from: old)
        return new.map { group in
            if let known = name[group] { return known }
            name[group] = next
            next += 1
            return next - 1
        }
    }
}
