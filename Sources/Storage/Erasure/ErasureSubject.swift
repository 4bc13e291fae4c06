/// Who is to be forgotten.
public enum ErasureSubject: Sendable, Hashable {
    /// A person, by id.
    case contact(String)
    /// A contract, by id, with all that belongs to it alone.
    case account(String)

    var kind: AuditSubject {
        switch self {
        case .contact: .contact
        case .account: .account
        }
    }

    var id: String {
        switch self {
        case .contact(let id), .account(let id): id
        }
    }
}
