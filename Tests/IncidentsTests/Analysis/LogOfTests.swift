import Incidents
import Records
import Statistics

/// A log that a test writes line by line, and the customers that it is about.
struct LogOfTests {
    static let error: UInt8 = 17
    static let info: UInt8 = 9
    /// Monday 2026-01-05T00:00:00Z.
    static let monday = 1_767_571_200.0

    var sightings = LogSightings()
    var templates: [String] = []
    var context = CustomerContext()
    var tickets: [Ticket] = []
    private var lines: [(line: LogSighting, mentions: [AccountMention], keys: [UInt64])] = []
    private var places: [String: Int32] = [:]

    /// Accounts a0, a1, … on deployments d0, d1, … in turns.
    init(accounts: Int, deployments: Int) {
        for account in 0..<accounts {
            context.accounts.append(Account(id: "a\(account)", organization: "o\(account)", annualValue: 1_000))
            context.organizations.append(Organization(id: "o\(account)"))
        }
        for deployment in 0..<deployments {
            let users = stride(from: deployment, to: accounts, by: deployments).map { "a\($0)" }
            context.deployments.append(Deployment(id: "d\(deployment)", accounts: users))
        }
    }

    var directory: CustomerDirectory { CustomerDirectory(context) }

    mutating func signature(_ template: String) -> Int32 {
        if let known = templates.firstIndex(of: template) { return Int32(known) }
        templates.append(template)
        return Int32(templates.count - 1)
    }

    mutating func add(
        _ hours: Double, _ template: String, severity: UInt8 = error, account: Int? = nil,
        form: AccountMention.Form = .id, deployment: Int? = nil, host: String? = nil, trace: UInt64 = 0,
        keys: [UInt64] = [], clockOffset: Double = 0
    ) {
        add(
            hours, template, severity: severity, accounts: account.map { [$0] } ?? [], form: form,
            deployment: deployment,
            host: host, trace: trace, keys: keys, clockOffset: clockOffset)
    }

    mutating func add(
        _ hours: Double, _ template: String, severity: UInt8 = error, accounts: [Int],
        form: AccountMention.Form = .id, deployment: Int? = nil, host: String? = nil, trace: UInt64 = 0,
        keys: [UInt64] = [], clockOffset: Double = 0
    ) {
        let observed = Int64((Self.monday + hours * 3_600) * 1e9)
        var place: Int32 = -1
        if let host {
            place = places[host] ?? Int32(places.count)
            if places[host] == nil {
                places[host] = place
                sightings.services.append("service")
                sightings.hosts.append(host)
            }
        }
        let line = LogSighting(
            time: observed + Int64(clockOffset * 1e9), observedTime: observed, trace: trace,
            signature: signature(template), deployment: Int32(deployment ?? -1), place: place, severity: severity)
        let mentions = accounts.map { AccountMention(account: Int32($0), form: form) }
        lines.append((line, mentions, keys))
    }

    /// Ordinary lines of every account and some background errors, for some days.
    mutating func addTraffic(days: Double, perHour: Double = 6, seed: UInt64 = 1, silent: Set<Int> = []) {
        var generator = SplitMix64(seed: seed)
        let accounts = context.accounts.count
        let deployments = context.deployments.count
        var hours = 0.0
        while hours < days * 24 {
            hours += generator.exponential() / (perHour * Double(accounts))
            let account = Int.random(in: 0..<accounts, using: &generator)
            let draw = Double.random(in: 0..<1, using: &generator)
            let isError = draw < 0.01
            add(
                hours, isError ? "cannot refresh widget <*>" : "request done in <*>",
                severity: isError ? Self.error : Self.info, account: silent.contains(account) ? nil : account,
                deployment: account % deployments)
        }
    }

    /// Ordinary lines that say nothing of where they come from.
    mutating func addAnonymousTraffic(days: Double) {
        for step in 0..<Int(days * 24 * 60) {
            add(Double(step) / 60, "request done in <*>", severity: Self.info)
            if step % 97 == 0 { add(Double(step) / 60, "cannot refresh widget <*>") }
        }
    }

    func ticket(_ id: String, hour: Double, account: Int, _ text: String) -> Ticket {
        var generator = SplitMix64(seed: 1)
        return Ticket(
            id: id, openedAt: Instant(seconds: Self.monday + hour * 3_600), account: "a\(account)",
            subject: Redactor(keyedBy: &generator).redact(RawText(text)))
    }

    /// The analysis of the lines that were analysed before, with the context as it is now.
    func again(decisions: [LinkDecision] = []) -> ImpactAnalysis {
        ImpactAnalysis(
            sightings, templates: templates, tickets: tickets, directory: directory, decisions: decisions)
    }

    mutating func analysis() -> ImpactAnalysis {
        finish()
        return ImpactAnalysis(sightings, templates: templates, tickets: tickets, directory: directory)
    }

    /// Puts the lines in order of arrival.
    mutating func finish() {
        for (line, mentions, keys) in lines.sorted(by: { $0.line.observedTime < $1.line.observedTime }) {
            var line = line
            line.firstMention = UInt32(sightings.mentions.count)
            line.mentionCount = UInt8(mentions.count)
            line.firstJoinKey = UInt32(sightings.joinKeys.count)
            line.joinKeyCount = UInt8(keys.count)
            sightings.mentions += mentions
            sightings.joinKeys += keys
            sightings.lines.append(line)
        }
        lines = []
    }
}
