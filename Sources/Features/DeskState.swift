internal import Algorithms
internal import Glibc

/// What a desk looks like at a moment, from the stream of openings and closings up to that moment.
///
/// The state never sees the future: ``advance(to:)`` forgets what has left a window, ``open(_:)`` and ``close(_:hours:)`` are
/// called in the order of time, and ``features(for:at:)`` reads what is known before the ticket itself is opened.
public struct DeskState: Sendable {
    /// Who and what a ticket belongs to; an empty string where it is not known.
    public struct Membership: Sendable {
        /// The customer.
        public var customer: String
        /// The group that works on the ticket.
        public var group: String
        /// The agent to whom the ticket was given.
        public var assignee: String

        /// Creates a membership.
        public init(customer: String, group: String, assignee: String) {
            self.customer = customer
            self.group = group
            self.assignee = assignee
        }
    }

    /// The names of the features, in the order of ``features(for:)``.
    public static let featureNames = [
        "open tickets", "arrivals in 24 h", "arrivals in 7 days", "resolutions in 24 h", "recent resolution time",
        "open tickets of the group", "recent resolution time of the group", "open tickets of the assignee",
        "recent resolution time of the assignee", "open tickets of the customer", "earlier tickets of the customer",
        "recent resolution time of the customer", "time since the customer's last ticket",
    ]

    /// The places of the features that are told of the group, of the assignee and of the customer.
    static let memberFeatures = [5..<7, 7..<9, 9..<13]

    struct Member: Sendable {
        var open = 0
        var total = 0
        var level = 0.0
        var weight = 0.0
        var lastOpened = DeskState.longAgo

        mutating func learn(_ logHours: Double, memory: Double) {
            let keep = 1 - 1 / memory
            level = level * keep + logHours
            weight = weight * keep + 1
        }

        /// Its state as numbers, in the order of ``init(_:)``.
        var numbers: [Double] { [Double(open), Double(total), level, weight, lastOpened] }

        init() {}

        /// Takes the numbers of a state; nil where a count is none.
        init?(_ numbers: ArraySlice<Double>) {
            let first = numbers.startIndex
            guard let open = Int(exactly: numbers[first]), let total = Int(exactly: numbers[first + 1]), open >= 0,
                total >= 0
            else { return nil }
            self.open = open
            self.total = total
            level = numbers[first + 2]
            weight = numbers[first + 3]
            lastOpened = numbers[first + 4]
        }

        func mean(around prior: Double, strength: Double) -> Double {
            (level + strength * prior) / (weight + strength)
        }
    }

    private static let day = 86_400.0
    private static let week = 7 * day
    /// The longest look back: a day that ended a week ago.
    private static let memory = week + day
    /// Before every ticket, and finite, so that a state can be written as JSON.
    private static let longAgo = -Double.greatestFiniteMagnitude

    private(set) var now = DeskState.longAgo
    private(set) var desk = Member()
    private(set) var groups: [String: Member] = [:]
    private(set) var assignees: [String: Member] = [:]
    private(set) var customers: [String: Member] = [:]
    private(set) var arrivals: [Double] = []
    private(set) var resolutions: [Double] = []

    /// Creates the state of a desk without history.
    public init() {}

    init(
        now: Double, desk: Member, groups: [String: Member], assignees: [String: Member], customers: [String: Member],
        arrivals: [Double], resolutions: [Double]
    ) {
        self.now = now
        self.desk = desk
        self.groups = groups
        self.assignees = assignees
        self.customers = customers
        self.arrivals = arrivals
        self.resolutions = resolutions
    }

    /// Moves the clock forward; a time before the present is ignored.
    ///
    /// - Parameter time: Seconds since 1970 UTC.
    public mutating func advance(to time: Double) {
        guard time > now else { return }
        now = time
        Self.forget(&arrivals, before: now - Self.memory)
        Self.forget(&resolutions, before: now - Self.memory)
    }

    /// Notes a ticket that opens at the present.
    public mutating func open(_ ticket: Membership) {
        desk.open += 1
        desk.total += 1
        arrivals.append(now)
        Self.change(&groups, ticket.group) { $0.open += 1 }
        Self.change(&assignees, ticket.assignee) { $0.open += 1 }
        let time = now
        Self.change(&customers, ticket.customer) {
            $0.open += 1
            $0.total += 1
            $0.lastOpened = time
        }
    }

    /// Notes a ticket that is resolved at the present.
    ///
    /// - Parameters:
    ///   - ticket: The membership with which it was opened.
    ///   - hours: Its resolution time in hours.
    public mutating func close(_ ticket: Membership, hours: Double) {
        let logHours = log1p(max(0, hours))
        func note(_ memory: Double) -> (inout Member) -> Void {
            {
                $0.open = max(0, $0.open - 1)
                $0.learn(logHours, memory: memory)
            }
        }
        note(100)(&desk)
        resolutions.append(now)
        Self.change(&groups, ticket.group, note(50))
        Self.change(&assignees, ticket.assignee, note(30))
        Self.change(&customers, ticket.customer, note(20))
    }

    /// The features of a ticket that is about to open, in the order of ``featureNames``.
    ///
    /// Counts are given as ln(1 + count), times as the mean of ln(1 + hours) with exponentially fading weights, drawn towards the
    /// desk's level where a member has little history.
    ///
    /// What happens after the present is not known, which is not the same as that nothing happens: for a later time the counts of a day are
    /// those at the same time of the last week that is known, and all else is as it is at the present.
    ///
    /// - Parameters:
    ///   - ticket: Who and what it belongs to.
    ///   - time: Its opening in seconds since 1970 UTC; a time before the present counts as the present.
    public func features(for ticket: Membership, at time: Double) -> [Double] {
        let weeksAhead = (max(0, time - now) / Self.week).rounded(.up)
        let sameTime = max(now, time) - weeksAhead * Self.week
        let level = desk.mean(around: 2.5, strength: 1)
        let group = groups[ticket.group] ?? Member()
        let assignee = assignees[ticket.assignee] ?? Member()
        let customer = customers[ticket.customer] ?? Member()
        let sinceLast = customer.total > 0 ? min(365, max(0, now - customer.lastOpened) / 86_400) : 365
        let day = Self.count(of: resolutions, from: sameTime - Self.day, through: sameTime)
        let week = Self.count(of: arrivals, from: now - Self.week, through: now)
        let lastDay = Self.count(of: arrivals, from: sameTime - Self.day, through: sameTime)
        return [
            log1p(Double(desk.open)), log1p(Double(lastDay)), log1p(Double(week)),
            log1p(Double(day)), level, log1p(Double(group.open)), group.mean(around: level, strength: 5) - level,
            log1p(Double(assignee.open)), assignee.mean(around: level, strength: 5) - level,
            log1p(Double(customer.open)), log1p(Double(customer.total)),
            customer.mean(around: level, strength: 5) - level, log1p(sinceLast),
        ]
    }

    /// The number of ascending times between two moments, both of which belong to them.
    private static func count(of times: [Double], from start: Double, through end: Double) -> Int {
        times.partitioningIndex { $0 > end } - times.partitioningIndex { $0 >= start }
    }

    /// Leaves ascending times before a moment out, once the first is a day older than that.
    private static func forget(_ times: inout [Double], before moment: Double) {
        guard let first = times.first, first < moment - day else { return }
        times.removeFirst(times.partitioningIndex { $0 >= moment })
    }

    private static func change(_ members: inout [String: Member], _ key: String, _ body: (inout Member) -> Void) {
        guard !key.isEmpty else { return }
        body(&members[key, default: Member()])
    }
}
