internal import Glibc
internal import Models
internal import Records
internal import Statistics

/// Links the accounts that may be hurt to an incident, with probability and evidence.
struct AccountLinks {
    /// The attack rate of accounts that use no deployment of the incident.
    private static let groupless = 0.3
    /// Less likely links are not worth stating.
    private static let leastProbability = 0.02
    /// The lines in a deployment, by those in the one that has the most, from which the incident is there.
    private static let leastPlace = 0.05
    /// The log likelihood ratio from which a change of use is worth stating.
    private static let tellingChange = 0.5
    /// The clumping of failing lines of one account: a client tries again.
    private static let clumping = 3.0

    let directory: CustomerDirectory
    let lines: SignatureLines
    let traffic: Traffic
    let usual: UsualActivity
    let tickets: TicketMatching
    let model: LinkModel
    /// For each signature its failing lines outside rises, by account.
    let background: BackgroundLines

    /// The links of a group of episodes.
    func links(_ episodes: [Episode], words: Set<String>) -> [AffectedAccount] {
        let start = episodes.map(\.start).min() ?? 0
        let end = episodes.map(\.end).max() ?? 0
        var tallies: [Int32: AccountTally] = [:]
        var places: [Int32: Double] = [:]
        var failures: [Int32: FailingRequests] = [:]
        var seen = SeenShare()
        for position in episodes.lazy.flatMap(\.positions) {
            let line = lines.lines[Int(position)]
            if line.account >= 0 { tallies[line.account, default: AccountTally()].add(line) }
            if line.isRepeat { continue }
            seen.add(line)
            guard line.deployment >= 0 else { continue }
            places[line.deployment, default: 0] += 1
            failures[line.deployment, default: FailingRequests()].add(line)
        }
        let most = places.values.max() ?? 0
        let deployments = places.filter { $0.value >= max(2, Self.leastPlace * most) }.keys.sorted()
        var groupOf: [Int32: Int] = [:]
        for (group, deployment) in deployments.enumerated() {
            for account in directory.accountsOfDeployment[Int(deployment)] {
                let account = Int32(truncatingIfNeeded: account)
                if let known = groupOf[account], places[deployments[known]] ?? 0 >= places[deployment] ?? 0 { continue }
                groupOf[account] = group
            }
        }
        let fit = tickets.fit(words)
        let candidates = Set(tallies.keys).union(groupOf.keys).sorted()
        let times = background.times(of: episodes)
        let written = candidates.map { tickets.candidates($0, start: start, end: end, fit) }
        let ratios = written.map(tickets.ratio)
        let subjects = candidates.enumerated().map { index, account in
            AttackRates.Subject(
                count: Double(tallies[account]?.lines ?? 0),
                background: background.expected(account, in: times, accounts: directory.accounts.count),
                activity: usual.expected(account, from: start, to: end), group: groupOf[account],
                other: ratios[index])
        }
        let bounds = deployments.map { deployment in
            failures[deployment]?.attackRate(
                accounts: directory.accountsOfDeployment[Int(deployment)].count,
                ordinary: traffic.lines(.deployment(deployment), from: start, to: end)) ?? 0...1
        }
        let rates = AttackRates(
            subjects, groups: deployments.count, clumping: Self.clumping, groupless: Self.groupless, seen: seen.value,
            bounds: seen.value > 0 ? nil : bounds)
        return candidates.enumerated().compactMap { index, account in
            let tally = tallies[account] ?? AccountTally()
            let change = usual.change(account, from: start, to: end)
            let evidence = LinkModel.Evidence(
                exposure: rates.logPriorOdds[index], lines: rates.logLikelihoodRatios[index],
                tickets: ratios[index], change: change.ratio, similar: tally.share(.similar),
                joined: tally.share(.trace, .joinKey))
            let probability = model.probability(evidence)
            guard probability >= Self.leastProbability else { return nil }
            let caused = written[index].filter { $0.odds * probability > 1 }.map { tickets.tickets[$0.index].id }
            var reasons = tally.evidence
            if let group = groupOf[account] {
                reasons.append(
                    .deployment(
                        id: directory.deployments[Int(deployments[group])].id,
                        share: seen.value > 0 ? rates.rates[group] : nil))
            }
            if change.ratio >= Self.tellingChange { reasons.append(.change(factor: change.factor)) }
            if !caused.isEmpty { reasons.append(.tickets(count: caused.count)) }
            let failed = Double(tally.lines)
            let ordinary = usual.observed(account, from: start, to: end)
            return AffectedAccount(
                account: Int(account), probability: probability, lines: tally.lines,
                share: failed > 0 ? failed / (failed + ordinary) : 0,
                firstLine: tally.first.isFinite ? Instant(seconds: tally.first) : nil, tickets: caused,
                evidence: reasons, weighed: evidence)
        }.sorted { ($1.probability, $0.account) < ($0.probability, $1.account) }
    }
}
