/// Why a model of resolution times cannot be made.
public enum ResolutionTimeError: Error, Equatable, Sendable, CustomStringConvertible {
    /// There are too few resolved tickets.
    case tooFewResolved(Int, needed: Int)
    /// No ticket opens at or after the cut.
    case nothingHeldOut
    /// A stored model does not fit together.
    case inconsistent(String)

    /// One line for people.
    public var description: String {
        switch self {
        case .tooFewResolved(let count, let needed):
            "\(count) resolved tickets are known at the cut; at least \(needed) are needed"
        case .nothingHeldOut: "no ticket opens at or after the cut: there is nothing to evaluate"
        case .inconsistent(let part): "the stored model does not fit together: \(part)"
        }
    }
}
