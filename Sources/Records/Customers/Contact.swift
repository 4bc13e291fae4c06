/// A person at a customer; name and address stay raw and so cannot be kept.
public struct Contact: Sendable, Hashable {
    /// The id.
    public var id: String
    /// The id of the account; nil when it is not known.
    public var account: String?
    /// The name of the person; empty when it is not known.
    public var name: RawText
    /// The address; empty when it is not known.
    public var email: RawText

    /// Creates a contact.
    public init(id: String, account: String? = nil, name: RawText = RawText(""), email: RawText = RawText("")) {
        self.id = id
        self.account = account
        self.name = name
        self.email = email
    }
}
