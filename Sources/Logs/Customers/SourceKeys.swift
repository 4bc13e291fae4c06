internal import Records

/// What keys of attributes are by their words: a mild prior, on which nothing rests alone.
///
/// A key is known again by the hash of its bytes; of a million of them only the last are remembered.
struct SourceKeys: Sendable {
    /// What a key is.
    struct Facts: BitwiseCopyable, Sendable {
        /// The hash of its bytes.
        var exact: UInt64 = 0
        /// The hash of its normal form.
        var hash: UInt64 = 0
        var isService = false
        var isHost = false
        /// Whether it, or a part of it, is a word that stands before names of accounts.
        var isTold = false
        /// Whether it says that its value is what its parent is known by.
        var isName = false
    }

    /// The keys that are remembered, a power of two.
    private static let most = 4_096
    /// The bytes of a key that count.
    private static let longest = 256

    private static let services = set([
        "service.name", "service", "app", "application", "component", "program", "appname",
    ])
    private static let hosts = set(["host.name", "host", "hostname", "node", "server", "instance"])
    private static let names = set(["id", "name", "key", "ref", "code", "slug", "uuid", "number", "no"])
    /// Hashes of the words that stand before names of accounts.
    static let told = set([
        "tenant", "customer", "account", "organization", "organisation", "org", "company", "client", "workspace",
        "cust",
        "acct", "tenantid", "customerid", "accountid", "orgid", "clientid", "workspaceid", "custid", "acctid", "tid",
        "cid", "subscriber", "team", "shop", "store", "site", "merchant", "realm",
    ])

    private var known = [Facts](repeating: Facts(), count: most)

    /// What a key is.
    @inline(__always)
    mutating func facts(_ key: UnsafeRawBufferPointer) -> Facts {
        let exact = ByteHash.of(key, at: 0, count: min(key.count, Self.longest))
        let slot = Int(truncatingIfNeeded: exact) & (Self.most - 1)
        if known[slot].exact == exact { return known[slot] }
        let facts = Self.look(UnsafeRawBufferPointer(rebasing: key.prefix(Self.longest)), exact)
        known[slot] = facts
        return facts
    }

    @inline(never)
    private static func look(_ key: UnsafeRawBufferPointer, _ exact: UInt64) -> Facts {
        let hash = NameHash(key).finished
        var facts = Facts(exact: exact, hash: hash, isService: services.contains(hash), isHost: hosts.contains(hash))
        facts.isName = names.contains(hash)
        facts.isTold = told.contains(hash)
        for part in key.split(whereSeparator: { $0 == 0x2E || $0 == 0x5F || $0 == 0x2D || $0 == 0x2F || $0 == 0x3A }) {
            if told.contains(NameHash(part).finished) { facts.isTold = true }
        }
        return facts
    }

    private static func set(_ words: [String]) -> Set<UInt64> { Set(words.map { NameHash($0.utf8).finished }) }
}
