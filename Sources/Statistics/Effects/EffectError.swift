/// Why the effect of a change cannot be estimated.
public enum EffectError: Error, Equatable, Sendable {
    /// A setting lies outside its range.
    case invalidParameter(name: String, value: Double)
    /// The rows of a panel differ in length, or there is not one period of change a row.
    case raggedPanel(group: Int)
    /// A count is negative.
    case negativeCount(group: Int, period: Int)
    /// The group was not changed, or there is no such group.
    case notChanged(group: Int)
    /// The group has too short a past, or has not been seen since.
    case tooShort(before: Int, after: Int)
    /// The group had too few counts to be compared with anything.
    case tooFewCounts(Int)
    /// There are too few groups to compare it with.
    case tooFewGroups(Int)
}

extension EffectError: CustomStringConvertible {
    /// One line for people; groups and periods count from 0.
    public var description: String {
        switch self {
        case .invalidParameter(let name, let value): "\(name) is \(value), outside its range"
        case .raggedPanel(let group): "group \(group) does not have the periods of the others"
        case .negativeCount(let group, let period): "group \(group), period \(period): the count is negative"
        case .notChanged(let group): "group \(group) was not changed"
        case .tooShort(let before, let after): "\(before) periods before the change and \(after) after it are too few"
        case .tooFewCounts(let count): "a past of \(count) counts is too small"
        case .tooFewGroups(let count): "\(count) comparable groups are too few"
        }
    }
}
