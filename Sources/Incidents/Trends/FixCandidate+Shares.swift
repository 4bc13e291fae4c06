internal import Algorithms
internal import Records

extension FixCandidate {
    /// The tickets that a signature may have caused.
    struct Shares {
        private(set) var odds: [(ticket: Int, odds: Double)] = []
        private(set) var shares: [(ticket: Int, share: Double)] = []
        /// For each day the accounts that it hit.
        let accounts: [Double]
        /// The weeks in which accounts were hit, over all accounts.
        let accountWeeks: Double
        /// The chance that a failure of one account in one stretch of time makes it write, by that of an incident.
        private(set) var chance = 1.0
        private var stretches = 0.0

        /// Stretches, and tickets of them, that are there before any was seen.
        private static let prior = (stretches: 4.0, tickets: 0.2)

        var count: Double { shares.reduce(0) { $0 + $1.share } }
        /// How many tickets that are surely of the signature would tell as much of its rate: one of which it has half a share tells a quarter of one.
        ///
        /// It is the observed information of a mixture (Louis 1982, Journal of the Royal Statistical Society B 44).
        var information: Double { shares.reduce(0) { $0 + $1.share * $1.share } }

        /// - Parameters:
        ///   - template: The template of the signature.
        ///   - groups: Whom it hit when.
        ///   - matching: The tickets.
        ///   - days: The days, those of a week being seven from the last one back.
        init(_ template: String, _ groups: [Reach.Group], _ matching: TicketMatching, _ days: TrendDays) {
            let fit = matching.fit(TextWords.words(of: template)).amongTickets
            var accounts = [Double](repeating: 0, count: days.exposures.count)
            var accountWeeks = 0.0
            var found: [Int: Double] = [:]
            for group in groups {
                let hit = Array(group.hours.compactMap(days.day).uniqued())
                for day in hit { accounts[day] += Double(group.accounts.count) }
                accountWeeks += Double(Self.weeks(hit, of: accounts.count) * group.accounts.count)
                let known = group.accounts.filter { $0 >= 0 }
                let stretches = Self.stretches(group.hours)
                self.stretches += Double(stretches.count * known.count)
                for account in known.map({ Int32(truncatingIfNeeded: $0) }) where matching.hasTickets(account) {
                    for stretch in stretches {
                        let candidates = matching.candidates(
                            account, start: Double(stretch.lowerBound) * 3_600,
                            end: Double(stretch.upperBound + 1) * 3_600, fit)
                        for (ticket, odds) in candidates { found[ticket] = max(found[ticket] ?? 0, odds) }
                    }
                }
            }
            odds = found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
            self.accounts = accounts
            self.accountWeeks = accountWeeks
        }

        /// In how many weeks, back from the last day, rising days lie.
        private static func weeks(_ days: [Int], of count: Int) -> Int {
            days.chunked { (count - 1 - $0) / 7 == (count - 1 - $1) / 7 }.count
        }

        /// Rising hours without gaps of more than six.
        private static func stretches(_ hours: [Int32]) -> [ClosedRange<Int32>] {
            var found: [ClosedRange<Int32>] = []
            for hour in hours {
                if let last = found.last, hour - last.upperBound <= 6 {
                    found[found.count - 1] = last.lowerBound...hour
                } else {
                    found.append(hour...hour)
                }
            }
            return found
        }

        /// Takes its share of each ticket.
        ///
        /// - Parameters:
        ///   - total: The odds of all signatures for each ticket.
        ///   - other: Those of nothing that is known.
        mutating func normalise(_ total: [Double], other: Double) {
            shares = odds.map { ($0.ticket, $0.odds * chance / (other + total[$0.ticket])) }
            chance = (count + Self.prior.tickets) / (stretches + Self.prior.stretches) / TicketMatching.writing.chance
        }
    }
}
