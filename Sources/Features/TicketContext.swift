public import Records

/// What was known of the desk and of the logs when each ticket of a table opened.
public struct TicketContext: Sendable {
    /// ``DeskState/featureNames``, one list a ticket.
    public var desk: [[Double]]
    /// ``SignatureHistory/featureNames``, one list a ticket; empty where there are no logs.
    public var signatures: [[Double]]

    /// Creates a context from lists of features, one a ticket.
    public init(desk: [[Double]], signatures: [[Double]] = []) {
        self.desk = desk
        self.signatures = signatures
    }

    /// Replays a table in the order of time.
    ///
    /// - Parameters:
    ///   - table: Tickets in the order of opening. A ticket that is not resolved stays open.
    ///   - state: The state of the desk before the first ticket; afterwards its state when the last ticket has opened.
    ///   - observations: Log signatures in the order of time.
    public init(
        replaying table: TicketTable, from state: inout DeskState, observations: [SignatureObservation] = []
    ) {
        let memberships = Memberships(table)
        let closings = (0..<table.count).filter { table.resolved[$0] }
            .map { (time: table.openedAt[$0] + table.hours[$0] * 3_600, row: $0) }
            .filter(\.time.isFinite)
            .sorted { ($0.time, $0.row) < ($1.time, $1.row) }
        var next = 0
        var desk: [[Double]] = []
        desk.reserveCapacity(table.count)
        for row in 0..<table.count {
            let now = table.openedAt[row]
            while next < closings.count && closings[next].time <= now {
                // A ticket that closes in the very second in which it opens closes after it has opened.
                guard closings[next].row < row else { break }
                state.advance(to: closings[next].time)
                state.close(memberships[closings[next].row], hours: table.hours[closings[next].row])
                next += 1
            }
            state.advance(to: now)
            desk.append(state.features(for: memberships[row], at: now))
            state.open(memberships[row])
        }
        self.init(desk: desk, signatures: Self.signatures(of: table, observations: observations))
    }

    /// The signature features of each ticket of a table, from what was observed before it opened.
    ///
    /// - Parameters:
    ///   - table: The tickets in any order.
    ///   - observations: Log signatures in the order of time.
    /// - Returns: ``SignatureHistory/featureNames``, one list a ticket; nothing where there are no observations.
    public static func signatures(of table: TicketTable, observations: [SignatureObservation]) -> [[Double]] {
        guard !observations.isEmpty else { return [] }
        let memberships = Memberships(table)
        var signatures = [[Double]](repeating: [], count: table.count)
        var history = SignatureHistory()
        var observed = 0
        for row in (0..<table.count).sorted(by: { (table.openedAt[$0], $0) < (table.openedAt[$1], $1) }) {
            while observed < observations.count && observations[observed].time <= table.openedAt[row] {
                history.note(observations[observed])
                observed += 1
            }
            signatures[row] = history.features(of: memberships[row].customer, at: table.openedAt[row])
        }
        return signatures
    }
}

/// The membership of each ticket of a table.
public struct Memberships: Sendable {
    private let customer: CategoricalColumn?
    private let group: CategoricalColumn?
    private let assignee: CategoricalColumn?

    /// Finds the columns of customer, group and assignee.
    public init(_ table: TicketTable) {
        customer = table.categoricalColumn(named: "customer") ?? table.categoricalColumn(named: "organization")
        group = table.categoricalColumn(named: "group")
        assignee = table.categoricalColumn(named: "assignee")
    }

    /// The membership of one ticket.
    public subscript(row: Int) -> DeskState.Membership {
        func level(_ column: CategoricalColumn?) -> String {
            guard let column, column.codes[row] >= 0 else { return "" }
            return column.levels[Int(column.codes[row])]
        }
        return DeskState.Membership(customer: level(customer), group: level(group), assignee: level(assignee))
    }
}

extension TicketContext {
    /// The context of the first tickets.
    public func prefix(_ count: Int) -> TicketContext {
        TicketContext(desk: Array(desk.prefix(count)), signatures: Array(signatures.prefix(count)))
    }
}
