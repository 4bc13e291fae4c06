import Statistics

/// Writes the lines of a simulated log as JSON.
struct LogText {
    private let impact: SimulatedImpact
    private let habits: Habits
    /// For each deployment and host by how many seconds its clock is wrong.
    private let clocks: [[Double]]

    init(_ impact: SimulatedImpact, using generator: inout some RandomNumberGenerator) {
        self.impact = impact
        habits = impact.world.habits
        clocks = impact.world.deployments.map { deployment in
            deployment.hosts.map { _ in
                guard impact.scenario == .clockSkew, generator.uniform() < 0.5 else { return 0 }
                return generator.pick([7_200, -18_000, 3_600, 900, -1_500, 25_200])
            }
        }
    }

    func contents(using generator: inout some RandomNumberGenerator) -> String {
        var text = ""
        text.reserveCapacity(impact.lines.count * 260)
        for line in impact.lines { text += record(line, using: &generator) + "\n" }
        return text
    }

    private func record(_ line: ImpactLine, using generator: inout some RandomNumberGenerator) -> String {
        let world = impact.world
        let deployment = world.deployments[line.deployment]
        let service = world.services[line.phrase.service]
        let host = deployment.hosts[line.host]
        let time = SimulatedImpact.start + line.hour * 3_600
        let shown = Int64((time + clocks[line.deployment][line.host]) * 1e6) * 1_000
        var body = line.phrase.message(habits.dialect, service: service, host: host, using: &generator)
        var attributes: [(String, String)] = []
        name(line, &body, &attributes, using: &generator)
        let isTraced = habits.hasTraces && !line.request.isMultiple(of: 5)
        if !isTraced || line.request.isMultiple(of: 3) {
            attributes.append((habits.requestKey, JSONText.string("r" + String(line.request >> 24, radix: 16))))
        }
        attributes.append(("thread", String(generator.index(32))))
        var resource = [(habits.serviceKey, JSONText.string(service)), (habits.hostKey, JSONText.string(host))]
        if let key = habits.deploymentKey { resource.append((key, JSONText.string(deployment.id))) }
        var members: [(String, String)] = [
            ("timeUnixNano", habits.isTimeText ? "\"\(shown)\"" : "\(shown)")
        ]
        if habits.hasObservedTime {
            members.append(("observedTimeUnixNano", "\(Int64((time + line.delay) * 1e6) * 1_000)"))
        }
        members.append(("severityNumber", String(line.phrase.severity)))
        members.append(("body", JSONText.string(body)))
        members.append(("attributes", JSONText.object(attributes)))
        members.append(("resource", JSONText.object(resource)))
        if isTraced {
            let digits = String(line.request, radix: 16)
            members.append(
                ("traceId", JSONText.string(String(repeating: "0", count: 32 - digits.count - 1) + "1" + digits)))
        }
        return JSONText.object(members)
    }

    private func name(
        _ line: ImpactLine, _ body: inout String, _ attributes: inout [(String, String)],
        using generator: inout some RandomNumberGenerator
    ) {
        let account = impact.world.accounts[line.account]
        let name: String
        switch line.naming {
        case .none: return
        case .id: name = account.id
        case .writtenOtherwise:
            name =
                generator.uniform() < 0.5
                ? account.id.uppercased() : String(account.id.map { $0 == "-" ? "_" : $0 }).lowercased()
        case .workspace: name = account.workspace
        case .legacyId: name = account.legacyId
        case .mail:
            attributes.append(
                ("user", JSONText.string("\(generator.pick(ImpactNames.people).lowercased())@\(account.domain)")))
            return
        case .network:
            attributes.append(("client.address", JSONText.string("\(account.network).\(generator.index(250) + 1)")))
            return
        }
        guard generator.uniform() < habits.inMessage else {
            attributes.append((habits.idKey, JSONText.string(name)))
            return
        }
        let parts = generator.pick(habits.idPhrases).split(separator: "%", omittingEmptySubsequences: false)
        body += " " + parts.joined(separator: name)
    }
}
