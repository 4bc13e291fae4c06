public import Records
extension SystemDescription {
    public func open(
        environment: [String: String], clock: @escaping @Sendable () -> Instant
    ) throws(DescriptionError) -> any TicketSystem {
        let secret = try secret.value(in: environment)
        switch kind {
        case .zendesk: return ZendeskSystem(self, secret: secret, clock: clock)
        case .servicenow: return ServiceNowSystem(self, secret: secret, clock: clock)
        default:
        return RoundupSystem(self, secret: secret, clock: clock) } }
}
