/// Another name of an account: what stands in logs, addresses and mail instead of its id.
public struct AccountAlias: Sendable, Hashable {
    /// The id of the account.
    public var account: String
    /// The kind of name, such as `domain`, `workspace`, `subdomain`, `legacyId` or `ip`.
    public var kind: String
    /// The name; for `ip` an address or a range in CIDR notation (RFC 4632).
    public var value: String

    /// Creates an alias.
    public init(account: String, kind: String, value: String) {
        self.account = account
        self.kind = kind
        self.value = value
    }
}
