public import Records

/// Leaves a system alone that does not answer: after some failures in a row nothing is sent for a while, then one request is tried.
///
/// Source: M. T. Nygard, "Release It!", 2nd edition, 2018, chapter 5.
public struct CircuitBreaker: Sendable, Hashable {
    /// The failures in a row after which a system is left alone.
    public static let patience = 5

    private var failures = 0
    private var opensAt: Instant?

    /// Creates a breaker that lets everything through.
    public init() {}

    /// When the next request may leave; nil at once.
    public func notBefore(_ now: Instant) -> Instant? {
        guard let opensAt, opensAt > now else { return nil }
        return opensAt
    }

    /// Takes note that a request was answered.
    public mutating func succeed() {
        failures = 0
        opensAt = nil
    }

    /// Takes note that a request was not.
    ///
    /// - Parameters:
    ///   - fault: Why.
    ///   - now: The time.
    ///   - random: A number in 0..<1.
    public mutating func fail(_ fault: SystemFault, at now: Instant, random: Double) {
        guard fault.isPassing || fault.stopsAll else {
            // It has answered.
            succeed()
            return
        }
        failures += 1
        let isTold = fault.retryAfter.map { $0 > 0 } ?? false
        guard isTold || fault.stopsAll || failures >= Self.patience else { return }
        let wait = Backoff.seconds(after: max(1, failures - Self.patience + 1), asked: fault.retryAfter, random: random)
        opensAt = Instant(seconds: now.seconds + wait)
    }
}
