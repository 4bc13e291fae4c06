/// How big a simulated world is.
struct WorldSize {
    var days: Int
    var accounts: Int
    var sharedDeployments: Int
    var dedicatedDeployments: Int
    var customisedDeployments: Int
    var regions: Int
    /// Requests of all accounts on a mean day.
    var requestsPerDay: Int
}

extension WorldSize {
    init(scenario: ImpactScenario, isHard: Bool, _ draw: inout Draw) {
        days = draw.number(isHard ? 6...9 : 6...7)
        accounts = draw.number(isHard ? 90...220 : 40...80)
        sharedDeployments = draw.number(isHard ? 4...7 : 3...4)
        dedicatedDeployments = draw.number(isHard ? 3...6 : 1...3)
        customisedDeployments = scenario == .customisedDeployment ? draw.number(4...6) : draw.number(0...2)
        regions = draw.number(2...4)
        requestsPerDay = isHard ? draw.number(2_200...4_500) : draw.number(1_800...3_000)
        if scenario == .storm { requestsPerDay /= 2 }
    }
}
