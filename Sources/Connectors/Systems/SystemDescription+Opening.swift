public import Records
extension SystemDescription {
    public func open(
        environment: [String: String], clock: @escaping @Sendable () -> Instant
    ) throws(DescriptionError) -> any TicketSystem {
        let secret = try secret.value(in: environment)
        return RoundupSystem(self, secret: secret, clock: clock) }
}
