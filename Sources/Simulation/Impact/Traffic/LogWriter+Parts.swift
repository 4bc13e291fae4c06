import Records

extension LogWriter {
    func body(
        _ statement: Statement, _ line: LogLine, _ who: Who, name: String?, at time: Double, _ draw: inout Draw
    ) -> String {
        var text = ""
        for piece in statement.pieces {
            switch piece {
            case .text(let words): text += words
            case .account: text += name ?? "-"
            case .user: text += who.user.id
            case .request: text += who.request
            case .session: text += who.session
            case .address:
                let network = who.account.map { world.accounts[$0].network } ?? "10.0.0"
                text += "\(network).\(who.host)"
            case .host: text += world.deployments[line.deployment].hosts[line.host]
            case .number(let range):
                let low = Double(range.lowerBound)
                text += String(
                    min(range.upperBound, Int(draw.logNormal(median: low * 3, deviation: 1)) + range.lowerBound - 1))
            case .milliseconds: text += String(Int(draw.logNormal(median: line.cause == nil ? 40 : 900, deviation: 1)))
            case .hex(let count): text += draw.hexWord(count)
            case .entity: text += who.entity
            case .status: text += String(line.status)
            case .clock: text += civil(time)
            }
        }
        return text
    }

    private func civil(_ time: Double) -> String {
        let clock = CivilTime(localSeconds: time.rounded(.down))
        func two(_ number: Int) -> String { DeskNames.padded(number, 2) }
        return
            "\(clock.year)-\(two(clock.month))-\(two(clock.day)) \(two(clock.hour)):\(two(clock.minute)):\(two(Int(clock.second)))"
    }

    mutating func resource(_ line: LogLine, _ service: Service) {
        let deployment = world.deployments[line.deployment]
        let keys = world.habits.resource
        let host = deployment.hosts[line.host]
        var members = [
            (keys.service, service.name),
            (keys.host, world.habits.hostsHaveDomain ? "\(host).\(deployment.domain)" : host),
        ]
        if let key = keys.deployment { members.append((key, deployment.id)) }
        if let key = keys.region { members.append((key, deployment.region)) }
        if let key = keys.version { members.append((key, version(on: line.deployment, at: line.time))) }
        if let key = keys.environment { members.append((key, deployment.environment)) }
        addResource(members)
    }

    private func version(on deployment: Int, at time: Double) -> String {
        let release = traffic.plan.releases.last {
            $0.deployment == deployment && $0.time <= time && time < ($0.until ?? .infinity)
        }
        return release?.version ?? world.deployments[deployment].version
    }
}
