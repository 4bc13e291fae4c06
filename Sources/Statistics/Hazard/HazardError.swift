/// What can be wrong with the input of a hazard model.
public enum HazardError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Boundaries do not start at 0, do not ascend, or there are fewer than two.
    case invalidGrid
    /// A parameter lies outside its documented range.
    case invalidParameter(String)
    /// There is no observed event, so that no hazard can be estimated.
    case noEvents

    /// One line for people.
    public var description: String {
        switch self {
        case .invalidGrid: "boundaries of ages must start at 0 and ascend"
        case .invalidParameter(let name): "\(name) is outside its range"
        case .noEvents: "no observed event: a hazard cannot be estimated"
        }
    }
}
