/// How much a part of the product was used at a time: sessions, requests, active accounts, in any one unit.
public struct Exposure: Sendable, Hashable {
    /// When; it counts for the hour, or up to the next one of the same part where these come evenly apart.
    public var at: Instant
    /// How much, at least 0.
    public var count: Double
    /// The id of the account; nil for all.
    public var account: String?
    /// The id of the deployment; nil for all.
    public var deployment: String?
    /// The version; nil for those that lines tell.
    public var version: String?

    /// Creates an exposure.
    public init(at: Instant, count: Double, account: String? = nil, deployment: String? = nil, version: String? = nil) {
        self.at = at
        self.count = count
        self.account = account
        self.deployment = deployment
        self.version = version
    }

    /// - Returns: nil for less than nothing, as the difference of a counter that was set back.
    init?(_ row: RecordRow) throws(JSONRefusal) {
        guard let at = try row.instant("at") else { throw JSONRefusal("at", excerpt: "", .missingValue) }
        guard let count = try row.number("count") else { throw JSONRefusal("count", excerpt: "", .missingValue) }
        guard count >= 0 else { return nil }
        self.init(
            at: at, count: count, account: try row.identifier("account"), deployment: try row.identifier("deployment"),
            version: try row.identifier("version"))
    }
}
