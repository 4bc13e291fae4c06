internal import Algorithms

/// Makes one trouble of a recipe.
struct TroubleForge {
    let world: ImpactWorld
    /// In order of time.
    let requests: [Request]
    let isHard: Bool

    /// A trouble that meets requests enough; nil when a hundred draws found none.
    func trouble(
        _ recipe: TroubleRecipe, apartFrom others: [Trouble], beside: Trouble?, _ draw: inout Draw
    ) -> Trouble? {
        for attempt in 0..<300 {
            let hours = draw.uniform(recipe.hours)
            // With few requests a longer trouble meets more of them.
            let length = hours * 3_600 * (attempt < 60 ? 1 : 1 + Double(attempt - 60) / 80)
            let start = start(of: length, beside: attempt < 150 ? beside : nil, &draw)
            let end = min(start + length, world.end - 1_800)
            guard end - start > 900 else { continue }
            let noisy = noisyAccount(recipe.reach, &draw)
            guard let scope = scope(recipe, noisy: noisy, &draw) else { continue }
            let isClear = others.allSatisfy { other in
                let pause: Double = isHard ? 1_800 : 4 * 3_600
                guard start < other.end + pause, other.start < end + pause else { return true }
                return isHard && !zip(scope.scope.deployments, other.scope.deployments).contains { $0 && $1 }
            }
            guard isClear else { continue }
            let chance = draw.uniform(recipe.chance)
            let course = course(recipe, &draw)
            var trouble = Trouble(
                start: start, end: end, scope: scope.scope, course: course, chance: chance, causes: [],
                outcomes: world.product.functions.map { _ in nil }, component: [], componentPerHour: 0,
                repeats: draw.uniform(1...1.5),
                writing: WritingHabits(
                    share: draw.uniform(recipe.ticketShare) * (isHard ? 0.6 : 1),
                    delayMinutes: draw.uniform(isHard ? 60...180 : 35...80), vagueShare: isHard ? 0.5 : 0.1),
                noisy: noisy, words: TroubleWords(function: "", noun: "", message: ""))
            let failures = expectedFailures(trouble)
            guard failures >= recipe.leastFailures else { continue }
            let symptoms = SymptomForge(product: world.product, isHard: isHard)
            symptoms.fill(&trouble, recipe, failingService: scope.service, &draw)
            if recipe.volume > 1 { flood(&trouble, failures: failures, volume: recipe.volume, &draw) }
            return trouble
        }
        return nil
    }

    /// Makes a trouble write so many times what the desk writes in the same time: half of it by requests that try again and again.
    private func flood(_ trouble: inout Trouble, failures: Double, volume: Double, _ draw: inout Draw) {
        // A request writes two or three records.
        let perHour = Double(world.size.requestsPerDay) / 24 * 2.5 * volume
        let hours = (trouble.end - trouble.start) / 3_600
        trouble.repeats = 1 + perHour * hours / 2 / failures
        trouble.componentPerHour = perHour / 2
    }

    private func start(of length: Double, beside: Trouble?, _ draw: inout Draw) -> Double {
        if let beside { return beside.start + draw.uniform(-0.3...0.6) * (beside.end - beside.start) }
        let request = requests[draw.number(requests.count / 4...requests.count - 1)]
        let earliest = world.start + 2 * 86_400
        return max(earliest, request.time - draw.uniform() * length)
    }

    private func course(_ recipe: TroubleRecipe, _ draw: inout Draw) -> Trouble.Course {
        if recipe.isRising { return .rising }
        if isHard && draw.chance(0.15) { return .pulses(period: draw.uniform(10...40), on: draw.uniform(4...9)) }
        return .steady
    }

    private func noisyAccount(_ reach: TroubleRecipe.Reach, _ draw: inout Draw) -> Int? {
        guard case .neighbours = reach else { return nil }
        let busy = world.accounts.indices.filter {
            world.accounts[$0].deployments.allSatisfy { $0 < world.size.sharedDeployments }
        }
        return busy.isEmpty ? nil : draw.one(of: busy)
    }

    private func scope(
        _ recipe: TroubleRecipe, noisy: Int?, _ draw: inout Draw
    ) -> (scope: Trouble.Scope, service: Int)? {
        var deployments = world.deployments.map { _ in false }
        var shard: Int?
        var accounts: [Bool]?
        let shared = draw.number(0...world.size.sharedDeployments - 1)
        switch recipe.reach {
        case .deployment(let partShare):
            deployments[shared] = true
            if draw.chance(isHard ? partShare : partShare / 2) { shard = draw.number(0...ImpactWorld.shards - 1) }
        case .account:
            let account = draw.index(weights: world.accounts.map(\.activity))
            for home in world.accounts[account].deployments { deployments[home] = true }
            accounts = world.accounts.indices.map { $0 == account }
        case .customised:
            let customised = world.deployments.indices.filter { world.deployments[$0].isCustomised }
            guard !customised.isEmpty else { return nil }
            deployments[draw.one(of: customised)] = true
        case .handful(let share):
            deployments[shared] = true
            let chance = draw.uniform(share)
            accounts = world.accounts.map { _ in draw.chance(chance) }
        case .region:
            let region = world.deployments[shared].region
            deployments = world.deployments.map { $0.region == region && !$0.isCustomised }
        case .neighbours:
            guard let noisy, let home = world.accounts[noisy].deployments.first else { return nil }
            deployments[home] = true
            accounts = world.accounts.indices.map { $0 != noisy }
        }
        let functions = world.product.functions
        let lead = draw.index(weights: functions.map(\.weight))
        let service = draw.one(of: functions[lead].chain)
        let isIn: [Bool]
        switch draw.one(of: recipe.breadths) {
        case .everything: isIn = functions.map { _ in true }
        case .service: isIn = functions.map { $0.chain.contains(service) }
        case .oneFunction: isIn = functions.indices.map { $0 == lead }
        }
        return (Trouble.Scope(deployments: deployments, functions: isIn, shard: shard, accounts: accounts), service)
    }

    private func expectedFailures(_ trouble: Trouble) -> Double {
        let first = requests.partitioningIndex { $0.time >= trouble.start }
        let end = requests.partitioningIndex { $0.time >= trouble.end }
        var sum = 0.0
        for request in requests[first..<end] where trouble.scope.holds(request, of: world.accounts[request.account]) {
            sum += trouble.chance(at: request.time)
        }
        return sum
    }

    /// The releases that bring a trouble, shortly before it on each of its deployments, and go back when it ends.
    func releases(of trouble: Trouble, _ draw: inout Draw) -> [PlannedRelease] {
        let base = world.deployments[0].version.split(separator: ".").prefix(2).joined(separator: ".")
        let version = "\(base).\(draw.number(4...19))"
        let component = draw.chance(0.5) ? draw.one(of: world.product.services).name : ""
        return world.deployments.indices.filter { trouble.scope.deployments[$0] }.map {
            PlannedRelease(
                component: component, version: version, deployment: $0, time: trouble.start - draw.uniform(30...900),
                until: trouble.end)
        }
    }
}
