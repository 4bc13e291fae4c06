internal import Glibc
public import Records

/// That a signature comes more often than its past explains.
public struct TrendWarning: Sendable, Hashable {
    /// A part of what it hits.
    public struct Part: Sendable, Hashable {
        /// The id.
        public var id: String
        /// Its lines since the excess began.
        public var lines: Int
    }

    /// The id of the signature.
    public var signature: String
    /// Its template.
    public var template: String
    /// The hour in which the excess began.
    public var since: Instant
    /// The end of the hour in which it was told.
    public var raisedAt: Instant
    /// The end of the last hour in which it went on.
    public var updatedAt: Instant
    /// The end of the hour in which it was over; nil while it goes on.
    public var closedAt: Instant?
    /// The lines of the window in which it stood out the most.
    public var observed: Double
    /// What was expected of that window.
    public var expected: Double
    /// The hours of that window.
    public var hours: Int
    /// The probability of so much by chance in that window, times the number of signatures (Bonferroni), at most 1.
    ///
    /// The window is the least probable one of all hours so far, so that this tells how clear the excess has become, and not what raised it.
    public var adjustedPValue: Double
    /// Whether it never came before.
    public var isNew: Bool
    /// The lines since it began.
    public var lines: Int
    /// The accounts that it hits, the most lines first, and how many there are.
    public var accounts: [Part]
    /// The number of accounts.
    public var accountCount: Int
    /// The versions that wrote it, the most lines first.
    public var versions: [Part]
    /// The yearly value of the contracts of these accounts, as far as it is known.
    public var annualValue: Double
    /// Whom it had hit when it was told, beside what new signatures ordinarily do; nil when it was not in its first day.
    public var spread: NewSignatureSpread?

    /// Why, in one sentence.
    public var sentence: String {
        let factor = expected > 0 ? observed / expected : .infinity
        var text =
            isNew
            ? "New: \(Int(observed)) lines in \(hours) h of what was never seen before"
            : "\(Int(observed)) lines in \(hours) h where \(Self.rounded(expected)) were expected (\(Self.rounded(factor)) times as many)"
        text += "; since it began \(lines) lines"
        if accountCount > 0 { text += ", \(accountCount) account\(accountCount == 1 ? "" : "s")" }
        if let spread, spread.others > 0 {
            text += " (of \(spread.others) new before \(spread.asWide) hit as many in their first day)"
        }
        if let version = versions.first, versions.count == 1 || Double(version.lines) >= 0.8 * Double(lines) {
            text += ", version \(version.id)"
        }
        return text + "; chance explains it with \(Self.odds(of: adjustedPValue))."
    }

    /// Two digits at least, in front of the point or behind it.
    private static func rounded(_ value: Double) -> String {
        if value >= 10 { return "\(Int(value.rounded()))" }
        let scale = value > 0 && value < 1 ? pow(10, 1 - log10(value).rounded(.down)) : 10
        return "\((value * scale).rounded() / scale)"
    }

    /// A probability as people say it: of smaller ones nobody can tell by so few hours.
    private static func odds(of value: Double) -> String {
        guard value >= 1e-6 else { return "less than one in a million" }
        guard value < 0.01 else { return "\(value.rounded(places: 3))" }
        let scale = pow(10, 1 - log10(1 / value).rounded(.down))
        return "one in \(Int(((scale / value).rounded() / scale).rounded()))"
    }
}
