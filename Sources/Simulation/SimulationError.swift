/// Why a scenario cannot be simulated.
public enum SimulationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The number of tickets lies outside the allowed range.
    case ticketsOutOfRange(Int, allowed: ClosedRange<Int>)

    /// What was wrong, in words for the person who asked.
    public var description: String {
        switch self {
        case .ticketsOutOfRange(let tickets, let allowed):
            "the number of tickets must lie between \(allowed.lowerBound) and \(allowed.upperBound), not \(tickets)"
        }
    }
}
