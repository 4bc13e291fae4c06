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
        /// Whether it is the version of the program that writes.
        var isVersion = false
        /// Whether it, or a part of it, is a word that stands before names of accounts.
        var isTold = false
        /// Whether it says that its value is what its parent is known by.
        var isName = false
    }

    /// The keys that are remembered, a power of two.
    private static let most = 512
    /// The bytes of a key that count.
    private static let longest = 256

    private static let services = numbered([
        "service", "app", "application", "component", "container", "program", "appname",
    ])
    private static let hosts = numbered(["host", "hostname", "node", "pod", "server", "machine", "instance"])
    private static let versions = numbered(["version", "ver", "release", "build"])
    /// What tells whose host it is: that of a customer.
    private static let elsewhere = numbered(["http", "request", "header", "url", "peer", "client", "remote"])
    private static let names = numbered(["id", "name", "key", "ref", "code", "slug", "uuid", "number", "no"])
    /// The words that stand before names of accounts, by their hashes.
    static let told = numbered([
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
        var facts = Facts(exact: exact, hash: hash)
        facts.isName = names[hash] != nil
        facts.isTold = told[hash] != nil
        var noun = hash
        var isElsewhere = false
        var isOwnVersion = true
        for part in key.split(whereSeparator: { $0 == 0x2E || $0 == 0x5F || $0 == 0x2D || $0 == 0x2F || $0 == 0x3A }) {
            let part = NameHash(part).finished
            if told[part] != nil { facts.isTold = true }
            // `k8s.node.name` is a node, `node.count` is none.
            if names[part] == nil { noun = part }
            if elsewhere[part] != nil { isElsewhere = true }
            // `service.version` is its own, `tls.version` is not.
            if services[part] == nil, versions[part] == nil { isOwnVersion = false }
        }
        facts.isService = services[noun] != nil
        facts.isHost = hosts[noun] != nil && !isElsewhere
        facts.isVersion = versions[noun] != nil && isOwnVersion
        return facts
    }

    static func numbered(_ words: [String]) -> HashNumbers {
        var hashes = HashNumbers()
        for word in words { _ = hashes.add(NameHash(word.utf8).finished) }
        return hashes
    }
}
