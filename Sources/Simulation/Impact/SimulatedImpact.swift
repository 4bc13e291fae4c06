/// A simulated desk whose logs show incidents that hurt some of its accounts.
///
/// The habits of its software (ids, names, keys, forms of messages, clocks), its customers and what happens to them are all drawn from the
/// seed. The impact of a true incident, by which its rank goes, is the sum over the accounts it hurt of
///
///     annualValue / 8760 · hours · share · s
///
/// with the hours from the first to the last failure (0.1 at least), the share of the account's requests within its scope that failed,
/// and s = 2 where the hours are more than the account's `slaHours`, else 1. An account is hurt when one of its requests failed.
public struct SimulatedImpact: Sendable {
    /// What happens.
    public let scenario: ImpactScenario
    /// How much is shown of it.
    public let grade: ImpactGrade
    /// The files: logs, organizations, accounts, deployments, contacts, aliases, topology, releases, tickets and the truth.
    public let files: [DeskFile]
    /// The number of log records.
    public let lineCount: Int
    /// The number of records that name no account.
    public let anonymousLineCount: Int

    /// Simulates a desk.
    ///
    /// - Parameters:
    ///   - scenario: What happens.
    ///   - grade: How much is shown of it.
    ///   - seed: The same seed gives the same bytes.
    /// - Complexity: O(n log n) time and O(n) memory for n records, of which there are 20,000 to 250,000.
    public init(_ scenario: ImpactScenario, grade: ImpactGrade, seed: UInt64) {
        let isHard = grade == .hard
        let number = UInt64(ImpactScenario.allCases.firstIndex(of: scenario) ?? 0) * 2 + (isHard ? 1 : 0)
        var draw = Draw(seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ number)
        let world = ImpactWorld(scenario: scenario, grade: grade, &draw)
        let requests = Rhythm.requests(of: world, &draw)
        let plan = TroublePlan(scenario, grade, in: world, requests: requests, &draw)
        let traffic = DeskTraffic(world: world, plan: plan, requests: requests, grade: grade, &draw)
        let clocks = HostClocks(of: world, scenario: scenario, isHard: isHard, &draw)
        let tickets = DeskTickets(of: traffic, isHard: isHard, &draw)
        let logs = LogWriter(traffic: traffic, clocks: clocks, &draw)
        let context = ContextFiles(world: world, releases: plan.releases, isHard: isHard)
        let truth = TruthFile(traffic: traffic, tickets: tickets, causedLines: logs.causedLines, isNamed: logs.isNamed)
        self.scenario = scenario
        self.grade = grade
        lineCount = logs.count
        anonymousLineCount = logs.anonymousLines
        files = [
            DeskFile(name: "logs.ndjson", contents: logs.json.text),
            DeskFile(name: "organizations.ndjson", contents: context.organizations(&draw)),
            DeskFile(name: "accounts.ndjson", contents: context.accounts(&draw)),
            DeskFile(name: "deployments.ndjson", contents: context.deployments(&draw)),
            DeskFile(name: "contacts.ndjson", contents: context.contacts(&draw)),
            DeskFile(name: "aliases.ndjson", contents: context.aliases(&draw)),
            DeskFile(name: "topology.ndjson", contents: context.topology(&draw)),
            DeskFile(name: "releases.ndjson", contents: context.releases(&draw)),
            DeskFile(name: "tickets.ndjson", contents: context.tickets(tickets, &draw)),
            DeskFile(name: "truth.json", contents: truth.json),
        ]
    }
}
