/// What a person decided about signatures.
///
/// Decisions are kept in a file and replayed over what the miner found.
public enum SignatureDecision: Sendable, Hashable {
    /// These say the same thing; the result keeps the identifier of the first. A signature may be named by its own
    /// identifier or by that of one of its parts.
    case merge([SignatureID])
    /// The parts of this signature say different things.
    case split(SignatureID)
}

extension SignatureDecision: CustomStringConvertible {
    /// As it stands in a file.
    public var description: String {
        switch self {
        case .merge(let ids): #"{"merge": ["# + ids.map { "\"\($0)\"" }.joined(separator: ", ") + "]}"
        case .split(let id): #"{"split": "\#(id)"}"#
        }
    }
}
