internal import GRDB

/// x
public final class TenantStore: Sendable {
    private let database: DatabaseQueue
    /// x
    public init(path: String) throws { database = try DatabaseQueue(path: path) }
}
