import Statistics

/// Who works at a synthetic desk and who writes to it: everything that is drawn once, before the tickets.
struct DeskOrganization: Sendable {
    static let groups = 8
    static let assigneesPerGroup = 5
    static let channels = ["phone", "web", "mail", "chat"]
    static let channelShares = [0.35, 0.3, 0.25, 0.1]
    static let priorities = ["critical", "high", "normal", "low"]
    static let priorityShares = [0.015, 0.04, 0.885, 0.06]
    static let categoryShares = (1...Vocabulary.categories.count).map { 1 / (Double($0) + 2) }
    /// How often a ticket goes to the group that serves its category rather than to any group.
    static let homeGroupShare = 0.75
    /// Shares of the assignees of a group: somebody always does most of the work.
    static let assigneeShares = [0.34, 0.25, 0.18, 0.13, 0.1]

    let customerShares: [Double]
    let customers: Difficulties
    let groups: Difficulties
    let assignees: Difficulties
    let categories: Difficulties
    let channels: Difficulties
    let priorities: Difficulties
    let problems: [[Problem]]

    init(tickets: Int, parameters: DeskParameters, using generator: inout some RandomNumberGenerator) {
        let count = max(10, tickets / parameters.ticketsPerCustomer)
        customerShares = (0..<count).map { _ in
            generator.logNormal(logMean: 0, logStandardDeviation: parameters.customerLogSizeDeviation)
        }
        customers = Difficulties(weights: customerShares, using: &generator)
        groups = Difficulties(weights: Array(repeating: 1, count: Self.groups), using: &generator)
        let shares = (0..<Self.groups).flatMap { _ in Self.assigneeShares }
        assignees = Difficulties(weights: shares, using: &generator)
        categories = Difficulties(weights: Self.categoryShares, using: &generator)
        channels = Difficulties(weights: Self.channelShares, using: &generator)
        priorities = Difficulties(weights: Self.priorityShares, using: &generator)
        problems = Vocabulary.categories.map { Problem.problems(of: $0, using: &generator) }
    }
}
