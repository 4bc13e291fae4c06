internal import Records
internal import Statistics

extension FixCandidate {
    /// The signatures that hit somebody lately, with the share of each ticket that each of them caused.
    struct Ranking {
        private let series: SignatureSeries
        private let directory: CustomerDirectory
        private let matching: TicketMatching
        private let reach: Reach
        private let days: TrendDays
        private let hits: [Hit]
        /// Of each of the hits.
        private let shares: [Shares]
        /// The tickets of an account that was hit for a week, over all signatures.
        private let usualRate: Double
        /// The mean of the values of contracts that are known; 0 where none is.
        private let meanValue: Double

        /// A signature and the places in the directory of the accounts that it hit, below 0 for one that is not known there.
        private struct Hit {
            let signature: Int32
            let accounts: [Int]
        }

        /// The hours, eight weeks, in which a candidate has hit somebody.
        private static let memory = 56 * 24
        /// The hours of which lines and accounts are told.
        private static let week = 7 * 24
        /// Signatures that are looked at, those that hit the most accounts first: so many that name accounts, and so many that hit all of a deployment.
        private static let mostCandidates = 300
        /// Tickets of the accounts of a week that what is usual of all signatures weighs as.
        private static let priorTickets = 0.5
        /// Rounds in which it is learnt which failures make accounts write at all.
        private static let rounds = 20
        /// A ticket counts for so many hours at most.
        private static let longest = 30 * 24.0
        /// The tails that an interval leaves out.
        private static let tail = 0.1

        /// Shares the tickets out; nil without counts, and without a ticket of a known account, as neither who writes nor how long that takes is known then.
        init?(_ table: CountTable, _ tickets: [Ticket], _ directory: CustomerDirectory) {
            guard let series = SignatureSeries(table) else { return nil }
            let matching = TicketMatching(tickets, directory)
            guard matching.hasTickets else { return nil }
            let reach = Reach(series, directory)
            let days = TrendDays(endingWith: series)
            let hits = Self.hits(series, reach)
            let shares = Self.sharedOut(
                hits.map {
                    Shares(table.signatures[Int($0.signature)].template, reach.groups($0.signature), matching, days)
                },
                among: matching)
            self.series = series
            self.directory = directory
            self.matching = matching
            self.reach = reach
            self.days = days
            self.hits = hits
            self.shares = shares
            usualRate =
                (shares.reduce(0) { $0 + $1.count } + 0.1) / max(1, shares.reduce(0) { $0 + $1.accountWeeks })
            // A contract of 0 is one of which nobody wrote down the value.
            let known = directory.accounts.compactMap(\.annualValue).filter { $0 > 0 }
            meanValue = known.reduce(0, +) / Double(max(1, known.count))
        }

        private static func hits(_ series: SignatureSeries, _ reach: Reach) -> [Hit] {
            let all = series.table.signatures.indices.map { Int32($0) }
            return [true, false].flatMap { isNamed in
                all.filter { reach.namesAccounts($0) == isNamed }.map { signature in
                    let groups = reach.groups(signature, from: max(0, series.count - memory))
                    return Hit(signature: signature, accounts: groups.flatMap(\.accounts))
                }.filter { !$0.accounts.isEmpty }.sorted {
                    ($1.accounts.count, $0.signature) < ($0.accounts.count, $1.signature)
                }.prefix(mostCandidates)
            }
        }

        /// Expectation and maximisation: what of each ticket each signature caused, how likely each makes an account write, and how many tickets come anyway.
        private static func sharedOut(_ shares: [Shares], among matching: TicketMatching) -> [Shares] {
            var shares = shares
            let written = Double(matching.writtenTickets)
            var other = 1.0
            for _ in 0..<rounds {
                var total = [Double](repeating: 0, count: matching.tickets.count)
                for item in shares { for (ticket, odds) in item.odds { total[ticket] += odds * item.chance } }
                for index in shares.indices { shares[index].normalise(total, other: other) }
                let unexplained = written - shares.reduce(0) { $0 + $1.count }
                other = (unexplained + priorTickets) / (matching.usualTickets + priorTickets)
            }
            return shares
        }

        private func lastLine(_ signature: Int32) -> Instant {
            Instant(seconds: 3_600 * (Double(series.table.cells(of: signature).last?.hour ?? 0) + 1))
        }

