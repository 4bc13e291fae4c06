/// The times of one ticket while its row is read.
struct TicketTimes {
    /// Seconds since 1970 UTC.
    var openedAt: Double
    /// Seconds since 1970 UTC; NaN where not given.
    var resolvedAt = Double.nan
    /// Hours as given; NaN where not given.
    var hours = Double.nan
    /// Whether the ticket is resolved; nil where not said.
    var resolved: Bool?

    /// Whether it was resolved, inferred from the other facts where the source does not say.
    var isResolved: Bool { resolved ?? !(hours.isNaN && resolvedAt.isNaN) }

    /// Hours from opening to resolution or to when the ticket was last seen; NaN when unknown.
    var duration: Double {
        hours.isNaN ? (resolvedAt - openedAt) / 3_600 : hours
    }
}

extension TicketTimes {
    /// The last moment that the times of the ticket mention.
    var latest: Double {
        let last = openedAt + duration * 3_600
        return last.isNaN ? openedAt : max(openedAt, last)
    }
}
