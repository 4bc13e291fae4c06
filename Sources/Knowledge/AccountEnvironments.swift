public import Records

/// What the deployments of an account have in common.
public struct AccountEnvironments: Sendable {
    private var deployments: [String: [Deployment]] = [:]
    /// The releases of each deployment, and of all under the empty name, in the order of time.
    private var releases: [String: [Release]] = [:]

    /// Reads what accounts run.
    public init(_ context: CustomerContext) {
        for deployment in context.deployments {
            for account in deployment.accounts { deployments[account, default: []].append(deployment) }
        }
        for release in context.releases.sorted(by: { $0.deployedAt < $1.deployedAt }) {
            releases[release.deployment ?? "", default: []].append(release)
        }
    }

    /// The category of a ticket, and what the deployments of its account had in common when it was opened.
    public func facts(of ticket: Ticket) -> [Article.EnvironmentFact] {
        Self.fact("category", [ticket.category])
            + (ticket.account.map { facts(ofAccount: $0, at: ticket.openedAt) } ?? [])
    }

    /// What the deployments of an account had in common at a time: kind, region and version.
    public func facts(ofAccount account: String, at time: Instant) -> [Article.EnvironmentFact] {
        let own = deployments[account] ?? []
        return Self.fact("environment", own.map(\.environment)) + Self.fact("region", own.map(\.region))
            + Self.fact("version", own.map { version(of: $0, at: time) })
    }

    /// A fact, where there is one value of it.
    private static func fact(_ field: String, _ values: [String]) -> [Article.EnvironmentFact] {
        guard let value = values.first, !value.isEmpty, values.allSatisfy({ $0 == value }) else { return [] }
        return [Article.EnvironmentFact(field: field, value: value, cases: 1)]
    }

    /// The version that a deployment ran: that of the last release before, or else the one it has now.
    private func version(of deployment: Deployment, at time: Instant) -> String {
        let own = releases[deployment.id] ?? []
        return own.last { $0.deployedAt <= time }?.version ?? (own.isEmpty ? deployment.version : "")
    }
}
