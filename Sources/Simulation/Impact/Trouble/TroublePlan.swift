/// The troubles of a desk, and what looks like one and is none.
struct TroublePlan {
    private(set) var troubles: [Trouble] = []
    private(set) var floods: [TicketFlood] = []
    private(set) var jobs: [FailingJob] = []
    private(set) var releases: [PlannedRelease] = []

    /// Draws a plan in which each trouble meets requests enough.
    ///
    /// On the hard grade the second trouble of each pair falls into the time of the first, on other deployments.
    init(
        _ scenario: ImpactScenario, _ grade: ImpactGrade, in world: ImpactWorld, requests: [Request], _ draw: inout Draw
    ) {
        let recipe = ScenarioRecipe(scenario)
        let isHard = grade == .hard
        let count = draw.number(recipe.count)
        let forge = TroubleForge(world: world, requests: requests, isHard: isHard)
        for index in 0..<count {
            let beside = isHard && index % 2 == 1 ? troubles.last : nil
            let kind = recipe.troubles[index % recipe.troubles.count]
            guard let trouble = forge.trouble(kind, apartFrom: troubles, beside: beside, &draw) else { continue }
            troubles.append(trouble)
            if case .region = kind.reach { releases += forge.releases(of: trouble, &draw) }
        }
        for _ in 0..<draw.number(recipe.floods) {
            floods.append(TicketFlood(in: world, &draw))
        }
        let jobCount =
            recipe.coincidences == 0...0 ? draw.number(isHard ? 0...2 : 0...1) : draw.number(recipe.coincidences)
        for index in 0..<jobCount {
            let hour = troubles.isEmpty || !draw.chance(0.8) ? nil : troubles[index % troubles.count].start
            jobs.append(FailingJob(at: hour, in: world, &draw))
        }
        // Releases that break nothing.
        for _ in 0..<draw.number(2...6) {
            let time = world.start + draw.uniform() * (world.end - world.start)
            let deployment = draw.number(0...world.deployments.count - 1)
            releases.append(
                PlannedRelease(
                    component: draw.chance(0.5) ? draw.one(of: world.product.services).name : "",
                    version: world.deployments[deployment].version, deployment: deployment, time: time))
        }
    }
}

/// A release of a simulated desk.
struct PlannedRelease {
    var component: String
    var version: String
    var deployment: Int
    var time: Double
    /// Until when it stays; nil when it stays.
    var until: Double?
}

/// Many tickets about one thing that no log shows.
struct TicketFlood {
    var start: Double
    var hours: Double
    var accounts: [Int]
    var subject: String

    private static let subjects = [
        "question about the new price list", "newsletter arrived twice", "how do we fill in the new tax form",
        "phishing mail in your name", "when is the maintenance window", "invoice layout changed",
        "password reminder for the training portal", "holiday opening hours", "contract renewal letter",
        "request for the new data processing agreement", "where is the new menu", "webinar link does not open",
    ]

    init(in world: ImpactWorld, _ draw: inout Draw) {
        start = world.start + draw.uniform(0.3...0.9) * (world.end - world.start)
        hours = draw.uniform(2...10)
        accounts = draw.some(max(8, world.accounts.count / draw.number(3...6)), of: Array(world.accounts.indices))
        subject = draw.one(of: Self.subjects)
    }
}

/// A job that fails for some accounts on every day alike: an error that hurts nobody anew.
struct FailingJob {
    /// Seconds after midnight UTC.
    var secondOfDay: Double
    var statement: Statement
    var accounts: [Int]
    var deployment: Int
    /// The mean number of failures a day.
    var perDay: Double

    init(at time: Double?, in world: ImpactWorld, _ draw: inout Draw) {
        let offset = time.map { $0 - world.start + draw.uniform(-600...1_200) } ?? draw.uniform(0...86_000)
        secondOfDay = max(0, offset.truncatingRemainder(dividingBy: 86_400))
        deployment = draw.number(0...world.deployments.count - 1)
        let home = world.deployments[deployment].accounts
        accounts = draw.some(draw.number(3...15), of: home.isEmpty ? Array(world.accounts.indices) : home)
        let function = draw.one(of: world.product.functions)
        statement = world.product.forge.statement(
            Phrases.error, 17, draw.one(of: function.chain), function.verb, function.noun, &draw)
        perDay = draw.uniform(8...30)
    }
}
