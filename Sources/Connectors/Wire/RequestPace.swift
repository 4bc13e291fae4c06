public import Records

/// How soon the next request may leave, by what a system says of its limits.
///
/// A bucket of tokens (one a request) is filled at 95 % of the limit and holds the rest of it, so that no minute sees more than the
/// limit, and never more than the system says are left; a wait that the system asks for comes before everything.
public struct RequestPace: Sendable, Hashable {
    /// The part of a limit that is used; clocks of two machines differ, and others use the account too.
    public static let share = 0.95

    /// The requests a minute that are allowed; nil while nothing is known.
    public private(set) var perMinute: Double?
    /// The limit that was known beforehand: an answer may name another one, that of the whole account.
    private let known: Double?
    private var tokens = 0.0
    private var filledAt: Instant?
    private var notBefore: Instant?

    /// Creates a pace.
    ///
    /// - Parameter perMinute: The limit where it is known beforehand.
    public init(perMinute: Double? = nil) {
        self.perMinute = perMinute
        known = perMinute
        tokens = capacity
    }

    private var capacity: Double { max(1, (perMinute ?? 0) * (1 - Self.share)) }

    /// Takes the right to send one request.
    ///
    /// - Returns: The seconds to wait before it; 0 or more.
    public mutating func take(at now: Instant) -> Double {
        fill(at: now)
        var wait = max(0, (notBefore?.seconds ?? now.seconds) - now.seconds)
        guard let perMinute, perMinute > 0 else { return wait }
        tokens -= 1
        if tokens < 0 { wait = max(wait, -tokens * 60 / (perMinute * Self.share)) }
        return wait
    }

    /// Learns from an answer.
    ///
    /// - Parameters:
    ///   - headers: Its headers, names in small letters.
    ///   - status: Its code.
    ///   - now: The time.
    public mutating func learn(_ headers: [String: String], status: Int, at now: Instant) {
        fill(at: now)
        if let limit = Self.number(headers, ["x-rate-limit", "ratelimit-limit"]), limit > 0 {
            let isNew = perMinute == nil
            perMinute = min(limit, known ?? limit)
            if isNew { tokens = capacity }
        }
        let left = Self.number(headers, ["x-rate-limit-remaining", "ratelimit-remaining", "x-ratelimit-remaining"])
        if let left, perMinute != nil { tokens = min(tokens, left) }
        // A date is one of the system's own clock.
        let there = HTTPDate.instant(of: headers) ?? now
        let isLimited = status == 429
        if isLimited || status == 503, let value = headers["retry-after"],
            let seconds = RetryAfter.seconds(of: value, at: there)
        {
            wait(until: now.seconds + seconds)
        } else if isLimited || left == 0, let seconds = Self.reset(headers, at: there) {
            wait(until: now.seconds + seconds)
        }
    }

    private mutating func wait(until seconds: Double) {
        notBefore = Instant(seconds: max(notBefore?.seconds ?? seconds, seconds))
    }

    private mutating func fill(at now: Instant) {
        if let filledAt, let perMinute, now > filledAt {
            let rate = perMinute * Self.share
            tokens = min(capacity, tokens + (now.seconds - filledAt.seconds) * rate / 60)
        }
        filledAt = now
    }

    private static func number(_ headers: [String: String], _ names: [String]) -> Double? {
        for name in names {
            if let value = headers[name], let number = Double(value.trimmed), number.isFinite { return number }
        }
        return nil
    }

    /// The seconds until the limit begins anew, which is told as a time or as seconds from now; an hour at most.
    ///
    /// - Parameter now: The time by the clock of the system.
    private static func reset(_ headers: [String: String], at now: Instant) -> Double? {
        for name in ["x-ratelimit-reset", "ratelimit-reset", "x-rate-limit-reset"] {
            guard let value = headers[name]?.trimmed else { continue }
            if let date = Instant(iso8601: value) { return min(date.seconds - now.seconds, 3_600) }
            guard let number = Double(value), number.isFinite else { continue }
            return min(number > 1e9 ? number - now.seconds : number, 3_600)
        }
        return nil
    }
}
