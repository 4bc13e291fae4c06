import Statistics

/// The files that say who the customers are.
struct ContextFiles {
    let world: ImpactWorld
    let grade: ImpactGrade
    let hours: Double

    func files(using generator: inout some RandomNumberGenerator) -> [DeskFile] {
        [
            file("organizations", organizations()), file("accounts", accounts(using: &generator)),
            file("deployments", deployments(using: &generator)), file("contacts", contacts(using: &generator)),
            file("aliases", aliases(using: &generator)), file("topology", topology()),
            file("releases", releases(using: &generator)),
        ]
    }

    private func file(_ name: String, _ records: [[(String, String)]]) -> DeskFile {
        DeskFile(name: name + ".ndjson", contents: records.map { JSONText.object($0) + "\n" }.joined())
    }

    private func organizations() -> [[(String, String)]] {
        world.organizations.enumerated().map { index, item in
            [
                ("id", JSONText.string("O\(index + 1)")), ("name", JSONText.string(item.name)),
                ("segment", JSONText.string(item.segment)), ("annualValue", decimal(item.value, places: 1)),
            ]
        }
    }

    private func accounts(using generator: inout some RandomNumberGenerator) -> [[(String, String)]] {
        world.accounts.map { account in
            var record = [("id", JSONText.string(account.id)), ("name", JSONText.string(account.name))]
            if keeps(0.95, &generator) {
                record.append(("organization", JSONText.string("O\(account.organization + 1)")))
            }
            if keeps(0.95, &generator) { record.append(("tier", JSONText.string(account.tier))) }
            if keeps(0.9, &generator) { record.append(("annualValue", decimal(account.value, places: 1))) }
            if keeps(0.9, &generator) { record.append(("slaHours", decimal(account.slaHours, places: 1))) }
            return record
        }
    }

    private func deployments(using generator: inout some RandomNumberGenerator) -> [[(String, String)]] {
        world.deployments.enumerated().map { index, deployment in
            let users = world.accounts.filter { $0.deployment == index && keeps(0.97, &generator) }
            return [
                ("id", JSONText.string(deployment.id)), ("environment", JSONText.string("production")),
                ("region", JSONText.string(deployment.region)), ("version", JSONText.string(deployment.version)),
                ("components", JSONText.list(world.services.map(JSONText.string))),
                ("hosts", JSONText.list(deployment.hosts.map(JSONText.string))),
                ("accounts", JSONText.list(users.map { JSONText.string($0.id) })),
                ("customised", deployment.isCustomised ? "true" : "false"),
            ]
        }
    }

    private func contacts(using generator: inout some RandomNumberGenerator) -> [[(String, String)]] {
        world.accounts.enumerated().map { index, account in
            let person = generator.pick(ImpactNames.people)
            return [
                ("id", JSONText.string("P\(index + 1)")), ("account", JSONText.string(account.id)),
                ("name", JSONText.string("\(person) \(account.name.prefix(6))sen")),
                ("email", JSONText.string("\(person.lowercased())@\(account.domain)")),
            ]
        }
    }

    private func aliases(using generator: inout some RandomNumberGenerator) -> [[(String, String)]] {
        world.accounts.flatMap { account in
            [
                ("workspace", account.workspace), ("legacyId", account.legacyId), ("domain", account.domain),
                ("ip", account.network + ".0/24"),
            ].filter { _ in keeps(0.97, &generator) }.map { kind, value in
                [
                    ("account", JSONText.string(account.id)), ("kind", JSONText.string(kind)),
                    ("value", JSONText.string(value)),
                ]
            }
        }
    }

    private func topology() -> [[(String, String)]] {
        zip(world.services, world.services.dropFirst()).map {
            [("from", JSONText.string($0)), ("to", JSONText.string($1))]
        }
    }

    private func releases(using generator: inout some RandomNumberGenerator) -> [[(String, String)]] {
        world.deployments.map { deployment in
            [
                ("component", JSONText.string(generator.pick(world.services))),
                ("version", JSONText.string(deployment.version)), ("deployment", JSONText.string(deployment.id)),
                ("deployedAt", JSONText.string(SimulatedImpact.time(generator.uniform() * hours))),
            ]
        }
    }

    /// Whether a fact is in the files; in the easy grade all are.
    private func keeps(_ share: Double, _ generator: inout some RandomNumberGenerator) -> Bool {
        grade == .easy || generator.uniform() < share
    }
}
