internal import Records

/// The words by which programs name services, hosts and customers: a mild prior, on which nothing rests alone.
enum SourceKeys {
    private static let services = set(["service.name", "service", "app", "application", "component", "program", "appname"])
    private static let hosts = set(["host.name", "host", "hostname", "node", "server", "instance"])
    /// Words before, or in the keys of, names of accounts.
    private static let told = set([
        "tenant", "customer", "account", "organization", "organisation", "org", "company", "client", "workspace", "cust", "acct",
        "tenantid", "customerid", "accountid", "orgid", "clientid", "workspaceid", "custid", "acctid", "tid", "cid", "subscriber", "team",
        "shop", "store", "site", "merchant", "realm",
    ])

    static func isService(_ key: Slice<UnsafeRawBufferPointer>) -> Bool { services.contains(NameHash(key).finished) }

    static func isHost(_ key: Slice<UnsafeRawBufferPointer>) -> Bool { hosts.contains(NameHash(key).finished) }

    static func isToldBefore(_ word: Slice<UnsafeRawBufferPointer>) -> Bool { told.contains(NameHash(word).finished) }

    /// Whether a key, or a part of it, is such a word.
    static func tellsAccount(_ key: Slice<UnsafeRawBufferPointer>) -> Bool {
        if told.contains(NameHash(key).finished) { return true }
        return key.split(whereSeparator: { $0 == 0x2E || $0 == 0x5F || $0 == 0x2D }).contains {
            told.contains(NameHash($0).finished)
        }
    }

    private static func set(_ words: [String]) -> Set<UInt64> { Set(words.map { NameHash($0.utf8).finished }) }
}
