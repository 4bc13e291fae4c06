internal import Records

extension FixCandidate {
    /// The tickets that a signature may have caused.
    struct Shares {
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

        /// - Parameters:
        ///   - template: The template of the signature.
        ///   - hours: When it hit each account, by its place in the directory.
        ///   - matching: The tickets.
        init(_ template: String, _ hours: [Int: [Int32]], _ matching: TicketMatching) {
            let fit = matching.fit(TextWords.words(of: template))
            var weeks = 0
            var found: [Int: Double] = [:]
            for (account, hours) in hours {
                weeks += Set(hours.map { $0 / 168 }).count
                guard account >= 0 else { continue }
                for stretch in Self.stretches(hours) {
                    stretches += 1
                    let candidates = matching.candidates(
                        Int32(truncatingIfNeeded: account), start: Double(stretch.lowerBound) * 3_600,
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
}
