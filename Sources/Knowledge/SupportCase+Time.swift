public import Records

extension SupportCase {
    /// What was known of the case at a moment: without the messages and the resolution that came later; nil when it was not opened yet.
    ///
    /// The words of the ticket itself, its signatures and whether it was opened again are taken as they are, as nothing tells when they came.
    public func known(at time: Instant) -> SupportCase? {
        guard ticket.openedAt <= time else { return nil }
        guard lastAt > time else { return self }
        var known = self
        known.messages.removeAll { $0.time > time }
        if let resolvedAt = ticket.resolvedAt, resolvedAt > time {
            known.ticket.resolvedAt = nil
            known.ticket.resolution = RedactedText()
        }
        return known
    }

    /// The time of the last thing that is known to have happened to the case.
    public var lastAt: Instant {
        messages.reduce(max(ticket.openedAt, ticket.resolvedAt ?? ticket.openedAt)) { max($0, $1.time) }
    }

    /// The time of the last thing that is known to have happened to any of some cases; nil where nothing has.
    ///
    /// - Parameter now: Now; a record of a later time, as of a clock that runs ahead, does not count.
    public static func lastAt(of cases: [SupportCase], by now: Instant) -> Instant? {
        cases.lazy.compactMap { $0.known(at: now)?.lastAt }.max()
    }
}
