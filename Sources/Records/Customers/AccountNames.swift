/// Every name by which logs and letters may call the accounts and deployments of a directory.
///
/// Names are compared in the normal form of ``NameHash``. A name that two accounts claim belongs to none of them.
public struct AccountNames: Sendable {
    /// How much a name says where it stands alone.
    public enum Distinction: UInt8, Sendable, BitwiseCopyable {
        /// Nothing else is likely to be called so.
        case distinct
        /// It may be an ordinary word.
        case word
        /// It is a short number, and so may be any number.
        case number
    }

    /// An account by one of its names.
    public struct Name: Sendable, Hashable, BitwiseCopyable {
        /// The index of the account.
        public var account: Int32
        /// Whether it is its id or another name.
        public var form: AccountMention.Form
        /// How much it says.
        public var distinction: Distinction
    }

    /// The most bytes of a name.
    public static let longest = 96

    private var names = HashedTable<Name>(none: Name(account: -1, form: .id, distinction: .word))
    private var beginnings = HashedTable<Bool>(none: false)
    private var deployments = HashedTable<Int32>(none: -1)
    private var similar = HashedTable<Int32>(none: -1)
    private var ranges = AddressRanges()
    /// The values that several accounts claim.
    public private(set) var ambiguous: [String] = []

    /// Collects the names of a directory.
    public init(_ directory: CustomerDirectory) {
        let context = directory.context
        for (index, account) in directory.accounts.enumerated() {
            let index = Int32(truncatingIfNeeded: index)
            add(account.id, index, .id)
            addBeginning(ofIdentifier: account.id, index)
            add(account.name, index, .alias)
        }
        var accountsOfOrganization = [[Int]](repeating: [], count: directory.organizations.count)
        for (account, organization) in directory.organizationOfAccount.enumerated() {
            if let organization { accountsOfOrganization[organization].append(account) }
        }
        for (organization, accounts) in zip(directory.organizations, accountsOfOrganization) where accounts.count == 1 {
            let account = Int32(truncatingIfNeeded: accounts[0])
            add(organization.id, account, .alias)
            add(organization.name, account, .alias)
        }
        for alias in context.aliases {
            guard let account = directory.accountIndex[alias.account].map({ Int32(truncatingIfNeeded: $0) }) else {
                continue
            }
            if !ranges.add(alias.value, account: account) {
                add(alias.value, account, .alias)
                addBeginning(ofIdentifier: alias.value, account)
            }
        }
        addNumbers(directory.accounts.map(\.id))
        addContacts(directory)
        for (index, deployment) in directory.deployments.enumerated() {
            let index = Int32(truncatingIfNeeded: index)
            deployments.put(NameHash(deployment.id.utf8).finished, index) { $0 == $1 ? $0 : -2 }
            for host in deployment.hosts {
                deployments.put(NameHash(host.utf8).finished, index) { $0 == $1 ? $0 : -2 }
            }
        }
        ranges.sort()
    }

    /// The account of a name.
    @inline(__always)
    public func account(_ hash: NameHash) -> Name? {
        guard hash.count > 0 else { return nil }
        let name = names[hash.finished]
        return name.account >= 0 ? name : nil
    }

    /// Whether a name of several words begins so.
    @inline(__always)
    public func begins(_ hash: NameHash) -> Bool { beginnings[hash.finished] }

    /// The deployment of its id or of a host.
    @inline(__always)
    public func deployment(_ hash: NameHash) -> Int32? {
        let index = deployments[hash.finished]
        return index >= 0 ? index : nil
    }

    /// The account of a network address.
    public func account(ofAddress bytes: some BidirectionalCollection<UInt8>) -> Name? {
        ranges.account(of: bytes).map { Name(account: $0, form: .address, distinction: .distinct) }
    }

    /// Whether some account is known by network addresses; by such of IPv6.
    public var hasAddresses: (any: Bool, long: Bool) { (!ranges.isEmpty, ranges.hasLongAddresses) }

    /// The account one of whose names differs by one letter left out, added or changed, and no other's does; names have six bytes or more.
    public func accountOfSimilar(_ bytes: some Collection<UInt8>) -> Name? {
        guard bytes.count >= 6, bytes.count <= 48 else { return nil }
        var found: Int32?
        for hash in Self.deletions(bytes) {
            let account = similar[hash]
            if account < 0 || account == found { continue }
            if found != nil { return nil }
            found = account
        }
        return found.map { Name(account: $0, form: .similar, distinction: .distinct) }
    }

