/// The priority that an impact and an urgency give, each 1 (high) to 3 (low).
///
/// The standard one is impact + urgency - 1 (ISO/IEC 20000 practice, the default of ServiceNow): 1 critical, 2 high, 3 moderate,
/// 4 low, 5 planning.
public struct PriorityMatrix: Sendable, Hashable {
    /// The levels of impact and of urgency.
    public static let levels = 1...3
    /// The priorities.
    public static let priorities = 1...5

    /// The priority of each impact (row) and urgency (column).
    public let rows: [[Int]]

    /// The standard matrix.
    public static let standard = PriorityMatrix(
        unchecked: levels.map { impact in levels.map { urgency in impact + urgency - 1 } })

    /// Creates a matrix.
    ///
    /// - Parameter rows: Three rows of three priorities, 1...5.
    /// - Returns: nil when there are more or fewer, or one is outside its range.
    public init?(rows: [[Int]]) {
        guard rows.count == Self.levels.count, rows.allSatisfy({ $0.count == Self.levels.count }),
            rows.allSatisfy({ $0.allSatisfy(Self.priorities.contains) })
        else { return nil }
        self.rows = rows
    }

    private init(unchecked rows: [[Int]]) {
        self.rows = rows
    }

    /// The priority of an impact and an urgency; levels outside 1...3 count as the nearest one.
    public func priority(impact: Int, urgency: Int) -> Int {
        let row = min(max(impact, Self.levels.lowerBound), Self.levels.upperBound) - 1
        let column = min(max(urgency, Self.levels.lowerBound), Self.levels.upperBound) - 1
        return rows[row][column]
    }
}
