import Glibc
import Statistics

/// The lines of a simulated desk: ordinary requests, failures that come all the time, and those of effects.
struct ImpactTraffic {
    /// The share of requests that fail at any time; of the lines of usual product logs about one in a hundred is an error.
    private static let usualFailures = 0.012

    let world: ImpactWorld
    let grade: ImpactGrade
    let scenario: ImpactScenario
    let ordinary: [Phrase]
    let known: [Phrase]
    let hours: Double
    /// Services whose lines never say whom they concern.
    private let mute: Set<Int>

    init(
        _ world: ImpactWorld, _ grade: ImpactGrade, _ scenario: ImpactScenario, ordinary: [Phrase], known: [Phrase],
        hours: Double, using generator: inout some RandomNumberGenerator
    ) {
        self.world = world
        self.grade = grade
        self.scenario = scenario
        self.ordinary = ordinary
        self.known = known
        self.hours = hours
        mute =
            grade == .hard
            ? Set(world.services.indices.shuffled(using: &generator).prefix(world.services.count / 4)) : []
    }

    /// The lines in order of arrival.
    func lines(_ effects: [Effect], using generator: inout some RandomNumberGenerator) -> [ImpactLine] {
        var lines: [ImpactLine] = []
        for (index, account) in world.accounts.enumerated() {
            for hour in 0..<Int(hours) {
                let load =
                    effects.lazy.compactMap { effect in
                        effect.load.flatMap {
                            $0.account == index && effect.strength(at: Double(hour)) > 0 ? $0.factor : nil
                        }
                    }.first ?? 1
                let requests = generator.poisson(mean: account.rate * Self.rhythm(Double(hour) + account.zone) * load)
                for _ in 0..<requests {
                    request(of: index, at: Double(hour) + generator.uniform(), effects, &lines, using: &generator)
                }
            }
        }
        lines.sort { ($0.hour * 3_600 + $0.delay, $0.request) < ($1.hour * 3_600 + $1.delay, $1.request) }
        return lines
    }

    /// The load of an hour of the week by that of the mean one.
    static func rhythm(_ hour: Double) -> Double {
        let day = Int(hour / 24) % 7
        let ofDay = hour.truncatingRemainder(dividingBy: 24)
        let sun = 1 + 0.8 * sin((ofDay - 8) / 24 * 2 * Double.pi)
        return max(0.1, sun) * (day >= 5 ? 0.35 : 1.2)
    }

    private func request(
        of account: Int, at hour: Double, _ effects: [Effect], _ lines: inout [ImpactLine],
        using generator: inout some RandomNumberGenerator
    ) {
        var remaining = 1.0
        for (number, effect) in effects.enumerated() where effect.accounts.contains(account) {
            let strength = effect.strength(at: hour)
            guard strength > 0 else { continue }
            remaining = min(remaining, effect.remaining)
            for _ in 0..<generator.poisson(mean: strength) {
                let request = generator.next()
                let hour = min(max(hour + (generator.uniform() - 0.5) * 0.5, effect.start), effect.end)
                let phrases = effect.phrases.filter { hour >= effect.start + $0.delay }
                for (phrase, share, _) in phrases where generator.uniform() < share {
                    for attempt in 0..<effect.retries {
                        lines.append(
                            line(
                                phrase, account, hour + Double(attempt) * 0.0004, request, effect: number,
                                using: &generator))
                    }
                }
            }
        }
        guard generator.uniform() < remaining else { return }
        let request = generator.next()
        lines.append(line(generator.pick(ordinary), account, hour, request, effect: -1, using: &generator))
        if generator.uniform() < 0.4 {
            lines.append(
                line(
                    generator.pick(ordinary), account, hour + 0.000_1, request, effect: -1, using: &generator))
        }
        if generator.uniform() < Self.usualFailures {
            let phrase = known[min(known.count - 1, generator.zipf(count: known.count, exponent: 1.1) - 1)]
            for attempt in 0..<(1 + generator.poisson(mean: 0.7)) {
                lines.append(
                    line(phrase, account, hour + Double(attempt) * 0.001, request, effect: -1, using: &generator))
            }
        }
    }

    private func line(
        _ phrase: Phrase, _ account: Int, _ hour: Double, _ request: UInt64, effect: Int,
        using generator: inout some RandomNumberGenerator
    ) -> ImpactLine {
        let deployment = world.accounts[account].deployment
        return ImpactLine(
            hour: hour, delay: generator.exponential(rate: 0.5), phrase: phrase, account: account,
            deployment: deployment,
            host: generator.index(world.deployments[deployment].hosts.count),
            naming: naming(phrase, account, using: &generator), request: request, effect: effect)
    }

    private func naming(
        _ phrase: Phrase, _ account: Int, using generator: inout some RandomNumberGenerator
    ) -> ImpactLine.Naming {
        guard grade == .hard else { return .id }
        let share = scenario == .missingIds ? 0.5 : 0.65
        if world.accounts[account].isNeverNamed || mute.contains(phrase.service) || generator.uniform() >= share {
            return .none
        }
        let draw = generator.uniform()
        if draw < 0.6 { return .id }
        if draw < 0.72 { return .writtenOtherwise }
        if draw < 0.84 { return .workspace }
        if draw < 0.9 { return .legacyId }
        return draw < 0.95 ? .mail : .network
    }
}
