/// What can be wrong with the parameters of a distribution.
public enum DistributionError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A parameter must be finite.
    case notFinite(parameter: String)
    /// A parameter must be finite and above zero.
    case notPositive(parameter: String, value: Double)

    /// One line for people.
    public var description: String {
        switch self {
        case .notFinite(let parameter): "\(parameter) is not finite"
        case .notPositive(let parameter, let value): "\(parameter) is \(value), and must be finite and above zero"
        }
    }

    static func check(finite value: Double, _ parameter: String) throws(DistributionError) {
        guard value.isFinite else { throw .notFinite(parameter: parameter) }
    }

    static func check(positive value: Double, _ parameter: String) throws(DistributionError) {
        guard value > 0, value.isFinite else { throw .notPositive(parameter: parameter, value: value) }
    }
}
