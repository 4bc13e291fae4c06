import Records

/// The files of a desk that say who its customers are; on the hard grade facts are missing.
struct ContextFiles {
    let world: ImpactWorld
    let releases: [PlannedRelease]
    let isHard: Bool

    /// Whether a fact is kept.
    private func isKept(_ share: Double, _ draw: inout Draw) -> Bool { !isHard || draw.chance(share) }

    private func lines(_ body: (inout JSONText) -> Void) -> String {
        var json = JSONText()
        body(&json)
        return json.text
    }

    func organizations(_ draw: inout Draw) -> String {
        lines { json in
            for (index, organization) in world.organizations.enumerated() {
                json.open()
                json.member("id", organization.id)
                json.member("name", organization.name)
                if isKept(0.8, &draw) { json.member("segment", organization.segment) }
                if isKept(0.7, &draw) {
                    let value = world.accounts.filter { $0.organization == index }.reduce(0) { $0 + $1.annualValue }
                    json.member("annualValue", json: String(Int(value)))
                }
                json.close()
                json.endLine()
            }
        }
    }

    func accounts(_ draw: inout Draw) -> String {
        lines { json in
            for account in world.accounts {
                json.open()
                json.member("id", account.id)
                if isKept(0.9, &draw) { json.member("organization", world.organizations[account.organization].id) }
                if isKept(0.95, &draw) { json.member("name", account.name) }
                if isKept(0.85, &draw) { json.member("tier", account.tier) }
                if isKept(0.9, &draw) { json.member("annualValue", json: String(Int(account.annualValue))) }
                if isKept(0.85, &draw) { json.member("slaHours", json: String(Int(account.slaHours))) }
                json.close()
                json.endLine()
            }
        }
    }

    func deployments(_ draw: inout Draw) -> String {
        lines { json in
            for deployment in world.deployments {
                json.open()
                json.member("id", deployment.id)
                if isKept(0.9, &draw) { json.member("environment", deployment.environment) }
                if isKept(0.9, &draw) { json.member("region", deployment.region) }
                if isKept(0.8, &draw) { json.member("version", deployment.version) }
                if isKept(0.8, &draw) { json.member("components", world.product.services.map(\.name)) }
                json.member("hosts", deployment.hosts.filter { _ in isKept(0.85, &draw) })
                json.member(
                    "accounts", deployment.accounts.filter { _ in isKept(0.88, &draw) }.map { world.accounts[$0].id })
                if deployment.isCustomised || isKept(0.7, &draw) {
                    json.member("customised", json: deployment.isCustomised ? "true" : "false")
                }
                json.close()
                json.endLine()
            }
        }
    }

    func contacts(_ draw: inout Draw) -> String {
        lines { json in
            for account in world.accounts {
                for user in account.users {
                    guard let id = user.contact else { continue }
                    json.open()
                    json.member("id", id)
                    if isKept(0.95, &draw) { json.member("account", account.id) }
                    if isKept(0.9, &draw) { json.member("name", user.name) }
                    json.member("email", user.mail)
                    json.close()
                    json.endLine()
                }
            }
        }
    }

    func aliases(_ draw: inout Draw) -> String {
        lines { json in
            for account in world.accounts {
                let names = [
                    ("domain", account.domain), ("workspace", account.workspace), ("subdomain", account.subdomain),
                    ("legacyId", account.legacyId), ("ip", "\(account.network).0/24"),
                ]
                for (kind, value) in names where isKept(0.85, &draw) {
                    json.open()
                    json.member("account", account.id)
                    json.member("kind", kind)
                    json.member("value", value)
                    json.close()
                    json.endLine()
                }
            }
        }
    }

    func topology(_ draw: inout Draw) -> String {
        lines { json in
            for service in world.product.services {
                for callee in service.calls where isKept(0.7, &draw) {
                    json.open()
                    json.member("from", service.name)
                    json.member("to", world.product.services[callee].name)
                    json.close()
                    json.endLine()
                }
            }
        }
    }

    func releases(_ draw: inout Draw) -> String {
        lines { json in
            for release in releases.sorted(by: { $0.time < $1.time }) where isKept(0.85, &draw) {
                json.open()
                if !release.component.isEmpty { json.member("component", release.component) }
                json.member("version", release.version)
                json.member("deployment", world.deployments[release.deployment].id)
                json.member("deployedAt", Instant(seconds: release.time.rounded()).iso8601)
                json.close()
                json.endLine()
            }
        }
    }

    func tickets(_ tickets: DeskTickets, _ draw: inout Draw) -> String {
        let habits = tickets.habits
        return lines { json in
            for (index, ticket) in tickets.tickets.enumerated() {
                let account = world.accounts[ticket.account]
                let user = account.users[ticket.user]
                json.open()
                json.member("id", habits.id(index))
                json.member("openedAt", Instant(seconds: ticket.time.rounded()).iso8601)
                let hours =
                    draw.chance(0.45)
                    ? draw.logNormal(median: 0.4, deviation: 1.5) : draw.logNormal(median: 60, deviation: 1.4)
                let resolved = ticket.time + hours * 3_600
                if resolved < world.end { json.member("resolvedAt", Instant(seconds: resolved.rounded()).iso8601) }
                if isKept(0.7, &draw) { json.member("account", account.id) }
                if let contact = user.contact, isKept(0.7, &draw) { json.member("contact", contact) }
                json.member("channel", draw.one(of: habits.channels))
                json.member("subject", ticket.subject)
                if isKept(0.9, &draw) { json.member("body", ticket.body) }
                json.member("priority", habits.priorities[ticket.priority])
                if isKept(0.8, &draw) { json.member("category", ticket.category) }
                json.member("group", draw.one(of: habits.groups))
                if draw.chance(0.8) { json.member("assignee", draw.one(of: habits.agents)) }
                if resolved < world.end {
                    json.member("resolution", draw.one(of: ["solved", "explained", "fixed by release", "no answer"]))
                }
                json.close()
                json.endLine()
            }
        }
    }
}
