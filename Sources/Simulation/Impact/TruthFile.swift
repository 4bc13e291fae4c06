import Records

/// What really happened at a desk, for evaluation.
struct TruthFile {
    let traffic: DeskTraffic
    let tickets: DeskTickets
    let causedLines: [[Int]]
    let isNamed: [[Bool]]

    /// One incident of the truth.
    struct Incident {
        var trouble: Int
        var start: Double
        var end: Double
        var accounts: [Int]
        var impact: Double
    }

    /// The incidents that hurt somebody, the first first.
    var incidents: [Incident] {
        traffic.plan.troubles.indices.compactMap { index in
            let harm = traffic.harm[index]
            let accounts = harm.indices.filter { harm[$0].failed > 0 }
            guard let start = accounts.map({ harm[$0].first }).min(), let end = accounts.map({ harm[$0].last }).max()
            else {
                return nil
            }
            let impact = accounts.reduce(0.0) { $0 + self.impact(on: $1, harm[$1], hours: (end - start) / 3_600) }
            return Incident(trouble: index, start: start, end: end, accounts: accounts, impact: impact)
        }.sorted { ($0.start, $0.trouble) < ($1.start, $1.trouble) }
    }

    /// The contract of the time times the share of the use that failed, twice where the time is longer than the contract allows.
    private func impact(on account: Int, _ harm: DeskTraffic.Harm, hours: Double) -> Double {
        let contract = traffic.world.accounts[account]
        let share = Double(harm.failed) / Double(harm.tried)
        return contract.annualValue / 8_760 * max(hours, 0.1) * share * (hours > contract.slaHours ? 2 : 1)
    }

    var json: String {
        let incidents = incidents
        let world = traffic.world
        let byImpact = incidents.indices.sorted { (-incidents[$0].impact, $0) < (-incidents[$1].impact, $1) }
        let parts = incidents.enumerated().map { index, incident in
            var json = JSONText()
            let lines = causedLines[incident.trouble]
            let caused = tickets.tickets.indices.filter { tickets.tickets[$0].cause == incident.trouble }
            json.open()
            json.member("id", "incident-\(index + 1)")
            json.member("start", Instant(seconds: incident.start).iso8601)
            json.member("end", Instant(seconds: incident.end).iso8601)
            json.member("rank", json: String((byImpact.firstIndex(of: index) ?? 0) + 1))
            json.member("impact", json: decimal(incident.impact, places: 3))
            json.member("accounts", incident.accounts.map { world.accounts[$0].id })
            json.member(
                "named", incident.accounts.filter { isNamed[incident.trouble][$0] }.map { world.accounts[$0].id })
            json.member("tickets", caused.map(tickets.habits.id))
            json.member("firstLine", json: lines.first.map(String.init) ?? "null")
            json.member("lines", json: "[" + lines.map(String.init).joined(separator: ",") + "]")
            json.close()
            return json.text
        }
        let weeks = decimal((world.end - world.start) / (7 * 86_400), places: 6)
        return """
            {"start":"\(Instant(seconds: world.start).iso8601)","end":"\(Instant(seconds: world.end).iso8601)","weeks":\(weeks),
            "incidents":[
            \(parts.joined(separator: ",\n"))
            ]}

            """
    }
}
