/// What an import has left out.
public struct LeftOut: Sendable, Hashable {
    /// The messages of which nobody knows the tickets.
    public var interactionsWithoutTicket: Int
    /// The records of who was erased here, and the tickets that were removed as too old; tickets that lost their words count too.
    public var forgotten: Int

    /// Creates what was left out: nothing, unless it is given.
    public init(interactionsWithoutTicket: Int = 0, forgotten: Int = 0) {
        self.interactionsWithoutTicket = interactionsWithoutTicket
        self.forgotten = forgotten
    }
}