    // MARK: - Collecting

    private mutating func add(_ text: String, _ account: Int32, _ form: AccountMention.Form) {
        let hash = NameHash(text.utf8)
        guard hash.count >= 2 || hash.digits > 0, hash.count > 0, text.utf8.count <= Self.longest else { return }
        let name = Name(account: account, form: form, distinction: Self.distinction(text, hash))
        names.put(hash.finished, name) { old, new in
            if old.account == new.account { return old.form.rawValue <= new.form.rawValue ? old : new }
            return Name(account: -2, form: old.form, distinction: old.distinction)
        }
        if names[hash.finished].account == -2 { ambiguous.append(text) }
        addWords(text)
        guard hash.count >= 6, hash.count <= 48, name.distinction == .distinct else { return }
        for deleted in Self.deletions(text.utf8) { similar.put(deleted, account) { $0 == $1 ? $0 : -2 } }
    }

    private static func distinction(_ text: String, _ hash: NameHash) -> Distinction {
        if hash.digits == hash.count { return hash.count >= 7 ? .distinct : .number }
        if hash.digits > 0 { return hash.count >= 4 ? .distinct : .word }
        let parts = text.utf8.split { $0 == 0x20 || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E }
        return hash.count >= 12 || (parts.count > 1 && hash.count >= 7) ? .distinct : .word
    }

    /// The first eight digits of a long hexadecimal id, as programs cut them.
    private mutating func addBeginning(ofIdentifier text: String, _ account: Int32) {
        let digits = text.utf8.filter { $0 != UInt8(ascii: "-") }
        guard digits.count == 32,
            digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) })
        else { return }
        names.put(
            NameHash(digits.prefix(8)).finished, Name(account: account, form: .alias, distinction: .distinct)
        ) { $0.account == $1.account ? $0 : Name(account: -2, form: .alias, distinction: .word) }
    }

    /// The numbers of ids that share their letters: 42 for `acct-0042`.
    private mutating func addNumbers(_ ids: [String]) {
        var prefixes: [String: Int] = [:]
        let parts = ids.map { id -> (prefix: String, number: String)? in
            let number = id.utf8.reversed().prefix { (0x30...0x39).contains($0) }.count
            guard number > 0, number < id.utf8.count else { return nil }
            let cut = id.utf8.index(id.utf8.endIndex, offsetBy: -number)
            return (String(id[..<cut]), String(id[cut...]))
        }
        for part in parts { if let part { prefixes[part.prefix, default: 0] += 1 } }
        guard let (prefix, count) = prefixes.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
            5 * count >= 4 * ids.count
        else { return }
        for (index, part) in parts.enumerated() {
            if let part, part.prefix == prefix { add(part.number, Int32(truncatingIfNeeded: index), .alias) }
        }
    }

    /// Ids and addresses of people, and the domains that only one account's people have.
    private mutating func addContacts(_ directory: CustomerDirectory) {
        var domains: [[UInt8]: Set<Int32>] = [:]
        for contact in directory.context.contacts {
            guard let id = contact.account, let index = directory.accountIndex[id] else { continue }
            let account = Int32(truncatingIfNeeded: index)
            add(contact.id, account, .alias)
            contact.email.withBytes { bytes in
                add(String(decoding: bytes, as: UTF8.self), account, .alias)
                if let at = bytes.lastIndex(of: UInt8(ascii: "@")) {
                    let domain = bytes[(at + 1)...].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
                    domains[domain, default: []].insert(account)
                }
            }
        }
        for (domain, accounts) in domains where accounts.count == 1 {
            if let account = accounts.first { add(String(decoding: domain, as: UTF8.self), account, .alias) }
        }
    }

    private mutating func addWords(_ text: String) {
        var hash = NameHash()
        var words = 0
        for word in text.utf8.split(separator: UInt8(ascii: " ")) {
            if words > 0 { beginnings.put(hash.finished, true) { $1 } }
            for byte in word { hash.add(byte) }
            words += 1
        }
    }

    /// The hashes of a name without each of its bytes in turn, and of all of it.
    private static func deletions(_ bytes: some Collection<UInt8>) -> [UInt64] {
        let bytes = Array(bytes)
        var hashes = [NameHash(bytes).finished]
        for index in bytes.indices {
            var hash = NameHash()
            for (place, byte) in bytes.enumerated() where place != index { hash.add(byte) }
            hashes.append(hash.finished)
        }
        return hashes
    }
}
