import Statistics

/// What goes wrong in each scenario.
struct ScenarioEffects {
    let scenario: ImpactScenario
    let grade: ImpactGrade
    let world: ImpactWorld
    /// The hours before which nothing goes wrong, so that there is something usual.
    let quiet: Double
    let hours: Double
    /// Failures that come all the time, which some incidents are more of.
    let known: [Phrase]

    func effects(using generator: inout some RandomNumberGenerator) -> [Effect] {
        var effects: [Effect] = []
        let count = 2 + generator.index(grade == .hard ? 4 : 2)
        let slot = (hours - quiet) / Double(count)
        var used: Set<Int> = []
        for index in 0..<count {
            let start = quiet + slot * Double(index) + generator.uniform() * slot * 0.4
            guard let effect = effect(at: start, longest: slot * 1.2, &used, using: &generator) else { continue }
            effects.append(effect)
            if scenario == .coincidence || scenario == .ticketFlood, index == 0 {
                effects.append(contentsOf: distractions(start, using: &generator))
            }
        }
        return effects
    }

    private func effect(
        at start: Double, longest: Double, _ used: inout Set<Int>, using generator: inout some RandomNumberGenerator
    ) -> Effect? {
        let phrases = phrases(using: &generator)
        let duration = min(longest, generator.logNormal(logMean: 0.9, logStandardDeviation: 0.6))
        let end = min(hours - 1, start + max(0.7, duration))
        let shared = sharedDeployment(&used, using: &generator)
        var effect = Effect(
            start: start, end: end, accounts: accounts(on: [shared]), phrases: phrases,
            intensity: 0.6 + generator.uniform(), remaining: 0.4)
        switch scenario {
        case .sharedClusterOutage, .missingIds, .silentSufferers, .clockSkew, .coincidence, .ticketFlood: break
        case .misconfiguration:
            let account = generator.index(world.accounts.count)
            effect.accounts = [account]
            effect.intensity = 4 * max(1, 4 / world.accounts[account].rate)
            effect.end = min(hours - 1, start + max(3, duration * 3))
        case .customisedDeployment:
            let own = world.deployments.indices.filter { world.deployments[$0].isCustomised && !used.contains($0) }
            guard let deployment = own.randomElement(using: &generator) else { return nil }
            used.insert(deployment)
            effect.accounts = accounts(on: [deployment])
            effect.intensity = 3 * max(1, 4 / (world.accounts[effect.accounts.first ?? 0].rate))
            effect.end = min(hours - 1, start + max(3, duration * 3))
        case .novelError:
            effect.phrases = [(failure(using: &generator), 1, 0)]
            effect.accounts = effect.accounts.filter { _ in generator.uniform() < 0.5 }
            effect.intensity = 0.4
            effect.end = min(hours - 1, start + max(2, duration * 2))
        case .storm:
            effect.retries = 40 + generator.index(60)
            effect.intensity = 1
            effect.end = min(hours - 1, start + min(2, max(0.7, duration)))
        case .regionalRegression:
            let region = world.deployments[shared].region
            let own = world.deployments.indices.filter { world.deployments[$0].region == region }
            used.formUnion(own)
            effect.accounts = accounts(on: own)
            effect.intensity = 0.3
            effect.end = min(hours - 1, start + max(6, duration * 4))
        case .slowRamp:
            effect.start = quiet * 0.6
            effect.end = hours - 1 - generator.uniform() * 10
            effect.growth = 1.6 + generator.uniform()
            effect.intensity = 1.5
            effect.remaining = 0.9
        case .noisyNeighbour:
            guard let noisy = effect.accounts.randomElement(using: &generator) else { return nil }
            effect.accounts.removeAll { $0 == noisy }
            effect.load = (noisy, 25)
            effect.intensity = 0.5
        }
        guard !effect.accounts.isEmpty else { return nil }
        return effect
    }

    /// What happens at the same time and hurts nobody.
    private func distractions(_ start: Double, using generator: inout some RandomNumberGenerator) -> [Effect] {
        if scenario == .ticketFlood {
            return (0..<2).map { index in
                let start = min(hours - 4, start + Double(index) * 30 + 6)
                return Effect(
                    start: start, end: start + 3, accounts: [], phrases: [], intensity: 0, isIncident: false,
                    floodTickets: 15 + generator.index(20))
            }
        }
        return []
    }

    private func phrases(using generator: inout some RandomNumberGenerator) -> [(
        phrase: Phrase, share: Double, delay: Double
    )] {
        var phrases: [(phrase: Phrase, share: Double, delay: Double)] = [(failure(using: &generator), 1, 0)]
        // Some incidents are more of what is known.
        if generator.uniform() < 0.4, let phrase = known.randomElement(using: &generator) {
            phrases.append((phrase, 0.6, 0))
        }
        for _ in 0..<generator.index(3) { phrases.append((failure(using: &generator), 0.4, generator.uniform() * 0.2)) }
        return phrases
    }

    private func failure(using generator: inout some RandomNumberGenerator) -> Phrase {
        Phrase.failure(
            services: world.services.count, severity: generator.uniform() < 0.85 ? 17 : generator.pick([13, 21]),
            using: &generator)
    }

    private func sharedDeployment(_ used: inout Set<Int>, using generator: inout some RandomNumberGenerator) -> Int {
        let shared = world.deployments.indices.filter { !world.deployments[$0].isCustomised }
        let free = shared.filter { !used.contains($0) }
        let deployment = (free.isEmpty ? shared : free).randomElement(using: &generator) ?? 0
        used.insert(deployment)
        return deployment
    }

    private func accounts(on deployments: [Int]) -> [Int] {
        world.accounts.indices.filter { deployments.contains(world.accounts[$0].deployment) }
    }
}
