public import Records
internal import Statistics

/// An issue that a desk knows: cases about one thing.
public struct IssueGroup: Sendable, Hashable {
    /// How an issue comes at present.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        /// Nobody wrote of it before the last two weeks.
        case new
        /// It comes as it did.
        case known
        /// It comes more often in the last two weeks than in the eight before, as far as there were tickets then, and grows more than the other issues do.
        case growing
        /// It has been silent for longer than its gaps make likely.
        case dormant
    }

    /// The probability of a silence below which an issue is dormant.
    private static let improbable = 0.05

    /// The id, which stays while the group keeps most of its cases.
    public var id: String
    /// The numbers of its cases, ascending.
    public var cases: [Int]
    /// Words that tell it from other issues, the most telling first.
    public var label: [String]
    /// How it comes at present.
    public var status: Status
    /// The category that most of its cases have; empty where none has one.
    public var category: String
    /// The share of its cases with a category that have this one, 0 to 1; how far a case of the group can be given it unseen.
    public var categoryShare: Double
    /// When the first of its cases was opened.
    public var firstAt: Instant
    /// When the last of its cases was opened.
    public var lastAt: Instant
    /// The cases that are not resolved.
    public var openCases: Int

    init(id: String, cases: [Int], label: [String], of all: [SupportCase], _ rate: ArrivalRate, at time: Instant) {
        self.id = id
        self.cases = cases
        self.label = label
        let tickets = cases.map { all[$0].ticket }
        let times = tickets.map(\.openedAt.seconds)
        firstAt = Instant(seconds: times.min() ?? 0)
        lastAt = Instant(seconds: times.max() ?? 0)
        openCases = tickets.count { $0.resolvedAt == nil }
        var counts: [String: Int] = [:]
        for ticket in tickets where !ticket.category.isEmpty { counts[ticket.category, default: 0] += 1 }
        let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
        category = most?.key ?? ""
        categoryShare = Double(most?.value ?? 0) / Double(max(1, counts.values.reduce(0, +)))
        status = Self.status(times, rate, now: time.seconds)
    }

    private static func status(_ times: [Double], _ rate: ArrivalRate, now: Double) -> Status {
        if rate.isNew(times) { return .new }
        if rate.isGrowing(times) { return .growing }
        if let silence = Silence(times: times.sorted(), now: now), silence.probability < improbable { return .dormant }
        return .known
    }
}
