internal import Glibc
public import Records
internal import Statistics

/// A signature that engineering could fix, and what that would save.
public struct FixCandidate: Sendable, Hashable {
    /// The id of the signature.
    public var signature: String
    /// Its template.
    public var template: String
    /// The lines of the last seven days.
    public var lines: Double
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

    /// The hours, eight weeks, in which a candidate has hit somebody.
    private static let memory = 56 * 24
    /// Signatures that are looked at, those that hit the most accounts first: so many that name accounts, and so many that hit all of a deployment.
    private static let mostCandidates = 300
    /// Tickets of the accounts of a week that what is usual of all signatures weighs as.
    private static let priorTickets = 0.5
    /// Rounds in which it is learnt which failures make accounts write at all.
    private static let rounds = 20
    /// A ticket counts for so many hours at most.
    private static let longest = 30 * 24.0

    /// The candidates, those that save the most first; none where no ticket is of an account that is known.
    ///
    /// A ticket is shared out among the signatures that failed for its account around its opening, by time and words (see the links of incidents), and
    /// nothing at all; how often a failure makes an account write is learnt with it (expectation and maximisation). The tickets of a week follow from the
    /// accounts that a signature is to be expected to hit (see ``CountForecast``), also where it hit none lately, and the rate with which they write, which
    /// is shrunk to that of all signatures; the interval is that of the gamma posterior of that rate and of the spread of the hours. A ticket that is open
    /// counts for the hours to be expected of it.
    ///
    /// - Parameters:
    ///   - table: The counts.
    ///   - tickets: The tickets.
    ///   - directory: The customers.
    ///   - expectedHours: The hours from opening to resolution that a model expects of open tickets, by id; of others they follow from all tickets.
    public static func all(
        _ table: CountTable, tickets: [Ticket], directory: CustomerDirectory, expectedHours: [String: Double] = [:]
    ) -> [FixCandidate] {
        guard let series = SignatureSeries(table) else { return [] }
        let matching = TicketMatching(tickets, directory)
        // Without any, neither who writes nor how long that takes is known.
        guard matching.hasTickets else { return [] }
        let reach = Reach(series, directory)
        // A contract of 0 is one of which nobody wrote down the value.
        let known = directory.accounts.compactMap(\.annualValue).filter { $0 > 0 }
        let meanValue = known.reduce(0, +) / Double(max(1, known.count))
        let recent = max(0, series.count - 7 * 24)..<series.count
        let days = TrendDays(endingWith: series)
        let hit = [true, false].flatMap { isNamed in
            table.signatures.indices.map { Int32($0) }.filter { reach.namesAccounts($0) == isNamed }.map { signature in
                let groups = reach.groups(signature, from: max(0, series.count - memory))
                return (signature: signature, accounts: groups.flatMap(\.accounts))
            }.filter { !$0.accounts.isEmpty }.sorted {
                ($1.accounts.count, $0.signature) < ($0.accounts.count, $1.signature)
            }.prefix(mostCandidates)
        }
        var shares = hit.map {
            Shares(table.signatures[Int($0.signature)].template, reach.groups($0.signature), matching, days)
        }
        for _ in 0..<rounds {
            var total = [Double](repeating: 0, count: matching.tickets.count)
            for item in shares { for (ticket, odds) in item.odds { total[ticket] += odds * item.chance } }
            for index in shares.indices { shares[index].normalise(total) }
        }
        let caused = shares.reduce(0) { $0 + $1.count }
        let accountWeeks = shares.reduce(0) { $0 + $1.accountWeeks }
        let usual = (caused + 0.1) / max(1, accountWeeks)
        let hours = Hours(
            matching.tickets, now: lastTime(table, tickets), told: expectedHours, longest: longest,
            shares: shares.map(\.shares))
        var found: [(candidate: FixCandidate, relativeVariance: Double)] = []
        for (item, share) in zip(hit, shares) {
            let name = table.signatures[Int(item.signature)]
            let accounts = reach.groups(item.signature, from: recent.lowerBound).flatMap(\.accounts)
            func value(_ account: Int) -> Double { account >= 0 ? directory.accounts[account].annualValue ?? 0 : 0 }
            let coming = CountForecast(share.accounts, exposures: days.exposures, next: days.nextWeek)?.expected ?? 0
            let shape = share.count + priorTickets
            let rate = shape / (share.accountWeeks + priorTickets / usual)
            let each = hours.mean(share.shares)
            // Above 0, as its logarithm is taken.
            let perWeek = max(1e-9, rate * coming * each.mean)
            // An account whose value is not known is as good as any.
            let weight =
                meanValue > 0
                ? item.accounts.map(value).reduce(0) { $0 + ($1 > 0 ? $1 : meanValue) }
                    / Double(item.accounts.count) / meanValue : 1
            let spread = 1 / shape + each.relativeVariance
            // The product of two positive factors is about log-normal.
            let deviation = log1p(spread).squareRoot() * 1.2815515655446004
            found.append(
                (
                    FixCandidate(
                        signature: name.id, template: name.template,
                        lines: series.counts(item.signature)[recent].reduce(0, +),
                        accounts: accounts.count,
                        versions: series.most(item.signature, hours: recent) { $0.version }.prefix(3).map {
                            table.versions[Int($0.index)]
                        }, annualValue: accounts.map(value).reduce(0, +), tickets: share.count,
                        likelyTickets: share.shares.filter { $0.share > 0.5 }.map { matching.tickets[$0.ticket].id },
                        hoursPerWeek: perWeek, interval: perWeek * exp(-deviation)...perWeek * exp(deviation),
                        weightedHoursPerWeek: perWeek * weight, probabilityAboveNext: nil), spread
                ))
        }
        found.sort {
            ($1.candidate.weightedHoursPerWeek, $0.candidate.signature) < (
                $0.candidate.weightedHoursPerWeek, $1.candidate.signature
            )
        }
        for place in found.indices.dropLast() {
            let (own, next) = (found[place], found[place + 1])
            let distance = log(own.candidate.weightedHoursPerWeek / next.candidate.weightedHoursPerWeek)
            let deviation = (log1p(own.relativeVariance) + log1p(next.relativeVariance)).squareRoot()
            found[place].candidate.probabilityAboveNext = Normal.standard.cumulative(distance / deviation)
        }
        return found.map(\.candidate)
    }

    /// The end of what is known: of the last hour that was counted, or when a ticket was last opened or resolved.
    public static func lastTime(_ table: CountTable, _ tickets: [Ticket]) -> Instant {
        let counted = table.hours.map { (Double($0.upperBound) + 1) * 3_600 }
        let times = tickets.flatMap { [$0.openedAt.seconds, $0.resolvedAt?.seconds ?? -.infinity] }
        return Instant(seconds: max(counted ?? 0, times.max() ?? 0))
    }
}
