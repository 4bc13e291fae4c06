public import Records

extension SystemDescription {
    /// Opens the way to the system.
    ///
    /// - Parameters:
    ///   - environment: Where its secret may be.
    ///   - clock: Tells the time.
    /// - Throws: ``DescriptionError`` when the secret cannot be read.
    public func open(
        environment: [String: String], clock: @escaping @Sendable () -> Instant
    ) throws(DescriptionError) -> any TicketSystem {
        let secret = try secret.value(in: environment)
        return switch kind {
        case .zendesk: ZendeskSystem(self, secret: secret, clock: clock)
        case .servicenow: ServiceNowSystem(self, secret: secret, clock: clock)
        case .jira: JiraSystem(self, secret: secret, clock: clock)
        case .requesttracker: RequestTrackerSystem(self, secret: secret, clock: clock)
        case .roundup: RoundupSystem(self, secret: secret, clock: clock)
        }
    }
}
