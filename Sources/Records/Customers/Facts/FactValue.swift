/// What a source says of one field of a record.
public enum FactValue: Sendable, Hashable {
    case text(String)
    case number(Double)
    case flag(Bool)
    case list([String])
    /// Personal data of a contact.
    case raw(RawText)
}

extension FactValue: CustomStringConvertible {
    /// The value for a report; of personal data no more than its length.
    public var description: String {
        switch self {
        case .text(let text): text
        case .number(let number): "\(number)"
        case .flag(let flag): "\(flag)"
        case .list(let items): items.joined(separator: ";")
        case .raw(let text): text.description
        }
    }
}
