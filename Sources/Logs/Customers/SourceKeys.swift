internal import Records

/// The words by which programs name services, hosts and customers: a mild prior, on which nothing rests alone.
struct SourceKeys: Sendable {
    /// What a key of attributes is by its words.
    struct Facts: BitwiseCopyable {
        /// The hash of its normal form without the highest bit.
        var hash: UInt64
        var isService: Bool
        var isHost: Bool
        /// Whether it, or a part of it, is a word that stands before names of accounts.
        var isTold: Bool
    }

    /// The keys that are remembered.
    private static let most = 65_536

    private static let services = set([
        "service.name", "service", "app", "application", "component", "program", "appname",
    ])
    private static let hosts = set(["host.name", "host", "hostname", "node", "server", "instance"])
    private static let told = set([
        "tenant", "customer", "account", "organization", "organisation", "org", "company", "client", "workspace",
        "cust",
        "acct", "tenantid", "customerid", "accountid", "orgid", "clientid", "workspaceid", "custid", "acctid", "tid",
        "cid", "subscriber", "team", "shop", "store", "site", "merchant", "realm",
    ])

    private var known: [UInt64: Facts] = [:]

    /// What a key is.
    mutating func facts(_ key: UnsafeRawBufferPointer) -> Facts {
        var exact: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in key { exact = (exact ^ UInt64(byte)) &* 0x100_0000_01B3 }
        if let facts = known[exact] { return facts }
        let hash = NameHash(key.prefix(128)).finished
        let isTold =
            Self.told.contains(hash)
            || key.split(whereSeparator: { $0 == 0x2E || $0 == 0x5F || $0 == 0x2D }).contains {
                Self.told.contains(NameHash($0).finished)
            }
        let facts = Facts(
            hash: hash & ~(1 << 63), isService: Self.services.contains(hash), isHost: Self.hosts.contains(hash),
            isTold: isTold)
        if known.count < Self.most { known[exact] = facts }
        return facts
    }

    /// Whether a word is one that stands before names of accounts.
    static func isToldBefore(_ word: NameHash) -> Bool {
        word.count <= 12 && word.digits == 0 && told.contains(word.finished)
    }

    private static func set(_ words: [String]) -> Set<UInt64> { Set(words.map { NameHash($0.utf8).finished }) }
}
