/// How far the clocks of hosts are off, and how long their records take.
struct HostClocks {
    /// For each deployment and host the seconds by which its clock is ahead.
    private(set) var ahead: [[Double]]
    /// For each deployment and host the mean of the seconds until a record is observed.
    let delay: [[Double]]

    /// Clocks of a world.
    ///
    /// On a desk with skew a third of the hosts are off by minutes to hours, or write a zone's time as if it were UTC. On the hard grade
    /// of any scenario a tenth is, where records have a time of observation.
    init(of world: ImpactWorld, scenario: ImpactScenario, isHard: Bool, _ draw: inout Draw) {
        let share = scenario == .clockSkew ? (isHard ? 0.4 : 0.25) : isHard ? 0.1 : 0
        let zone = Double(draw.one(of: [-18_000, 3_600, 7_200, 19_800, 28_800]))
        ahead = world.deployments.map { deployment in
            deployment.hosts.map { _ in
                guard draw.chance(share) else { return draw.uniform(-0.05...0.05) }
                if draw.chance(0.4) { return zone }
                return draw.logNormal(median: 900, deviation: 1.2) * (draw.chance(0.5) ? 1 : -1)
            }
        }
        delay = world.deployments.map { deployment in
            deployment.hosts.map { _ in isHard && draw.chance(0.2) ? draw.uniform(5...40) : draw.uniform(0.05...1) }
        }
    }
}
