public import Records

/// A signature that engineering could fix, and what that would save.
public struct FixCandidate: Sendable, Hashable {
    /// The id of the signature.
    public var signature: String
    /// Its template.
    public var template: String
    /// The lines of the last seven days.
    public var lines: Double
    /// The end of the hour of its last line.
    public var lastLine: Instant
    /// The accounts that they hit: those that they name, or all of their deployments where they name none.
    public var accounts: Int
    /// The versions that wrote the most of them.
    public var versions: [String]
    /// The yearly value of the contracts of these accounts, as far as it is known.
    public var annualValue: Double
    /// The tickets that it likely caused, over all days.
    public var tickets: Double
    /// The ids of those of them that it more likely caused than not.
    public var likelyTickets: [String]
    /// The hours to resolution that the tickets of the coming week are to be expected to take.
    public var hoursPerWeek: Double
    /// The 80 % interval of that.
    public var interval: ClosedRange<Double>
    /// The same, where a ticket counts by the value of its account's contract, by the mean of all accounts of which it is known.
    public var weightedHoursPerWeek: Double
    /// How likely it saves more than the next candidate; nil for the last one.
    public var probabilityAboveNext: Double?

    /// The candidates, those that save the most first; none where no ticket is of an account that is known.
    ///
    /// A ticket is shared out among the signatures that failed for its account around its opening, by time and words (see the links of incidents), and
    /// nothing at all; how often a failure makes an account write is learnt with it, and how many tickets come anyway (expectation and maximisation). The
    /// tickets of a week follow from the accounts that a signature is to be expected to hit (see ``CountForecast``), also where it hit none lately, and the
    /// rate with which they write, which is shrunk to that of all signatures. A ticket that is open counts for the hours to be expected of it.
    ///
    /// The hours of a week are taken to be log-normal, with the mean and the variance of the product of that rate (of its gamma posterior) and of the mean
    /// hours of a ticket; a ticket that may as well be of another signature, or of none, tells less of that rate. The interval leaves a tenth out on each
    /// side; with a ticket or two it is too narrow, as a gamma variable of so small a shape falls further towards 0. The order is by means, so that a
    /// candidate of which much less is known can be less likely than not to save more than the next.
    ///
    /// - Parameters:
    ///   - table: The counts.
    ///   - tickets: The tickets.
    ///   - directory: The customers.
    ///   - expectedHours: The hours from opening to resolution that a model expects of open tickets, by id; of others they follow from all tickets.
    public static func all(
        _ table: CountTable, tickets: [Ticket], directory: CustomerDirectory, expectedHours: [String: Double] = [:]
    ) -> [FixCandidate] {
        guard let ranking = Ranking(table, tickets, directory) else { return [] }
        return ranking.candidates(ranking.hours(now: lastTime(table, tickets), told: expectedHours))
    }

    /// The end of what is known: of the last hour that was counted, or when a ticket was last opened or resolved.
    public static func lastTime(_ table: CountTable, _ tickets: [Ticket]) -> Instant {
        let counted = table.hours.map { (Double($0.upperBound) + 1) * 3_600 }
        let times = tickets.flatMap { [$0.openedAt.seconds, $0.resolvedAt?.seconds ?? -.infinity] }
        return Instant(seconds: max(counted ?? 0, times.max() ?? 0))
    }
}
