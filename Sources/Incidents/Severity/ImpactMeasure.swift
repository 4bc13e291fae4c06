internal import Records

/// Measures what an incident costs the customers.
struct ImpactMeasure {
    /// Shares of all accounts' value from which the impact is high, and from which it is medium.
    private static let impactShares = (high: 0.1, medium: 0.01)
    private static let year = 8_766.0

    private let directory: CustomerDirectory
    private let values: ContractValues
    private let traffic: Traffic
    private let priorities: PriorityMatrix
    /// The time of the last line of the log.
    private let now: Double

    init(
        _ directory: CustomerDirectory, _ values: ContractValues, lines: SignatureLines, traffic: Traffic,
        priorities: PriorityMatrix
    ) {
        self.directory = directory
        self.values = values
        self.traffic = traffic
        self.priorities = priorities
        now = lines.lines.last?.time ?? 0
    }

    func impact(
        of accounts: [AffectedAccount], lines: Int, start: Double, end: Double, functions: [String],
        deployments: [Int]
    ) -> BusinessImpact {
        let hours = max(end - start, 60) / 3_600
        let ordinary =
            deployments.isEmpty
            ? traffic.lines(.everything, from: start, to: end)
            : deployments.reduce(0) {
                $0 + traffic.lines(.deployment(Int32(truncatingIfNeeded: $1)), from: start, to: end)
            }
        // What an account without lines of its own lost is what the others did or, where nobody has any, what all lines did.
        let seen = accounts.filter { $0.lines > 0 && $0.isHurt }
        let typical =
            seen.isEmpty
            ? Double(lines) / max(1, Double(lines) + ordinary)
            : seen.reduce(0) { $0 + $1.share } / Double(seen.count)
        var value = 0.0
        var severity = 0.0
        var weight = 0.0
        var share = 0.0
        var exposure = 0.0
        // Each by its probability, the unlikely ones too: where nobody knows who is hurt, the sum is known nevertheless.
        for account in accounts {
            let worth = values.values[account.account] * account.probability
            let own = account.lines > 0 ? account.share : typical
            value += worth
            weight += account.probability
            share += account.probability * own
            var cost = worth / Self.year * hours * own
            if let promised = directory.accounts[account.account].slaHours, promised > 0 {
                exposure = max(exposure, account.probability * hours / promised)
                cost *= 1 + min(1, hours / promised)
            }
            severity += cost
        }
        let valueShare = values.total > 0 ? value / values.total : 0
        let activityShare = weight > 0 ? share / weight : 0
        let isRunning = now - end < max(1_800, 0.2 * (end - start))
        let impact = valueShare >= Self.impactShares.high ? 1 : valueShare >= Self.impactShares.medium ? 2 : 3
        let urgency =
            isRunning && (activityShare >= 0.5 || exposure >= 0.5)
            ? 1 : isRunning || activityShare >= 0.25 || exposure >= 1 ? 2 : 3
        let own = accounts.map { Double($0.lines) }
        let sum = own.reduce(0, +)
        let squares = own.reduce(0) { $0 + $1 * $1 }
        return BusinessImpact(
            severity: severity, accounts: weight, annualValue: value, valueShare: valueShare,
            activityShare: activityShare, slaExposure: exposure, functions: functions,
            effectiveAccounts: squares > 0 ? sum * sum / squares : weight,
            failuresPerOrdinaryLine: ordinary > 0 ? Double(lines) / ordinary : nil, impact: impact, urgency: urgency,
            priority: priorities.priority(impact: impact, urgency: urgency))
    }
}
