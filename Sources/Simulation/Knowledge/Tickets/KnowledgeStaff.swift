import Records

/// The support team of a simulated desk.
struct KnowledgeStaff {
    let groups: [String]
    let agents: [KnowledgeAgent]
    private let membersOfGroup: [[Int]]

    /// Draws a team, of whom a quarter come and a fifth go within the year.
    init(groups: [String], tickets: Int, start: Double, end: Double, _ draw: inout Draw) {
        let count = max(2 * groups.count, min(400, tickets / 300))
        let step = (end - start) / 10
        var agents: [KnowledgeAgent] = []
        var members = groups.map { _ in [Int]() }
        for index in 0..<count {
            let group = index % groups.count
            // The first of each group stays, so that somebody is always there.
            let isNew = index >= groups.count && draw.chance(0.25)
            let leaves = index >= groups.count && draw.chance(0.2)
            let since = isNew ? start + step * draw.uniform(0.5...4) : start - 86_400 * draw.uniform(30...1_500)
            let until = leaves ? start + step * draw.uniform(5...9.5) : nil
            let name = "\(draw.one(of: InventedNames.first)) \(CompanyNames.root(&draw))"
            agents.append(
                KnowledgeAgent(
                    id: DeskNames.assignee(index), group: groups[group], since: Instant(seconds: Self.midnight(since)),
                    until: until.map { Instant(seconds: Self.midnight($0)) }, name: name))
            members[group].append(index)
        }
        (self.groups, self.agents, membersOfGroup) = (groups, agents, members)
    }

    private static func midnight(_ time: Double) -> Double { (time / 86_400).rounded(.down) * 86_400 }

    /// Somebody of a group who is there at a time and for a month after it.
    func agent(of group: Int, at time: Double, _ draw: inout Draw) -> KnowledgeAgent {
        let members = membersOfGroup[group]
        for _ in 0..<6 {
            let agent = agents[draw.one(of: members)]
            let isLeaving = agent.until.map { $0.seconds < time + 30 * 86_400 } ?? false
            if agent.since.seconds <= time, !isLeaving { return agent }
        }
        return agents[members[0]]
    }
}
