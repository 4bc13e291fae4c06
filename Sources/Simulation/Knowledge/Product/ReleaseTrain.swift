/// The versions that a product's deployments run in the course of a year.
struct ReleaseTrain: Sendable {
    /// The versions, the oldest first, and when each came out.
    let versions: [(name: String, time: Double)]
    let releases: [PlannedRelease]
    /// The upgrades of each deployment, in order of time.
    private let upgrades: [[(time: Double, version: Int)]]

    init(of world: ImpactWorld, _ draw: inout Draw) {
        let numbers = (world.deployments.first?.version ?? "1.0.0").split(separator: ".").compactMap { Int($0) }
        let count = draw.number(6...9)
        let step = (world.end - world.start) / Double(count)
        let versions = (0..<count).map { index in
            let time = world.start + (Double(index) - 0.5 + draw.uniform(-0.2...0.2)) * step
            return (name: "\(numbers.first ?? 1).\((numbers.dropFirst().first ?? 0) + index).0", time: time)
        }
        var releases: [PlannedRelease] = []
        var upgrades: [[(time: Double, version: Int)]] = []
        for deployment in world.deployments.indices {
            let slowness = draw.exponential(mean: 6) + (world.deployments[deployment].isCustomised ? 20 : 0)
            var ofDeployment: [(time: Double, version: Int)] = []
            for (index, version) in versions.enumerated() where index > 0 {
                let time = version.time + (slowness + draw.exponential(mean: 2)) * 86_400
                guard time < world.end, time > ofDeployment.last?.time ?? 0 else { continue }
                ofDeployment.append((time, index))
                releases.append(
                    PlannedRelease(component: "", version: version.name, deployment: deployment, time: time))
            }
            upgrades.append(ofDeployment)
        }
        (self.versions, self.releases, self.upgrades) = (versions, releases, upgrades)
    }

    /// The index of the version that a deployment runs at a time.
    func version(of deployment: Int, at time: Double) -> Int {
        upgrades[deployment].last { $0.time <= time }?.version ?? 0
    }
}
