/// Tickets, column by column.
///
/// Every column has one entry a ticket. Role columns carry their role as name ("customer", "organization", "group",
/// "assignee", "priority", "category", "subject", "body"); attributes carry the name they have at the source. Missing
/// is NaN for numbers, -1 for codes and the empty string for text.
public struct TicketTable: Sendable {
    /// The identifiers, distinct within one source.
    public var ids: [String]
    /// The times of opening, in seconds since 1970 UTC; NaN when unknown.
    public var openedAt: [Double]
    /// Hours from opening to resolution, or the age when last seen of a ticket that is not resolved; NaN when unknown.
    public var hours: [Double]
    /// Whether the ticket was resolved; false means censored at ``hours``.
    public var resolved: [Bool]
    /// Columns of words.
    public var categorical: [CategoricalColumn]
    /// Columns of numbers.
    public var numeric: [NumericColumn]
    /// Columns of free text.
    public var text: [TextColumn]

    /// Creates a table; all columns must have the same length.
    public init(
        ids: [String] = [], openedAt: [Double] = [], hours: [Double] = [], resolved: [Bool] = [],
        categorical: [CategoricalColumn] = [], numeric: [NumericColumn] = [], text: [TextColumn] = []
    ) {
        let lengths = [openedAt.count, hours.count, resolved.count] + categorical.map(\.codes.count)
        precondition(
            (lengths + numeric.map(\.values.count) + text.map(\.values.count)).allSatisfy { $0 == ids.count },
            "all columns of a ticket table have the same length")
        self.ids = ids
        self.openedAt = openedAt
        self.hours = hours
        self.resolved = resolved
        self.categorical = categorical
        self.numeric = numeric
        self.text = text
    }

    /// The number of tickets.
    public var count: Int { ids.count }

    /// The column of words with that name, or nil.
    public func categoricalColumn(named name: String) -> CategoricalColumn? {
        categorical.first { $0.name == name }
    }

    /// The column of numbers with that name, or nil.
    public func numericColumn(named name: String) -> NumericColumn? {
        numeric.first { $0.name == name }
    }

    /// The column of text with that name, or nil.
    public func textColumn(named name: String) -> TextColumn? {
        text.first { $0.name == name }
    }

    /// The given rows, in that order.
    ///
    /// Levels and codes of the columns of words stay as they are, so codes can be compared with those of this table.
    ///
    /// - Complexity: O(rows · columns).
    public func rows(_ indices: [Int]) -> TicketTable {
        if indices.elementsEqual(ids.indices) { return self }
        return TicketTable(
            ids: indices.map { ids[$0] }, openedAt: indices.map { openedAt[$0] }, hours: indices.map { hours[$0] },
            resolved: indices.map { resolved[$0] }, categorical: categorical.map { $0.rows(indices) },
            numeric: numeric.map { $0.rows(indices) }, text: text.map { $0.rows(indices) })
    }

    /// The tickets in the order of opening; tickets that open together keep their order, unknown times come last.
    ///
    /// - Complexity: O(n log n) and one copy.
    public func sortedByOpening() -> TicketTable {
        let key = openedAt.map { $0.isNaN ? Double.infinity : $0 }
        if zip(key, key.dropFirst()).allSatisfy({ $0 <= $1 }) { return self }
        return rows(ids.indices.sorted { (key[$0], $0) < (key[$1], $1) })
    }
}
