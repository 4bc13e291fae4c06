internal import Records

/// Which account each key (trace, request, session, user) belongs to, as far as the lines that name an account tell.
struct KeyOwners: Sendable {
    private struct Owner: BitwiseCopyable {
        var account: Int32 = -1
        /// Lines that have the key and name the account.
        var named: Int32 = 0
        /// Lines that have the key and name another one.
        var others: Int32 = 0
        /// Lines that have the key.
        var lines: Int32 = 0
    }

    /// The most keys that are remembered; later ones are not.
    static let most = 1 << 22
    /// Of the lines that have the key at least this share must name the account: a constant of the program that once stood beside a name is
    /// no key of it.
    private static let leastShare = 0.05

    private var owners = HashedTable(none: Owner())

    /// Takes note of a line with a key; `account` is -1 when it names none.
    mutating func add(_ key: UInt64, account: Int32) {
        guard key != 0, owners.count < Self.most || owners[key] != nil else { return }
        owners.update(key) { Self.count(&$0, account) }
    }

    private static func count(_ owner: inout Owner, _ account: Int32) {
        owner.lines &+= 1
        guard account >= 0 else { return }
        if owner.account == account || owner.account < 0 {
            owner.account = account
            owner.named &+= 1
        } else {
            // The account that is named the most wins (Boyer and Moore's majority vote).
            owner.others &+= 1
            if owner.others > owner.named {
                owner.account = account
                swap(&owner.named, &owner.others)
            }
        }
    }

    /// The account of a key; nil when none or several are known.
    func account(of key: UInt64) -> Int32? {
        guard let owner = owners[key], owner.account >= 0, owner.named >= 10 &* owner.others,
            Double(owner.named) >= Self.leastShare * Double(owner.lines)
        else { return nil }
        return owner.account
    }
}
