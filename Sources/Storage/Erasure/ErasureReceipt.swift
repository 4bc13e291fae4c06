public import Records

/// What was removed from a store, without saying what it said.
public struct ErasureReceipt: Sendable, Hashable, Encodable {
    /// What was removed: `contact`, `account`, `tenant` or `old`.
    public var kind: String
    /// When it was removed.
    public var erasedAt: Instant
    /// When its last bytes were overwritten; nil where that was not finished.
    public var finishedAt: Instant?
    /// The rows that were removed or changed, by kind.
    public var removed: [String: Int]
    /// The log records whose counts were removed.
    public var records: Int
    /// The names, and words of names, that may still stand in texts of others, since they are too short, ordinary words there, or
    /// somebody's who stays.
    public var namesLeft = 0
    /// SHA-256 of the file afterwards, in hexadecimal digits; nil where there is none or it could not be read.
    public var fileHash: String?

    private enum Key: String, CodingKey {
        case kind, erasedAt, finishedAt, removed, records, namesLeft, fileHash
    }

    /// Writes times in ISO 8601.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(kind, forKey: .kind)
        try container.encode(erasedAt.iso8601, forKey: .erasedAt)
        try container.encode(finishedAt?.iso8601, forKey: .finishedAt)
        try container.encode(removed, forKey: .removed)
        try container.encode(records, forKey: .records)
        try container.encode(namesLeft, forKey: .namesLeft)
        try container.encode(fileHash, forKey: .fileHash)
    }
}
