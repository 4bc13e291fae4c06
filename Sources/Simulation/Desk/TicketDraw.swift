import Glibc
import Statistics

/// One ticket of a synthetic desk while it is drawn: who and what, as indices into the organization.
struct TicketDraw: Sendable {
    var opened: Double
    var customer: Int
    var category: Int
    var group: Int
    /// An index over the assignees of all groups, or nil when nobody had the ticket yet.
    var assignee: Int?
    var channel: Int
    var priority: Int
    var problem: Int
    var isDefect: Bool

    init(
        opened: Double, desk: DeskOrganization, customers: [Double], parameters: DeskParameters,
        using generator: inout some RandomNumberGenerator
    ) {
        self.opened = opened
        customer = min(
            desk.customerShares.count - 1, customers.insertionPoint(of: generator.uniform() * (customers.last ?? 0)))
        category = generator.categorical(weights: DeskOrganization.categoryShares)
        let isAtHome = generator.uniform() < DeskOrganization.homeGroupShare
        let anyGroup = Int(generator.uniform() * Double(DeskOrganization.groups))
        group = isAtHome ? category % DeskOrganization.groups : anyGroup
        let member = generator.categorical(weights: DeskOrganization.assigneeShares)
        let isAssigned = generator.uniform() >= parameters.unassignedShare
        assignee = isAssigned ? group * DeskOrganization.assigneesPerGroup + member : nil
        channel = generator.categorical(weights: DeskOrganization.channelShares)
        priority = generator.categorical(weights: DeskOrganization.priorityShares)
        problem = generator.categorical(weights: Problem.shares)
        let mayBeDefect = desk.problems[category][problem].isHard
        isDefect = generator.uniform() < parameters.defectShare && mayBeDefect
    }

    /// The distribution of its hours of work: every difficulty lengthens the work and makes the fast path less likely.
    func mixture(desk: DeskOrganization, parameters: DeskParameters, shiftedFrom shift: Double) -> ResolutionMixture {
        let difficulties: [(spread: DeskParameters.Spread, value: Double)] = [
            (parameters.customer, desk.customers.values[customer]),
            (parameters.group, desk.groups.values[group]),
            (parameters.assignee, assignee.map { desk.assignees.values[$0] } ?? 0),
            (parameters.category, desk.categories.values[category]),
            (parameters.channel, desk.channels.values[channel]),
            (parameters.priority, desk.priorities.values[priority]),
            (parameters.problem, desk.problems[category][problem].difficulty),
            (parameters.defect, isDefect ? 1 : 0),
        ]
        let logHours = difficulties.map { $0.spread.logHours * $0.value }.reduce(0, +)
        let logit = difficulties.map { $0.spread.logit * $0.value }.reduce(0, +)
        let level = opened >= shift ? parameters.levelShift : 0
        let slow = log(parameters.slowMedianHours) + logHours + level
        guard let fastPath = parameters.fastPath else {
            return ResolutionMixture(
                fastProbability: 0, fastLogMedian: slow, slowLogMedian: slow, sigma: parameters.residualDeviation)
        }
        return ResolutionMixture(
            fastProbability: 1 / (1 + exp(logit - fastPath.logit)), fastLogMedian: log(fastPath.medianHours) + logHours,
            slowLogMedian: slow, sigma: parameters.residualDeviation)
    }
}
