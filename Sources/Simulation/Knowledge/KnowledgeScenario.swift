/// A synthetic support desk over fifty-two weeks whose problems recur.
public struct KnowledgeScenario: Sendable, Equatable {
    /// The numbers of tickets that can be asked for.
    public static let allowedTickets = 100...1_000_000
    /// The number of tickets where none is asked for.
    public static let usualTickets = 5_000

    /// How hard it is.
    public let grade: KnowledgeGrade
    /// The number of tickets.
    public let ticketCount: Int

    /// Takes the grade and the number of tickets.
    ///
    /// - Throws: ``SimulationError`` when the number lies outside ``allowedTickets``.
    public init(grade: KnowledgeGrade, ticketCount: Int = usualTickets) throws(SimulationError) {
        guard Self.allowedTickets.contains(ticketCount) else {
            throw .ticketsOutOfRange(ticketCount, allowed: Self.allowedTickets)
        }
        self.grade = grade
        self.ticketCount = ticketCount
    }

    /// Draws a desk; the same seed gives the same desk.
    ///
    /// - Complexity: O(n log n) time, of which the sort of n arrivals is a small part, and O(n) memory.
    public func simulated(seed: UInt64) -> SimulatedKnowledge {
        SimulatedKnowledge(self, seed: seed)
    }
}
