/// Tickets that were read, and the rows that were set aside.
public struct TicketReading: Sendable {
    /// The tickets, in the order of the source.
    public let table: TicketTable
    /// The line of each ticket in its file, from 1.
    public let lines: [Int]
    /// The rows that were set aside, in the order of the source; none where bad rows are errors.
    public let rejected: [RejectedRow]
    /// How many levels of columns of words hold personal data and were replaced by tokens.
    public let hiddenLevels: Int

    /// Creates a reading.
    public init(table: TicketTable, lines: [Int], rejected: [RejectedRow], hiddenLevels: Int = 0) {
        self.table = table
        self.lines = lines
        self.rejected = rejected
        self.hiddenLevels = hiddenLevels
    }
}