        /// The hours that tickets take, of which the usual ones are those that signatures caused.
        func hours(now: Instant, told: [String: Double]) -> Hours {
            Hours(matching.tickets, now: now, told: told, longest: Self.longest, shares: shares.map(\.shares))
        }

        /// The candidates in order, each with how likely it saves more than the next.
        func candidates(_ hours: Hours) -> [FixCandidate] {
            var found = zip(hits, shares).compactMap { ranked($0, $1, hours) }
            found.sort {
                ($1.candidate.weightedHoursPerWeek, $0.candidate.signature) < (
                    $0.candidate.weightedHoursPerWeek, $1.candidate.signature
                )
            }
            for place in found.indices.dropLast() {
                let next = found[place + 1].weighted
                found[place].candidate.probabilityAboveNext = found[place].weighted.probabilityAbove(next)
            }
            return found.map(\.candidate)
        }

        /// One candidate, and the distribution of its hours by the value of contracts.
        private func ranked(
            _ hit: Hit, _ shares: Shares, _ hours: Hours
        ) -> (candidate: FixCandidate, weighted: LogNormal)? {
            let (mean, relativeVariance) = hoursPerWeek(hit.signature, shares, hours)
            let weight = weight(of: hit.accounts)
            guard let saved = try? LogNormal(mean: mean, relativeVariance: relativeVariance),
                let weighted = try? LogNormal(mean: mean * weight, relativeVariance: relativeVariance)
            else { return nil }
            let recent = max(0, series.count - Self.week)..<series.count
            let accounts = reach.groups(hit.signature, from: recent.lowerBound).flatMap(\.accounts)
            let name = series.table.signatures[Int(hit.signature)]
            let candidate = FixCandidate(
                signature: name.id, template: name.template,
                lines: series.counts(hit.signature)[recent].reduce(0, +), lastLine: lastLine(hit.signature),
                accounts: accounts.count,
                versions: series.most(hit.signature, hours: recent) { $0.version }.prefix(3).map {
                    series.table.versions[Int($0.index)]
                },
                annualValue: accounts.map(annualValue).reduce(0, +), tickets: shares.count,
                likelyTickets: shares.shares.filter { $0.share > 0.5 }.map { matching.tickets[$0.ticket].id },
                hoursPerWeek: mean, interval: saved.quantile(Self.tail)...saved.quantile(1 - Self.tail),
                weightedHoursPerWeek: mean * weight, probabilityAboveNext: nil)
            return (candidate, weighted)
        }

        /// The weeks of accounts to be expected in the coming week: those that follow from the accounts of each day, and no more than follow from the lines.
        ///
        /// Days of few lines count as days of many among the former; the latter would go on for accounts that are hit already.
        private func coming(_ signature: Int32, _ shares: Shares) -> Double {
            var lines = [Double](repeating: 0, count: days.exposures.count)
            for cell in series.table.cells(of: signature) {
                if let day = days.day(of: cell.hour) { lines[day] += Double(cell.count) }
            }
            return [shares.accounts, lines].map { counts in
                let next = CountForecast(counts, exposures: days.exposures, next: days.nextWeek)?.expected ?? 0
                return next * shares.accountWeeks / max(1, counts.reduce(0, +))
            }.min() ?? 0
        }

        /// The mean of the hours of a week, above 0, and their variance by its square: those of a product of factors that do not depend on each other.
        private func hoursPerWeek(
            _ signature: Int32, _ shares: Shares, _ hours: Hours
        ) -> (mean: Double, relativeVariance: Double) {
            let coming = coming(signature, shares)
            let rate =
                (shares.count + Self.priorTickets) / (shares.accountWeeks + Self.priorTickets / usualRate)
            let shape = shares.information + Self.priorTickets
            let each = hours.mean(shares.shares)
            return (
                max(1e-9, rate * coming * each.mean), (1 + 1 / shape) * (1 + each.relativeVariance) - 1
            )
        }

        /// The mean value of the contracts of accounts by that of all; one whose value is not known is as good as any.
        private func weight(of accounts: [Int]) -> Double {
            guard meanValue > 0 else { return 1 }
            let values = accounts.map(annualValue).map { $0 > 0 ? $0 : meanValue }
            return values.reduce(0, +) / Double(accounts.count) / meanValue
        }

        /// The value of the contract of an account, 0 where it is not known.
        private func annualValue(_ account: Int) -> Double {
            account >= 0 ? directory.accounts[account].annualValue ?? 0 : 0
        }
    }
}
