internal import Records

/// What keys of fields tell of a record's scope.
///
/// A key is known again by the hash of its bytes; of a million of them only the last are remembered.
struct ScopeKeys: Sendable {
    /// How far a key says that its value is an account, from least to most.
    enum Account: UInt8, Comparable, BitwiseCopyable {
        /// Not at all.
        case none
        /// A part of it does, or a word that has other meanings too: only values that are known count.
        case within
        /// All of it does, as `customer.id` or `tenantId`.
        case whole
        /// It is one of ``EventCounter/scopeKeys``.
        case scope
        /// Somebody said so.
        case told

        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    struct Facts: BitwiseCopyable {
        fileprivate var hash: UInt64 = 0
        /// Its place among ``EventCounter/scopeKeys``; -1 for none.
        var place: Int8 = -1
        var account = Account.none
    }

    /// Plain names that many loggers use for keys of scopes.
    private static let otherNames = [
        "service": "service.name", "version": "service.version", "host": "host.name", "hostname": "host.name",
        "environment": "deployment.environment", "env": "deployment.environment",
    ]
    private static let accounts = ["account", "tenant", "organization"]
    /// The keys that are remembered, a power of two.
    private static let most = 512
    private static let longest = 256

    private let told: Set<String>
    private let places: [String: Int8]
    private var known = [Facts](repeating: Facts(), count: most)

    /// - Parameter told: The keys whose values are accounts, as somebody said.
    init(accounts told: [String]) {
        self.told = Set(told)
        var places = Dictionary(uniqueKeysWithValues: zip(EventCounter.scopeKeys, Int8(0)...))
        for (name, key) in Self.otherNames { places[name] = places[key] }
        self.places = places
    }

    /// What the key of a field is; that of a member of an object is told with the key of that.
    @inline(__always)
    mutating func facts(_ field: LogField, at index: Int, of batch: LogBatch, _ bytes: UnsafeRawBufferPointer) -> Facts
    {
        let key = batch.range(field.key)
        var hash = ByteHash.of(bytes, at: key.lowerBound, count: min(key.count, Self.longest))
        var parent: Range<Int>?
        if field.up > 0 {
            let above = batch.fields[index - Int(field.up)]
            guard above.up == 0 else { return Facts() }
            let range = batch.range(above.key)
            hash = ByteHash.mix(hash, ByteHash.of(bytes, at: range.lowerBound, count: min(range.count, Self.longest)))
            parent = range
        }
        let slot = Int(truncatingIfNeeded: hash) & (Self.most - 1)
        if known[slot].hash == hash { return known[slot] }
        known[slot] = look(hash, parent, key, bytes)
        return known[slot]
    }

    @inline(never)
    private func look(_ hash: UInt64, _ parent: Range<Int>?, _ key: Range<Int>, _ bytes: UnsafeRawBufferPointer)
        -> Facts
    {
        var facts = Facts(hash: hash)
        var name = Array(bytes[key].prefix(Self.longest))
        if let parent { name = bytes[parent].prefix(Self.longest) + [UInt8(ascii: ".")] + name }
        let text = String(decoding: name, as: UTF8.self)
        if parent == nil { facts.place = places[text] ?? -1 }
        if told.contains(text) {
            facts.account = .told
        } else if facts.place >= 0 {
            facts.account = Self.accounts.contains(text) ? .scope : .none
        } else {
            facts.account = name.withUnsafeBytes { SourceKeys.account($0) }
        }
        return facts
    }
}
