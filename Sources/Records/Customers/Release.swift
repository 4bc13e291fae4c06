/// A version that was put on a deployment.
public struct Release: Sendable, Hashable {
    /// The component; empty when the whole product was released.
    public var component: String
    /// The version.
    public var version: String
    /// The id of the deployment; nil when it went to all of them.
    public var deployment: String?
    /// When.
    public var deployedAt: Instant

    /// Creates a release.
    public init(component: String = "", version: String, deployment: String? = nil, deployedAt: Instant) {
        self.component = component
        self.version = version
        self.deployment = deployment
        self.deployedAt = deployedAt
    }
}
