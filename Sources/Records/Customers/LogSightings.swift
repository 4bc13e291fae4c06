/// What one log record says about where it comes from and whom it concerns, in numbers.
public struct LogSighting: Sendable, Hashable, BitwiseCopyable {
    /// When it happened by the clock of its source, in nanoseconds since 1970 UTC; ``noTime`` when it does not say.
    public var time: Int64
    /// When it was observed, in nanoseconds since 1970 UTC.
    public var observedTime: Int64
    /// The id of its trace, folded to 64 bits; 0 when it has none.
    public var trace: UInt64
    /// The number of its signature, -1 when it has none.
    public var signature: Int32
    /// The index of its deployment in the ``CustomerDirectory``; -1 when it is not known.
    public var deployment: Int32
    /// The number of its place: service and host as it names them, from 0; -1 when it names none.
    public var place: Int32
    /// The number of the version of the program that wrote it, from 0; -1 when it names none.
    public var version: Int32
    /// Where its mentions begin in ``LogSightings/mentions``.
    public var firstMention: UInt32
    /// Where its keys begin in ``LogSightings/joinKeys``.
    public var firstJoinKey: UInt32
    /// The number of its mentions.
    public var mentionCount: UInt8
    /// The number of its keys.
    public var joinKeyCount: UInt8
    /// The severity number, 0...24.
    public var severity: UInt8

    /// What stands for no time.
    public static let noTime = Int64.min

    /// Where its mentions stand in ``LogSightings/mentions``.
    @inlinable
    public var mentionRange: Range<Int> { Int(firstMention)..<Int(firstMention) + Int(mentionCount) }

    /// Where its keys stand in ``LogSightings/joinKeys``.
    @inlinable
    public var joinKeyRange: Range<Int> { Int(firstJoinKey)..<Int(firstJoinKey) + Int(joinKeyCount) }

    /// Creates a sighting.
    public init(
        time: Int64, observedTime: Int64, trace: UInt64 = 0, signature: Int32, deployment: Int32 = -1,
        place: Int32 = -1, version: Int32 = -1,
        firstMention: UInt32 = 0, firstJoinKey: UInt32 = 0, mentionCount: UInt8 = 0, joinKeyCount: UInt8 = 0,
        severity: UInt8
    ) {
        self.time = time
        self.observedTime = observedTime
        self.trace = trace
        self.signature = signature
        self.deployment = deployment
        self.place = place
        self.version = version
        self.firstMention = firstMention
        self.firstJoinKey = firstJoinKey
        self.mentionCount = mentionCount
        self.joinKeyCount = joinKeyCount
        self.severity = severity
    }
}

/// An account that a log record names.
public struct AccountMention: Sendable, Hashable, BitwiseCopyable {
    /// How the account is named.
    public enum Form: UInt8, Sendable, Hashable, CaseIterable, BitwiseCopyable {
        /// By its id, in a place where ids of accounts stand.
        case id
        /// By an alias or its name, in such a place.
        case alias
        /// By an address in a range that belongs to it.
        case address
        /// By something that is close to its id or an alias, in a place where ids of accounts stand.
        case similar
    }

    /// The index in the ``CustomerDirectory``.
    public var account: Int32
    /// How it is named.
    public var form: Form

    /// Creates a mention.
    public init(account: Int32, form: Form) {
        self.account = account
        self.form = form
    }
}

/// What log records say about where they come from and whom they concern.
public struct LogSightings: Sendable {
    /// One for each record, in the order in which they came.
    public var lines: [LogSighting] = []
    /// The accounts that records name.
    public var mentions: [AccountMention] = []
    /// Hashes of values that tie records together, such as the id of a request, a session or a user.
    public var joinKeys: [UInt64] = []
    /// For each number of a place its service; empty where it names none.
    public var services: [String] = []
    /// For each number of a place its host; empty where it names none.
    public var hosts: [String] = []
    /// For each number of a version its name.
    public var versions: [String] = []

    /// Creates sightings of nothing.
    public init() {}

    /// Drops what was said, and keeps the memory of it.
    public mutating func removeAll() {
        lines.removeAll(keepingCapacity: true)
        mentions.removeAll(keepingCapacity: true)
        joinKeys.removeAll(keepingCapacity: true)
        (services, hosts, versions) = ([], [], [])
    }

    /// The accounts that a record names.
    public func mentions(of line: LogSighting) -> ArraySlice<AccountMention> {
        mentions[line.mentionRange]
    }

    /// The keys of a record.
    public func joinKeys(of line: LogSighting) -> ArraySlice<UInt64> {
        joinKeys[line.joinKeyRange]
    }
}
