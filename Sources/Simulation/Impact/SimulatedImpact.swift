import Statistics

/// A simulated desk of customers, logs and tickets in which something goes wrong, with the truth.
public struct SimulatedImpact: Sendable {
    /// The scenario.
    public let scenario: ImpactScenario
    /// The grade.
    public let grade: ImpactGrade
    /// The seed.
    public let seed: UInt64
    let world: ImpactWorld
    let lines: [ImpactLine]
    let tickets: [ImpactTicket]
    let effects: [Effect]
    /// For each effect its failing lines by account.
    let failures: [[Int: Int]]
    let traffic: ImpactTraffic
    let hours: Double
    var generator: SplitMix64

    /// Monday 3 March 2025, 0:00 UTC.
    static let start = 1_740_960_000.0

    /// Simulates a desk; the same arguments give the same desk.
    public init(_ scenario: ImpactScenario, grade: ImpactGrade, seed: UInt64) {
        let name = scenario.rawValue.utf8.reduce(UInt64(7)) { $0 &* 31 &+ UInt64($1) }
        var generator = SplitMix64(seed: seed &* 0x9E37_79B9 &+ name)
        self.scenario = scenario
        self.grade = grade
        self.seed = seed
        let world = ImpactWorld(scenario, grade, using: &generator)
        self.world = world
        let hours = 24.0 * Double(8 + generator.index(3))
        self.hours = hours
        let ordinary = (0..<16 + generator.index(14)).map { _ in
            Phrase.ordinary(services: world.services.count, using: &generator)
        }
        let known = (0..<10 + generator.index(20)).map { _ in
            Phrase.failure(
                services: world.services.count, severity: generator.uniform() < 0.5 ? 17 : 13, using: &generator)
        }
        effects = ScenarioEffects(
            scenario: scenario, grade: grade, world: world, quiet: 84, hours: hours, known: known
        ).effects(using: &generator)
        traffic = ImpactTraffic(
            world, grade, scenario, ordinary: ordinary, known: known, hours: hours, using: &generator)
        lines = traffic.lines(effects, using: &generator)
        var first = [[Int: Double]](repeating: [:], count: effects.count)
        var failures = [[Int: Int]](repeating: [:], count: effects.count)
        for line in lines where line.effect >= 0 {
            first[line.effect][line.account] = min(first[line.effect][line.account] ?? .infinity, line.hour)
            failures[line.effect][line.account, default: 0] += 1
        }
        self.failures = failures
        tickets = ImpactTicket.tickets(
            world, grade, effects, firstFailures: first, hours: hours, using: &generator)
        self.generator = generator
    }

    /// What an effect costs: for each account its value, times the share of its use that failed, times the hours from its first failure to its
    /// last, more where the contract promises an answer sooner.
    func cost(of effect: Int) -> Double {
        var first: [Int: Double] = [:]
        var last: [Int: Double] = [:]
        var requests: [Int: Set<UInt64>] = [:]
        for line in lines where line.effect == effect {
            first[line.account] = min(first[line.account] ?? .infinity, line.hour)
            last[line.account] = max(last[line.account] ?? 0, line.hour)
            requests[line.account, default: []].insert(line.request)
        }
        var ordinary: [Int: Set<UInt64>] = [:]
        for line in lines where line.effect < 0 {
            guard let start = first[line.account], let end = last[line.account], line.hour >= start, line.hour <= end
            else { continue }
            ordinary[line.account, default: []].insert(line.request)
        }
        return first.keys.sorted().reduce(0) { sum, account in
            let failed = Double(requests[account]?.count ?? 0)
            let share = failed / (failed + Double(ordinary[account]?.count ?? 0))
            let duration = max(0.2, (last[account] ?? 0) - (first[account] ?? 0))
            let promised = world.accounts[account].slaHours
            return sum + world.accounts[account].value * share * duration * (1 + min(1, duration / promised))
        }
    }
}
