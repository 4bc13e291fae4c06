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
    /// The accounts that they hit.
    public var accounts: Int
    /// The versions that wrote the most of them.
    public var versions: [String]
    /// The yearly value of the contracts of these accounts, as far as it is known.
    public var annualValue: Double
    /// The tickets that it likely caused, over all days.
    public var tickets: Double
    /// The ids of those of them that it more likely caused than not.
    public var likelyTickets: [String]
    /// The hours to resolution that its tickets would take in a week.
    public var hoursPerWeek: Double
    /// The 80 % interval of that.
    public var interval: ClosedRange<Double>
    /// The same, where a ticket counts by the value of its account's contract, by the mean of all accounts.
    public var weightedHoursPerWeek: Double
    /// How likely it saves more than the next candidate; nil for the last one.
    public var probabilityAboveNext: Double?

    /// Signatures that are looked at, those that hit the most accounts first.
    private static let mostCandidates = 300
    /// Tickets of the accounts of a week that what is usual of all signatures weighs as.
    private static let priorTickets = 0.5
    /// Rounds in which it is learnt which failures make accounts write at all.
    private static let rounds = 20
    /// An unresolved or very slow ticket counts for so many hours at most.
    private static let longest = 30 * 24.0

    /// The candidates, those that save the most first.
    ///
    /// A ticket is shared out among the signatures that failed for its account around its opening, by time and words (see the links of incidents), and
    /// nothing at all; how often a failure makes an account write is learnt with it (expectation and maximisation). The tickets of a week follow from the accounts that a signature hits and the rate with which they write, which is shrunk to that
    /// of all signatures; the interval is that of the gamma posterior of that rate and of the spread of the hours.
    ///
    /// - Parameters:
    ///   - table: The counts.
    ///   - tickets: The tickets.
    ///   - directory: The customers.
    public static func all(_ table: CountTable, tickets: [Ticket], directory: CustomerDirectory) -> [FixCandidate] {
        guard let series = SignatureSeries(table) else { return [] }
        let matching = TicketMatching(tickets, directory)
        let values = directory.accounts.map { $0.annualValue ?? 0 }
        let meanValue = values.reduce(0, +) / Double(max(1, values.count { $0 > 0 }))
        let recent = max(0, series.count - 7 * 24)..<series.count
        let hit = table.signatures.indices.map { signature in
            (signature: Int32(signature), accounts: series.most(Int32(signature), hours: recent) { $0.account })
        }.filter { !$0.accounts.isEmpty }.sorted {
            ($1.accounts.count, $0.signature) < ($0.accounts.count, $1.signature)
        }
        var shares = hit.prefix(mostCandidates).map { Shares($0.signature, series, matching, directory) }
        for _ in 0..<rounds {
            var total = [Double](repeating: 0, count: matching.tickets.count)
            for item in shares { for (ticket, odds) in item.odds { total[ticket] += odds * item.chance } }
            for index in shares.indices { shares[index].normalise(total) }
        }
        let caused = shares.reduce(0) { $0 + $1.count }
        let accountWeeks = shares.reduce(0) { $0 + $1.accountWeeks }
        let usual = (caused + 0.1) / max(1, accountWeeks)
        let hours = Hours(matching.tickets, longest: longest)
        var found: [(candidate: FixCandidate, relativeVariance: Double)] = []
        for (item, share) in zip(hit, shares) {
            let name = table.signatures[Int(item.signature)]
            let ids = item.accounts.compactMap { directory.accountIndex[table.accounts[Int($0.index)]] }
            let shape = share.count + priorTickets
            let rate = shape / (share.accountWeeks + priorTickets / usual)
            let each = hours.mean(share.shares)
            let perWeek = rate * Double(item.accounts.count) * each.mean
            let value = ids.reduce(0) { $0 + values[$1] }
            let weight = meanValue > 0 && value > 0 ? value / Double(ids.count) / meanValue : 1
            let spread = 1 / shape + each.relativeVariance
            // The product of two positive factors is about log-normal.
            let deviation = log1p(spread).squareRoot() * 1.2815515655446004
            found.append(
                (
                    FixCandidate(
                        signature: name.id, template: name.template,
                        lines: series.counts(item.signature)[recent].reduce(0, +),
                        accounts: item.accounts.count,
                        versions: series.most(item.signature, hours: recent) { $0.version }.prefix(3).map {
                            table.versions[Int($0.index)]
                        }, annualValue: value, tickets: share.count,
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

    /// The tickets that a signature may have caused.
    private struct Shares {
        private(set) var odds: [(ticket: Int, odds: Double)] = []
        private(set) var shares: [(ticket: Int, share: Double)] = []
        /// The weeks in which accounts were hit, over all accounts.
        let accountWeeks: Double
        /// The chance that a failure of one account in one stretch of time makes it write, by that of an incident.
        private(set) var chance = 1.0
        private var stretches = 0.0

        /// Stretches, and tickets of them, that are there before any was seen.
        private static let prior = (stretches: 4.0, tickets: 0.2)

        var count: Double { shares.reduce(0) { $0 + $1.share } }

        init(_ signature: Int32, _ series: SignatureSeries, _ matching: TicketMatching, _ directory: CustomerDirectory)
        {
            var hours: [Int32: [Int32]] = [:]
            for cell in series.table.cells(of: signature) {
                let account = series.table.scopes[Int(cell.scope)].account
                if account >= 0 { hours[account, default: []].append(cell.hour) }
            }
            let fit = matching.fit(TextWords.words(of: series.table.signatures[Int(signature)].template))
            var weeks = 0
            var found: [Int: Double] = [:]
            for (account, hours) in hours {
                weeks += Set(hours.map { $0 / 168 }).count
                guard let index = directory.accountIndex[series.table.accounts[Int(account)]] else { continue }
                for stretch in Self.stretches(hours) {
                    stretches += 1
                    let candidates = matching.candidates(
                        Int32(truncatingIfNeeded: index), start: Double(stretch.lowerBound) * 3_600,
                        end: Double(stretch.upperBound + 1) * 3_600, fit)
                    for (ticket, odds) in candidates { found[ticket] = max(found[ticket] ?? 0, odds) }
                }
            }
            odds = found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
            accountWeeks = Double(weeks)
        }

        /// The hours without gaps of more than six.
        private static func stretches(_ hours: [Int32]) -> [ClosedRange<Int32>] {
            var found: [ClosedRange<Int32>] = []
            for hour in hours.sorted() {
                if let last = found.last, hour - last.upperBound <= 6 {
                    found[found.count - 1] = last.lowerBound...hour
                } else {
                    found.append(hour...hour)
                }
            }
            return found
        }

        mutating func normalise(_ total: [Double]) {
            shares = odds.map { ($0.ticket, $0.odds * chance / (1 + total[$0.ticket])) }
            chance = (count + Self.prior.tickets) / (stretches + Self.prior.stretches) / TicketMatching.writingChance
        }
    }

    /// The hours to resolution of tickets.
    private struct Hours {
        private let hours: [Double?]
        private let usual: Double
        private let usualVariance: Double

        init(_ tickets: [Ticket], longest: Double) {
            hours = tickets.map { ticket in
                ticket.resolvedAt.map { min(longest, max(0, $0.seconds - ticket.openedAt.seconds) / 3_600) }
            }
            let known = hours.compactMap { $0 }
            let mean = known.isEmpty ? 24 : known.reduce(0, +) / Double(known.count)
            usual = mean
            usualVariance =
                known.count > 1
                ? known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(known.count - 1) : mean * mean
        }

        /// The mean of some tickets, shrunk to that of all, and the variance of it by its square.
        func mean(_ shares: [(ticket: Int, share: Double)]) -> (mean: Double, relativeVariance: Double) {
            var sum = 2 * usual
            var weight = 2.0
            for (ticket, share) in shares {
                guard let hours = hours[ticket] else { continue }
                sum += share * hours
                weight += share
            }
            let mean = max(sum / weight, 1e-6)
            return (mean, usualVariance / weight / (mean * mean))
        }
    }
}
